//! Spellings by hiding forms, scripts, and what must not be found.

use super::{Evidence, matcher::work, search};
use crate::{
    demo::encode::{Charset, DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader, Reading, Vr},
    leak::{Finding, Passage, Place, Severity, Subject},
};
use proptest::prelude::*;
use std::{borrow::Cow, path::Path};

fn reading(set: DataSet) -> Reading {
    let set = DataSet::new().charset(Charset::Utf8).join(set).sorted();
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
    Reader::new(Limits::default()).read_bytes(&bytes)
}

fn passage(text: &str) -> Passage<'_> {
    Passage { place: Place::Trailer, row: None, vr: None, carrier: "", text: Cow::Borrowed(text) }
}

fn look(set: DataSet, passages: &[Passage<'_>]) -> (Vec<Finding>, Evidence) {
    let reading = reading(set);
    let mut findings = Vec::new();
    let subject = Subject { reading: &reading, name: Path::new("x") };
    let evidence = search(&subject, passages, &mut findings);
    (findings, evidence)
}

/// Rules of what is found in one text, and what of it.
fn found(set: DataSet, text: &str) -> Vec<(String, String)> {
    let (findings, _) = look(set, &[passage(text)]);
    findings.into_iter().map(|f| (f.rule.into_owned(), f.value.into_inner())).collect()
}

fn named(name: &str) -> DataSet {
    DataSet::new().pn(0x0010_0010, name)
}

#[track_caller]
fn finds(set: DataSet, rule: &str, text: &str, matched: &str) {
    let all = found(set, text);
    assert!(all.iter().any(|(name, value)| name == rule && value == matched), "{rule} in {text:?}: {all:?}");
}

#[test]
fn names_in_every_form() {
    for (text, matched) in [
        ("Sampleton^Jonathan", "Sampleton^Jonathan"),
        ("SAMPLETON JONATHAN", "SAMPLETON JONATHAN"),
        ("for Jonathan Sampleton, ward 3", "Jonathan Sampleton"),
        ("spool/sampleton_jonathan/0007", "sampleton_jonathan"),
        ("SampletonJonathan.dcm", "SampletonJonathan"),
        ("jonathan.sampleton@example.org", "jonathan.sampleton"),
        ("HEAD J. SAMPLETON F/U", "J. SAMPLETON"),
        ("jsampleton03", "jsampleton"),
        ("JSampleton", "JSampleton"),
        ("sampletonj", "sampletonj"),
        ("Mr Sampleton was seen", "Sampleton"),
        ("Sampleton, Jonathan Q.", "Sampleton, Jonathan Q"),
        ("patsampleton", "sampleton"),
        ("sampletonjonathanct", "sampletonjonathan"),
        ("SAMPLETO.DCM", "SAMPLETO"),
        ("Ｓａｍｐｌｅｔｏｎ", "Ｓａｍｐｌｅｔｏｎ"),
        ("Sa\u{ad}mpleton", "Sa\u{ad}mpleton"),
    ] {
        finds(named("Sampleton^Jonathan^Quentin"), "cross.name", text, matched);
    }
    finds(named("Sampleton^Jonathan"), "cross.given_name", "Jonathan called", "Jonathan");
    finds(DataSet::new().pn(0x0008_0090, "Referrer^Robin"), "cross.staff_name", "R. Referrer", "R. Referrer");
    finds(
        DataSet::new().pn(0x0010_2297, "Guardian^Gerda"),
        "cross.relative_name",
        "Gerda Guardian",
        "Gerda Guardian",
    );
}

#[test]
fn names_in_every_script_and_spelling() {
    for (name, text, matched) in [
        ("Müller-Muster^Max", "Mueller-Muster_Max", "Mueller-Muster_Max"),
        ("Müller-Muster^Max", "MULLER MUSTER", "MULLER MUSTER"),
        ("Mueller^Max", "Müller, Max", "Müller, Max"),
        ("Muller^Max", "Müller", "Müller"),
        ("Strauß^Ina", "STRAUSS INA", "STRAUSS INA"),
        ("Sørensen^Åse", "soerensen_aase", "soerensen_aase"),
        ("Nováková^Zkouška", "novakova zkouska", "novakova zkouska"),
        ("Łukasiewicz^Błażej", "Lukasiewicz Blazej", "Lukasiewicz Blazej"),
        ("O'Sample^Nora", "OSAMPLE", "OSAMPLE"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "患者山田太郎様", "山田太郎"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "山田　太郎", "山田　太郎"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "ヤマダタロウ", "ヤマダタロウ"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "yamada_t", "yamada_t"),
        ("Yamada^Tarou=山田^太郎", "山田氏より", "山田"),
        ("=渡邉^例", "渡辺例", "渡辺例"),
        ("Hong^Gildong=洪^吉洞=홍^길동", "홍길동님 검사", "홍길동"),
        ("Hong^Gildong=洪^吉洞=홍^길동", "洪吉洞", "洪吉洞"),
        ("Wang^Xiaoli=王^小例", "患者：王小例，女", "王小例"),
        ("Παράδειγμα^Ελένη", "ΠΑΡΑΔΕΙΓΜΑ ΕΛΕΝΗ", "ΠΑΡΑΔΕΙΓΜΑ ΕΛΕΝΗ"),
        ("Παράδειγμα^Ελένη", "Paradeigma_Eleni", "Paradeigma_Eleni"),
        ("Примеров^Иван", "ПРИМЕРОВ И.", "ПРИМЕРОВ И"),
        ("Примеров^Иван", "primerov_ivan", "primerov_ivan"),
        ("Примеров^Иван", "Ivan Primerow", "Ivan Primerow"),
        ("مثال^أحمد", "احمد مثال", "احمد مثال"),
        ("כהן^דוגמה", "דוגמה כהן", "דוגמה כהן"),
        ("כהן^דוגמה", "גב׳ כהן", "כהן"),
        ("כהן^דוגמה", "נשלח לכהן", "לכהן"),
        ("الأحمد^مثال", "ملف لأحمد", "لأحمد"),
        ("Примеров^Иван", "у Примеровым Ивану", "Примеровым"),
        ("Примерова^Анна", "Примеровой А.", "Примеровой"),
        ("Nováková^Zkouška", "s paní Novákovou", "Novákovou"),
        ("=山田^太郎=やまだ^たろう", "YAMADA TARO", "YAMADA TARO"),
        ("=洪^吉洞=홍^길동", "Hong Gil-Dong", "Hong Gil-Dong"),
        ("רוזנפלדי^אבשלום", "ROZENFELDI AVSHALOM", "ROZENFELDI AVSHALOM"),
        ("רוזנפלדי^אבשלום", "rozenfeldi.dcm", "rozenfeldi"),
        ("المنصوري^يوسف", "AL-MANSOURI YOUSSEF", "MANSOURI YOUSSEF"),
        ("รัตนวงศ์^ประเสริฐ", "Rattanawong, Prasert", "Rattanawong, Prasert"),
        ("Чернышевский^Лев", "x=Chernyshevsky;y", "Chernyshevsky"),
        ("ตัวอย่าง^สมชาย", "นายสมชาย ตัวอย่าง", "สมชาย ตัวอย่าง"),
        ("ตัวอย่าง^สมชาย", "ชื่อสมชายตัวอย่าง", "สมชายตัวอย่าง"),
    ] {
        finds(named(name), "cross.name", text, matched);
    }
}

#[test]
fn numbers_and_dates_in_every_form() {
    let id = |id: &str| DataSet::new().lo(0x0010_0020, id);
    for (value, text, matched) in [
        ("EX-0012345", "MRN EX0012345", "EX0012345"),
        ("EX-0012345", "ex_12345.dcm", "ex_12345"),
        ("EX-0012345", "id=0012345;", "0012345"),
        ("00815-JQS", "v5.1 00815JQS", "00815JQS"),
        ("0040271183", "no. 40271183 seen", "40271183"),
        ("40271183", "0040271183", "0040271183"),
        ("4027-1183", "40 27 11 83", "40 27 11 83"),
        ("943 476 5919", "NHS9434765919", "9434765919"),
    ] {
        finds(id(value), "cross.patient_id", text, matched);
    }
    finds(
        DataSet::new().sh(0x0008_0050, "ACC2405140017"),
        "cross.other_id",
        "acc-2405140017",
        "acc-2405140017",
    );
    finds(DataSet::new().sh(0x0010_2154, "(212) 555-0142"), "cross.phone", "+1 212.555.0142", "212.555.0142");
    let address = DataSet::new().lo(0x0010_1040, "12 Sample Street, Exampleville, EX 00000");
    finds(address, "cross.address", "lives at 12, sample street", "12, sample street");
    for (text, matched) in [
        ("born 1961-05-03.", "1961-05-03"),
        ("(*03.05.1961)", "03.05.1961"),
        ("DOB 5/3/1961", "5/3/1961"),
        ("3.5.61", "3.5.61"),
        ("May 3rd, 1961", "May 3rd, 1961"),
        ("3. Mai 1961", "3. Mai 1961"),
        ("smith_19610503_ct", "19610503"),
        ("19610503120000.000", "19610503"),
        ("1961年5月3日生", "1961年5月3日"),
        ("昭和36年5月3日", "昭和36年5月3日"),
        ("1961년 5월 3일", "1961년 5월 3일"),
        ("S36.5.3生", "S36.5.3"),
        ("٠٣/٠٥/١٩٦١", "٠٣/٠٥/١٩٦١"),
        ("3 พ.ค. 2504 = 3/5/2504", "3/5/2504"),
    ] {
        finds(DataSet::new().da(0x0010_0030, "19610503"), "cross.birth_date", text, matched);
    }
}

#[test]
fn chance_is_no_finding() {
    for (name, text) in [
        ("Head^", "HEAD CT"),
        ("CT^Head", "CT HEAD W/O"),
        ("Long^Mark", "long axis, mark 3"),
        ("Lee^Min", "leeway, min 3, lee"),
        ("An^", "an example"),
        ("Stein^Uwe", "Steinway Einstein"),
        ("Arai^Ken=荒井^健=アライ^ケン", "アライメント"),
        ("Ono^Ken=小野^健", "大小野"),
        ("ANONYMOUS", "anonymous"),
        ("Thomas^Ada", "Thom thomasin"),
    ] {
        assert!(found(named(name), text).is_empty(), "{name} in {text}: {:?}", found(named(name), text));
    }
    for id in ["1", "12", "2004", "A", "000000", "123456", "20040506"] {
        let text = "1 12 2004 A 000000 123456 20040506 1.12.2004";
        assert!(found(DataSet::new().lo(0x0010_0020, id), text).is_empty(), "{id}");
    }
    let born = || DataSet::new().da(0x0010_0030, "19610503");
    for text in ["1.3.5.61.7", "35611", "351961", "S3653", "0.19610503e5x", "3 5", "1961"] {
        let all = found(born(), text);
        assert!(all.is_empty() || text.starts_with("0."), "{text}: {all:?}");
    }
    // A newborn's dates are all the birth date.
    let newborn = born().da(0x0008_0020, "19610503");
    assert!(found(newborn, "19610503").is_empty());
}

#[test]
fn makers_and_institutions_are_no_patients() {
    let set = named("Jackson^Ada").lo(0x0008_0080, "Jackson Hospital").lo(0x0008_1030, "Jackson");
    let reading = reading(set);
    let passages: Vec<_> = reading
        .rows
        .iter()
        .map(|(id, row)| Passage {
            place: Place::DataSet,
            row: Some(id),
            vr: Some(row.vr),
            carrier: "",
            text: reading.rows.text(id),
        })
        .collect();
    let mut findings = Vec::new();
    search(&Subject { reading: &reading, name: Path::new("x") }, &passages, &mut findings);
    let places: Vec<_> = findings.iter().map(|f| f.at.to_string()).collect();
    assert_eq!(places, ["(0008,1030)"], "not the name itself, not the hospital");
    assert!(findings.iter().all(|f| f.severity == Severity::Critical));
}

#[test]
fn identifiers_in_uids() {
    let uid = |text| Passage { vr: Some(Vr::UI), ..passage(text) };
    let set = || DataSet::new().lo(0x0010_0020, "40271183").da(0x0010_0030, "19610503");
    let rules = |text| -> Vec<String> {
        look(set(), &[uid(text)]).0.into_iter().map(|f| f.rule.into_owned()).collect()
    };
    assert_eq!(rules("1.2.3.40271183.5"), ["cross.patient_id"]);
    assert_eq!(rules("1.2.3.19610503120000.5"), ["cross.birth_date"]);
    assert!(rules("1.2.3.402.71183.3.5.1961").is_empty());
}

#[test]
fn nested_identity_counts() {
    let item = DataSet::new().pn(0x0010_0010, "Oldname^Erika");
    finds(DataSet::new().seq(0x0008_1120, vec![item]), "cross.name", "Erika Oldname", "Erika Oldname");
}

#[test]
fn evidence_holds_no_text() {
    let (_, evidence) = look(named("Sampleton^Jonathan"), &[passage("left by Quimby Zedd on the 3rd")]);
    let text = format!("{evidence:?}");
    assert!(evidence.spots.len() == 1 && evidence.needles.is_some());
    assert!(!text.contains("uimby") && !text.contains("ampleton") && !text.contains("onathan"), "{text}");
}

#[test]
fn technical_text_leaves_no_evidence() {
    let texts = ["CHEST PA", "HEAD", "ORIGINAL", "axial", "IM001.dcm", "5 mm", ""];
    let (_, evidence) = look(DataSet::new(), &texts.map(passage));
    assert!(evidence.spots.is_empty(), "{:?}", evidence.spots);
}

#[test]
fn work_is_linear() {
    let set = || named("山田^太郎").lo(0x0010_0020, "EX-0012345").da(0x0010_0030, "19610503");
    let steps = |text: &str| {
        work::taken();
        look(set(), &[passage(text)]);
        work::taken()
    };
    for unit in ["a ", "山", "0", "1-", "e\u{301}", "\u{301}", "Aa", "x1"] {
        let (short, long) = (steps(&unit.repeat(4_000)), steps(&unit.repeat(40_000)));
        // Each atom begins so many matches at most, and none is visited twice for one.
        assert!(long <= 11 * short + 64, "{unit}: {short} {long}");
        assert!(long <= 40 * 80_000, "{unit}: {long}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn never_panics(name in any::<String>(), id in any::<String>(), text in any::<String>()) {
        let set = named(&name).lo(0x0010_0020, &id).da(0x0010_0030, &id).lo(0x0010_1040, &name);
        look(set, &[passage(&text), passage(&name), passage(&id)]);
    }

    #[test]
    fn a_name_is_found_in_its_own_words(
        family in "[A-Z][a-z]{5,9}", given in "[A-Z][a-z]{3,8}", separator in "[ _^,./-]{1,2}", swap in any::<bool>()
    ) {
        let (a, b) = if swap { (&given, &family) } else { (&family, &given) };
        let text = format!("3/{a}{separator}{b}/7");
        let all = found(named(&format!("{family}^{given}")), &text);
        prop_assert!(all.iter().any(|(rule, value)| rule == "cross.name" && value.contains(family.as_str())));
    }
}

/// For measuring: `cargo test --release --lib -- --ignored --nocapture cost_of_a_small_file`.
#[test]
#[ignore = "prints times"]
fn cost_of_a_small_file() {
    let demo = crate::demo::compose().unwrap();
    let mut reader = Reader::new(Limits::default());
    let files: Vec<Reading> = demo
        .files
        .iter()
        .filter(|file| file.path.contains("CT_Head") || file.path.contains("research_clean"))
        .map(|file| reader.read_bytes(&file.bytes))
        .collect();
    let passages: Vec<Vec<Passage<'_>>> = files
        .iter()
        .map(|reading| {
            let rows = reading.rows.iter().filter(|(_, row)| crate::dicom::value::is_text(row.vr));
            rows.map(|(id, row)| Passage {
                row: Some(id),
                vr: Some(row.vr),
                text: reading.rows.text(id),
                ..passage("")
            })
            .collect()
        })
        .collect();
    for round in 0..3 {
        let start = std::time::Instant::now();
        for _ in 0..200 {
            for (reading, passages) in files.iter().zip(&passages) {
                search(&Subject { reading, name: Path::new("x") }, passages, &mut Vec::new());
            }
        }
        let each = start.elapsed().as_secs_f64() * 1e6 / 200.0 / files.len() as f64;
        let count = passages.iter().map(Vec::len).sum::<usize>() / files.len();
        eprintln!("{round}: {each:.1} µs a file of {count} passages, {} files", files.len());
    }
}
