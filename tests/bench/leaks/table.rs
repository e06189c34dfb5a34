use super::{
    clean::Clean,
    half::Half,
    plant::{Category, Kind, Plant, Spot},
    score::{Findings, Score, Verdict},
};
use dcmleak::{
    dicom::{Limits, Reader, Tag},
    leak::{Severity, content, rule},
};
use std::collections::BTreeMap;

pub fn print(half: Half, scores: &BTreeMap<Category, Score>) {
    println!("\n{} part", half.name());
    println!("| category | plants | found | in the file | recall | direct, under high |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut all = Score::default();
    for (category, score) in scores {
        row(&format!("{} {}", *category as u8 + 1, category.name()), score);
        all.plants += score.plants;
        all.found += score.found;
        all.somewhere += score.somewhere;
        all.mild += score.mild;
    }
    row("all", &all);
}

fn row(name: &str, s: &Score) {
    println!("| {name} | {} | {} | {} | {:.3} | {} |", s.plants, s.found, s.somewhere, s.recall(), s.mild);
}

/// How many were found, by the sheet and by the kind of leak.
pub fn print_lines(name: &str, plants: &[Plant], findings: &Findings) {
    let mut counts: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for plant in plants {
        let sheet = plant.name.rsplit_once('-').map_or("", |(sheet, _)| sheet).to_owned();
        let found = u32::from(plant.judge(findings) == Verdict::Found);
        let told = u32::from(plant.is_told(findings));
        for row in [sheet, format!("{:?}", plant.kind), "all".to_owned()] {
            let count = counts.entry(row).or_default();
            *count = (count.0 + 1, count.1 + found, count.2 + told);
        }
    }
    println!(
        "\n{name} lines\n| | leaks | found | recall | medium or above, as anything |\n| --- | ---: | ---: | ---: | ---: |"
    );
    let share = |part, of| f64::from(part) / f64::from(of);
    for (row, (all, found, told)) in counts {
        println!("| {row} | {all} | {found} | {:.3} | {:.3} |", share(found, all), share(told, all));
    }
}

/// The plants that were not found, by the room that most likely has to mend it. The values are invented.
pub fn print_misses(plants: &[Plant], findings: &Findings) {
    let mut owners: BTreeMap<&str, Vec<&Plant>> = BTreeMap::new();
    for plant in plants.iter().filter(|plant| plant.judge(findings) != Verdict::Found) {
        owners.entry(owner(plant)).or_default().push(plant);
    }
    for (owner, plants) in owners {
        println!("\n## {owner}: {} misses", plants.len());
        for plant in plants {
            let spot = match plant.spots.first() {
                Some(Spot::At(at)) => at.as_str(),
                Some(Spot::Place(place)) => place,
                None => "",
            };
            let how = match plant.judge(findings) {
                Verdict::TooMild(severity) => format!("only {severity}"),
                Verdict::Elsewhere => "found elsewhere in the file".to_owned(),
                _ => "missed".to_owned(),
            };
            println!(
                "- {} {} | {:?} | {} | {spot} | {how} | {}",
                plant.name,
                plant.category.name(),
                plant.kind,
                plant.disguise,
                plant.value.escape_debug()
            );
        }
    }
}

/// Of what the value itself says nothing is `content`'s; of what only the patient's header tells, `cross`'s.
fn owner(plant: &Plant) -> &'static str {
    let reading = Reader::new(Limits::default()).read_bytes(&plant.files[plant.leaky].bytes);
    // The header of a real file is its own.
    let named = !reading.text(Tag(0x0010, 0x0040)).is_empty() && !plant.disguise.starts_with("real");
    let accepted = plant.kind.accepted();
    let says = content::scan(&plant.value).into_iter().any(|hit| {
        rule::find(hit.rule).is_some_and(|rule| {
            accepted.iter().any(|(class, least)| rule.class == *class && rule.severity >= *least)
        })
    });
    match plant.category {
        Category::Structured | Category::Container | Category::Uid | Category::Claim
            if !named && plant.value != "x" =>
        {
            let cued = plant.value.contains([':', '=']) || plant.value.contains(' ');
            if says || !cued { "core" } else { "content" }
        }
        Category::Claim | Category::Uid => "core",
        Category::Cross => "cross",
        _ if named => "cross",
        Category::Text if says => "carrier",
        Category::Text => "content",
        category if says || plant.kind == Kind::Suspect || plant.value == "x" => category.owner(),
        _ => "content",
    }
}

/// What is found in files that are well de-identified: everything of medium and above is wrong.
pub fn print_alarms(name: &str, files: &[Clean], findings: &Findings, each: bool) {
    let mut alarms: BTreeMap<String, u32> = BTreeMap::new();
    let (mut count, mut accused) = (0, 0);
    for file in files {
        let wrong: Vec<_> = findings
            .get(&file.path)
            .into_iter()
            .flatten()
            .filter(|found| found.severity >= Severity::Medium)
            .collect();
        count += wrong.len();
        accused += usize::from(!wrong.is_empty());
        for found in wrong {
            *alarms.entry(format!("{} {}", found.rule, found.severity)).or_default() += 1;
            if each {
                // Of a real file, no value.
                let value = if file.style == "real" { "" } else { found.value.as_str() };
                let value = value.escape_debug();
                println!(
                    "- {} | {} | {} {} {} | {value}",
                    file.path, file.style, found.rule, found.severity, found.at
                );
            }
        }
    }
    let rate = count as f64 * 100.0 / files.len().max(1) as f64;
    println!(
        "\n{name}, clean files: {}; false alarms: {count} in {accused} files, {rate:.2} per 100 files",
        files.len()
    );
    let mut alarms: Vec<_> = alarms.into_iter().collect();
    alarms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (what, count) in alarms {
        println!("- {count} × {what}");
    }
}
