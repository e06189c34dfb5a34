//! What is planned of every attribute of PS3.15 Table E.1-1.

use super::read;
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Reading, Tag, Vr, dictionary},
    redact::{Action, Key, Plan, Planner, Profile, Pseudonyms},
    standard::{self, Confidentiality, Keep, ProfileOption, ProfileOptions},
};

/// A value that means nothing, of the VR.
fn value(vr: Vr) -> Vec<u8> {
    match vr {
        Vr::DA => b"20210203".to_vec(),
        Vr::DT => b"20210203040506".to_vec(),
        Vr::TM => b"040506".to_vec(),
        Vr::AS => b"041Y".to_vec(),
        Vr::UI => b"2.999.7.1.5.".iter().chain(b"44").copied().collect(),
        Vr::DS | Vr::IS => b"12".to_vec(),
        Vr::US | Vr::SS => vec![1, 0],
        Vr::FD | Vr::SV | Vr::UV => vec![1; 8],
        Vr::UL | Vr::SL | Vr::FL | Vr::AT | Vr::OB | Vr::OW | Vr::OF | Vr::OD | Vr::OL | Vr::UN => vec![1; 4],
        _ => b"Quxley head".to_vec(),
    }
}

fn tag(rule: &Confidentiality) -> u32 {
    match rule.tag {
        "50xxxxxx" => 0x5000_3000,
        masked if masked.starts_with("60xx") => u32::from_str_radix(&masked.replace("xx", "00"), 16).unwrap(),
        plain => u32::from_str_radix(plain, 16).unwrap_or(0x0009_1001),
    }
}

/// The rows of the table but for those of messages, meta information and directories, which no data set has.
fn listed() -> impl Iterator<Item = &'static Confidentiality> {
    standard::rules().iter().filter(|rule| !matches!(&rule.tag[..4], "0000" | "0002" | "0004"))
}

/// One element of every attribute of the table, below so many sequences that are not in it.
fn table_file(depth: usize) -> Vec<u8> {
    let mut set = DataSet::new();
    for rule in listed() {
        let (number, vr) =
            (tag(rule), dictionary::vr(Tag((tag(rule) >> 16) as u16, tag(rule) as u16)).unwrap_or(Vr::LO));
        let letters = vr.to_bytes();
        set = match vr {
            Vr::SQ => set.seq(number, vec![DataSet::new().lo(0x0008_0104, "Quxley")]),
            _ if number >> 16 == 9 => set.lo(0x0009_0010, "ACME").lo(number, "Quxley"),
            _ => set.raw(number, &letters, value(vr)),
        };
    }
    set = set.sorted();
    for nesting in [0x5200_9229, 0x0018_9314, 0x0018_9325].into_iter().take(depth) {
        set = DataSet::new().seq_undefined(nesting, vec![set]);
    }
    let top = DataSet::new().ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7");
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(top.join(set)).to_bytes()
}

fn planned(bytes: &[u8], options: ProfileOptions) -> (Reading, Plan) {
    let planner = Planner {
        profile: Profile::basic(options).unwrap(),
        pseudonyms: Pseudonyms::new(Key::of([1; 32])),
        allow_burned_in: false,
        marking: None,
    };
    let reading = read(bytes);
    let plan = planner.plan(&reading, &[]);
    (reading, plan)
}

/// Whether cleaning can leave anything of the value; where it cannot, the Basic Profile holds.
fn is_cleanable(vr: Vr, option: ProfileOption) -> bool {
    match vr {
        Vr::SQ | Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS => true,
        Vr::DA | Vr::DT | Vr::TM => option == ProfileOption::ModifiedDates,
        _ => false,
    }
}

#[test]
fn every_attribute_gets_the_action_of_the_table_under_every_option_at_every_depth() {
    for depth in 0..4 {
        let bytes = table_file(depth);
        for option in [None].into_iter().chain(ProfileOption::ALL.map(Some)) {
            let mut options = ProfileOptions::default();
            option.into_iter().for_each(|option| options.insert(option));
            let (reading, plan) = planned(&bytes, options);
            let mut checked = 0;
            for rule in listed() {
                let number = tag(rule);
                let wanted = Tag((number >> 16) as u16, number as u16);
                let row = reading
                    .rows
                    .iter()
                    .find(|(_, row)| row.tag == wanted && usize::from(row.depth) == 2 * depth);
                let Some((id, row)) = row else { continue };
                checked += 1;
                let done = plan.acts().iter().find(|act| act.row == id).map(|act| act.action);
                let lets = option.and_then(|option| Some((option, rule.under(option)?)));
                let by_basic = |action: Option<Action>| {
                    let letter = action.map_or('K', Action::letter);
                    // X/Z/U*: the sequence stays, with other UIDs in it. Of compound actions X where it is foreign.
                    let kept = rule.basic.contains("U*") && action.is_none();
                    kept || rule.basic.contains(letter)
                        || rule.basic.len() > 1 && action == Some(Action::Remove)
                };
                let right = match lets {
                    // What is only safe by a list is none of ACME's; what is drawn on an overlay is not clean.
                    Some((ProfileOption::SafePrivate, _)) => done == Some(Action::Remove),
                    Some((ProfileOption::CleanGraphics, _)) if row.tag.0 >= 0x5000 => {
                        done == Some(Action::Remove)
                    }
                    Some((_, Keep::Keep)) => done.is_none(),
                    Some((option, Keep::Clean)) if is_cleanable(row.vr, option) => {
                        done == Some(Action::Clean) || done.is_none() && matches!(row.vr, Vr::SQ | Vr::TM)
                    }
                    Some((_, Keep::Clean)) | None => by_basic(done),
                };
                assert!(right, "{} at depth {depth} under {option:?}: {done:?}", rule.keyword);
            }
            assert!(checked > 640, "{checked}");
        }
    }
}

#[test]
fn meta_information_out_of_its_place_goes() {
    let ae = |set: DataSet| set.raw(0x0002_0016, b"AE", b"QUILLHOSP ".to_vec());
    let set = DataSet::new().ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7").lo(0x0010_0020, "1");
    let set = ae(set).us(0x0028_0010, &[1]);
    let set = set.seq(0x5200_9229, vec![ae(DataSet::new())]);
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
    let (reading, plan) = planned(&bytes, ProfileOptions::default());
    let data_set =
        (reading.rows.data_set()..reading.rows.len()).filter_map(|id| Some((id, reading.rows.get(id)?)));
    let misplaced: Vec<_> = data_set.filter(|(_, row)| row.tag.0 == 2).map(|(id, _)| id).collect();
    assert_eq!(misplaced.len(), 2);
    for id in misplaced {
        let done = plan.acts().iter().find(|act| act.row == id).map(|act| act.action);
        assert_eq!(done, Some(Action::Remove), "{}", reading.rows.location(id));
    }
}
