//! Puts together what the detectors say of one value: the most telling, once.

use super::{Class, Finding, Place, Severity};
use crate::dicom::RowId;

/// Where a finding stands in a report: path, preamble, meta and data set in file order, trailer.
fn order(finding: &Finding) -> (u8, RowId) {
    match finding.place {
        Place::Path => (0, 0),
        Place::Preamble => (1, 0),
        Place::Trailer => (3, 0),
        _ => (2, finding.row.unwrap_or(RowId::MAX)),
    }
}

/// Puts a finding where it belongs among findings in order.
pub(super) fn insert(findings: &mut Vec<Finding>, finding: Finding) {
    let at = findings.partition_point(|other| order(other) <= order(&finding));
    findings.insert(at, finding);
}

/// Joins what elements are (`own`) with what their texts say (`said`): of each value one finding of a class, the
/// worst; none of a text where an attribute says as much already; and of a text that may say anything only what it
/// does say.
pub(super) fn settle(mut own: Vec<Finding>, mut said: Vec<Finding>) -> Vec<Finding> {
    let ordered = own.is_sorted_by_key(order);
    if !ordered {
        own.sort_by_key(order);
    }
    said.sort_by_key(order);
    let mut out = Vec::with_capacity(own.len() + said.len());
    let mut said = said.into_iter().peekable();
    let mut own = own.into_iter().peekable();
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    loop {
        let next = match (own.peek(), said.peek()) {
            (Some(a), Some(b)) => order(a).min(order(b)),
            (Some(a), None) => order(a),
            (None, Some(b)) => order(b),
            (None, None) => return out,
        };
        while let Some(finding) = own.next_if(|finding| order(finding) == next) {
            push_worst(&mut mine, finding);
        }
        while let Some(finding) = said.next_if(|finding| order(finding) == next) {
            if !mine.iter().any(|own| covers(own, &finding)) {
                push_worst(&mut theirs, finding);
            }
        }
        drop_lesser_names(&mut theirs);
        mine.retain(|own| !theirs.iter().any(|said| is_open(own) && said.severity >= own.severity));
        out.append(&mut mine);
        out.append(&mut theirs);
    }
}

/// Keeps of each class the worst, then the surest.
fn push_worst(findings: &mut Vec<Finding>, finding: Finding) {
    let rank = |finding: &Finding| (finding.severity, finding.confidence);
    // What is wrong with the layout, and what is claimed, is of another kind than what a value says.
    // Places in an image are each of their own.
    let known = |known: &&mut Finding| {
        known.class == finding.class
            && is_of_layout(known) == is_of_layout(&finding)
            && known.region == finding.region
    };
    match findings.iter_mut().find(known) {
        Some(known) if rank(known) < rank(&finding) => *known = finding,
        Some(_) => {}
        None => findings.push(finding),
    }
}

/// One text names one person: who matches two keeps the worse.
fn drop_lesser_names(findings: &mut Vec<Finding>) {
    if findings.iter().filter(|finding| finding.class.is_person()).count() < 2 {
        return;
    }
    let named: Vec<_> = findings
        .iter()
        .filter(|finding| finding.class.is_person())
        .map(|finding| (finding.severity, finding.class, finding.value.clone()))
        .collect();
    findings.retain(|finding| {
        !finding.class.is_person()
            || !named.iter().any(|(severity, class, value)| {
                *class != finding.class && *severity > finding.severity && *value == finding.value
            })
    });
}

/// Whether what the element is says what its text was found to say, and as badly.
fn covers(own: &Finding, said: &Finding) -> bool {
    if is_open(own) || is_of_layout(own) || own.region.is_some() {
        return false;
    }
    let same = own.class == said.class;
    if ["cross.", "sibling.", "folder."].iter().any(|room| said.rule.starts_with(room)) {
        // The patient's own name in another's place is worse than the place.
        return (same || own.class.is_person() && said.class.is_person()) && own.severity >= said.severity;
    }
    // A text about health may state an age or a day besides.
    let apart = own.class == Class::Health && matches!(said.class, Class::Age | Class::Date);
    same || explains(own.class, said.class) && !is_private_network(own, said)
        // Places are called after people, and half the given names are places.
        || own.class.is_place() && said.class == Class::Name && said.confidence < SURE_NAME
        // What a payload was found to hold is worth more than that it may hold anything; and where a place stands,
        // anything else may be said.
        || !apart
            && !matches!(own.class, Class::Payload | Class::Location)
            && own.severity >= said.severity
            && own.severity > Severity::Info
}

/// Whether a device's text gives an address of RFC 1918 that looks like no version: those of 10.0.0.0/8 have a part of
/// three digits.
fn is_private_network(own: &Finding, said: &Finding) -> bool {
    let value = said.value.expose();
    own.class == Class::Device
        && said.class == Class::Ip
        && (["192.168.", "172."].iter().any(|network| value.starts_with(network))
            || value.starts_with("10.") && value.split('.').any(|part| part.len() == 3))
}

/// Per cent from which on a name was announced as one, and does not only look like it.
const SURE_NAME: u8 = 80;

/// Whether a value of the one class is expected to look like the other: an institution's address has a street, and
/// it is the institution's, whatever it looks like.
fn explains(own: Class, said: Class) -> bool {
    use Class::*;
    match own {
        Date | BirthDate => matches!(said, Date | BirthDate | Age),
        Name | RelativeName | StaffName => matches!(said, Name | StaffName | RelativeName),
        Institution | Address => matches!(said, Address | Location | Institution | Phone | Web),
        Location => matches!(said, Address | Location | Institution),
        Phone | Email | Web => matches!(said, Phone | Email | Web | Ip),
        Device => matches!(said, Device | Ip | Web),
        Ip => matches!(said, Device | Ip | Web),
        PatientId | OtherId | Account | Insurance => {
            matches!(said, PatientId | OtherId | Account | Insurance)
        }
        _ => false,
    }
}

/// Whether the finding says only that the value may hold anything.
fn is_open(finding: &Finding) -> bool {
    match finding.class {
        Class::FreeText | Class::Private => true,
        Class::Payload => {
            matches!(
                finding.rule.as_ref(),
                "container.padding" | "container.trailer" | "container.preamble" | "vr.unknown_bytes"
            )
        }
        _ => false,
    }
}

/// Whether the finding is of how the file is laid out, not of the value.
fn is_of_layout(finding: &Finding) -> bool {
    finding.class == Class::Payload && finding.rule.starts_with("container.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dicom::{Location, Tag, Vr},
        text::Sensitive,
    };

    fn finding(row: RowId, class: Class, severity: Severity, rule: &'static str) -> Finding {
        Finding {
            place: Place::DataSet,
            at: Location::top(Tag(8, 0x1030)),
            row: Some(row),
            vr: Some(Vr::LO),
            class,
            facet: class.facet(),
            severity,
            confidence: 90,
            rule: rule.into(),
            why: "".into(),
            ps315: None,
            hipaa: None,
            value: Sensitive::default(),
            region: None,
        }
    }

    fn rules(own: Vec<Finding>, said: Vec<Finding>) -> Vec<String> {
        settle(own, said).iter().map(|finding| finding.rule.to_string()).collect()
    }

    use Class::*;
    use Severity::*;

    #[test]
    fn free_text_gives_way_to_what_it_says() {
        let own = || vec![finding(1, FreeText, Medium, "attribute.study_description")];
        let said = || {
            vec![
                finding(1, Name, High, "text.name"),
                finding(1, Name, Critical, "cross.name"),
                finding(1, Phone, High, "text.phone"),
            ]
        };
        assert_eq!(rules(own(), said()), ["cross.name", "text.phone"]);
        assert_eq!(
            rules(own(), vec![finding(1, Age, Low, "text.age")]),
            ["attribute.study_description", "text.age"]
        );
    }

    #[test]
    fn an_attribute_explains_what_its_text_looks_like() {
        let own = || vec![finding(1, Institution, Medium, "attribute.institution_address")];
        assert_eq!(
            rules(own(), vec![finding(1, Address, High, "text.address")]),
            ["attribute.institution_address"]
        );
        assert_eq!(
            rules(own(), vec![finding(1, Name, High, "text.name")]),
            ["attribute.institution_address", "text.name"]
        );
        assert_eq!(
            rules(
                vec![finding(1, StaffName, High, "attribute.operators_name")],
                vec![finding(1, Name, Critical, "cross.name")]
            ),
            ["attribute.operators_name", "cross.name"]
        );
    }

    #[test]
    fn what_only_looks_like_a_name_in_a_place_is_the_place_s() {
        let own = || vec![finding(1, Institution, Medium, "attribute.institution_name")];
        let said = |confidence| vec![Finding { confidence, ..finding(1, Name, Critical, "text.name") }];
        assert_eq!(rules(own(), said(78)), ["attribute.institution_name"]);
        assert_eq!(rules(own(), said(93)), ["attribute.institution_name", "text.name"]);
    }

    #[test]
    fn addresses_of_private_networks_stand_beside_the_device() {
        let own = || vec![finding(1, Device, Low, "attribute.device_description")];
        for (address, told) in [
            ("192.168.44.7", true),
            ("172.16.193.2", true),
            ("10.4.130.7", true),
            ("10.4.13.70", false),
            ("50.80.103.2", false),
        ] {
            let said =
                Finding { value: Sensitive::new(address.to_owned()), ..finding(1, Ip, Medium, "text.ip") };
            assert_eq!(rules(own(), vec![said]).len(), 1 + usize::from(told), "{address}");
        }
    }

    #[test]
    fn in_file_order() {
        let mut path = finding(0, Name, High, "text.path");
        (path.place, path.row) = (Place::Path, None);
        let own = vec![finding(7, Uid, Low, "b"), finding(3, Uid, Low, "a")];
        assert_eq!(
            rules(own, vec![finding(5, Name, High, "text.name"), path]),
            ["text.path", "a", "text.name", "b"]
        );
    }

    #[test]
    fn layout_covers_nothing() {
        let own = vec![
            finding(1, Payload, Low, "container.duplicate"),
            finding(1, Name, Critical, "attribute.patient_name"),
        ];
        assert_eq!(rules(own, vec![finding(1, Phone, High, "text.phone")]).len(), 2);
        let own = vec![
            finding(1, Payload, Low, "container.order"),
            finding(1, FreeText, Medium, "attribute.patient_comments"),
        ];
        assert_eq!(
            rules(own, vec![finding(1, Phone, High, "text.phone")]),
            ["container.order", "text.phone"]
        );
    }
}
