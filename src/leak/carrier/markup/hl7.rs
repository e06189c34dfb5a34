use super::super::gather::{Gather, Lines, is_measure};

/// Segment, field, what the field holds: HL7 version 2.5.1, chapters 2, 3 and 6.
const FIELDS: [(&str, usize, &str); 102] = [
    ("PID", 2, "Patient ID"),
    ("PID", 3, "Patient ID"),
    ("PID", 4, "Patient ID"),
    ("PID", 5, "Patient Name"),
    ("PID", 6, "Mother's Maiden Name"),
    ("PID", 7, "Date of Birth"),
    ("PID", 9, "Patient Name"),
    ("PID", 11, "Address"),
    ("PID", 13, "Phone"),
    ("PID", 14, "Phone"),
    ("PID", 18, "Account Number"),
    ("PID", 19, "SSN"),
    ("PID", 20, "Driver's License"),
    ("PID", 21, "Mother's ID"),
    ("PID", 23, "Place of Birth"),
    ("PD1", 4, "Physician"),
    ("NK1", 2, "Relative Name"),
    ("NK1", 4, "Address"),
    ("NK1", 5, "Phone"),
    ("NK1", 6, "Phone"),
    ("MRG", 1, "Patient ID"),
    ("MRG", 7, "Patient Name"),
    ("PV1", 3, "Location"),
    ("PV1", 7, "Physician"),
    ("PV1", 8, "Physician"),
    ("PV1", 9, "Physician"),
    ("PV1", 17, "Physician"),
    ("PV1", 19, "Visit Number"),
    ("PV1", 44, "Admission Date"),
    ("ORC", 2, "Order Number"),
    ("ORC", 3, "Order Number"),
    ("ORC", 12, "Physician"),
    ("OBR", 2, "Order Number"),
    ("OBR", 3, "Accession Number"),
    ("OBR", 16, "Physician"),
    ("OBR", 28, "Physician"),
    ("OBR", 32, "Physician"),
    ("GT1", 3, "Name"),
    ("GT1", 5, "Address"),
    ("GT1", 6, "Phone"),
    ("GT1", 8, "Date of Birth"),
    ("IN1", 16, "Name"),
    ("IN1", 18, "Date of Birth"),
    ("IN1", 36, "Insurance Number"),
    ("EVN", 5, "Physician"),
    ("PD1", 3, "Institution"),
    ("NK1", 30, "Relative Name"),
    ("NK1", 31, "Phone"),
    ("NK1", 32, "Address"),
    ("NK1", 33, "Patient ID"),
    ("MRG", 3, "Account Number"),
    ("MRG", 4, "Patient ID"),
    ("PV1", 5, "Visit Number"),
    ("PV1", 45, "Discharge Date"),
    ("PV1", 50, "Visit Number"),
    ("PV1", 52, "Physician"),
    ("ORC", 10, "Physician"),
    ("ORC", 11, "Physician"),
    ("ORC", 19, "Physician"),
    ("ORC", 22, "Address"),
    ("ORC", 23, "Phone"),
    ("ORC", 24, "Address"),
    ("OBR", 10, "Physician"),
    ("OBR", 18, "Accession Number"),
    ("OBR", 19, "Order Number"),
    ("OBR", 20, "Accession Number"),
    ("OBR", 21, "Order Number"),
    ("OBR", 33, "Physician"),
    ("OBR", 34, "Physician"),
    ("OBR", 35, "Physician"),
    ("OBX", 16, "Physician"),
    ("TXA", 5, "Physician"),
    ("TXA", 9, "Physician"),
    ("TXA", 10, "Physician"),
    ("TXA", 11, "Physician"),
    ("TXA", 12, "Report Number"),
    ("TXA", 22, "Physician"),
    ("ROL", 4, "Physician"),
    ("PRT", 5, "Physician"),
    ("AIP", 3, "Physician"),
    ("SCH", 2, "Order Number"),
    ("SCH", 16, "Physician"),
    ("SCH", 20, "Physician"),
    ("PR1", 8, "Physician"),
    ("PR1", 11, "Physician"),
    ("PR1", 12, "Physician"),
    ("DG1", 16, "Physician"),
    ("FT1", 20, "Physician"),
    ("FT1", 21, "Physician"),
    ("STF", 3, "Physician"),
    ("CTD", 2, "Contact Name"),
    ("GT1", 2, "Account Number"),
    ("GT1", 7, "Phone"),
    ("GT1", 19, "SSN"),
    ("IN1", 8, "Group Number"),
    ("IN1", 19, "Address"),
    ("IN1", 49, "Insurance Number"),
    ("IN2", 2, "SSN"),
    ("IN2", 6, "Medicare Number"),
    ("IN2", 8, "Medicaid ID"),
    ("IN2", 61, "Insurance Number"),
    ("SPM", 2, "Specimen ID"),
];

/// Whether a text has a segment that HL7 messages have.
pub(in super::super) fn is_hl7(text: &str) -> bool {
    text.starts_with("MSH|")
        || text.starts_with("PID|")
        || text
            .split(['\r', '\n', '\u{b}'])
            .take(64)
            .any(|line| line.starts_with("PID|") || line.starts_with("MSH|"))
}

/// Reads HL7 version 2 segments: known fields with what they hold, the others as they are.
pub(in super::super) fn hl7(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let mut lines = Lines::new("an HL7 message");
    for line in text.split(['\r', '\n', '\u{b}', '\u{1c}']).filter(|line| !line.is_empty()) {
        let mut fields = line.split('|');
        let segment = fields.next().unwrap_or_default().trim();
        for (at, field) in (1..).zip(fields) {
            // Repetitions are values of their own.
            for value in field.split('~').filter(|value| !is_measure(value)) {
                let known = FIELDS.iter().find(|(name, number, _)| *name == segment && *number == at);
                match known {
                    Some((_, _, "Address")) => lines.value("Address", &joined(value, ", ")),
                    Some((_, _, "Phone")) => lines.value("Phone", &joined(value, " ")),
                    Some((_, _, "Physician")) => lines.value("Physician", &person(value)),
                    Some((_, _, what)) => lines.value(what, value.trim_end_matches('^')),
                    None if is_person(value) => lines.value("Physician", &person(value)),
                    None if value.len() > 2 => lines.line(&joined(value, " ")),
                    None => {}
                }
            }
        }
    }
    let read = !lines.is_empty();
    lines.say(gather);
    read
}

/// Whether a field looks like a person with a number in front (XCN), as sites put into fields of their own; a coded
/// value has its coding system in the third place.
fn is_person(value: &str) -> bool {
    let mut parts = value.split('^');
    let (id, family, given) = (parts.next(), parts.next(), parts.next());
    let is_id =
        |id: &str| id.bytes().any(|b| b.is_ascii_digit()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_name = |name: &str| {
        name.chars().count() > 2
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | ' '))
    };
    id.is_some_and(is_id) && family.is_some_and(is_name) && given.is_some_and(is_name)
}

fn joined(value: &str, by: &str) -> String {
    let parts: Vec<&str> = value.split(['^', '&']).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(by)
}

/// A person with an identifier in front: `1234^Placeholder^Paula^^^Dr.`.
fn person(value: &str) -> String {
    match value.split_once('^') {
        Some((id, name))
            if !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()) && name.contains('^') =>
        {
            format!("{} ({id})", name.trim_end_matches('^'))
        }
        _ => value.trim_end_matches('^').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named() {
        let text = "MSH|^~\\&|RIS|TEST|||20240101||ORM^O01\rPID|1||EX-0012345^^^HOSP||Example^Erika^M||19620317|F|||1 Nowhere \
                    Lane^^Testford||(212)555-0142\rPV1|1|O|||||1234^Placeholder^Paula^^^Dr.\rZXX|1|77^Sampleton^Jonathan|71020^CHEST^C4";
        assert!(is_hl7(text));
        let mut out = Vec::new();
        assert!(hl7(text, &mut Gather::new(&mut out)));
        for line in [
            "Patient ID: EX-0012345^^^HOSP\n",
            "Patient Name: Example^Erika^M\n",
            "Date of Birth: 19620317\n",
            "Address: 1 Nowhere Lane, Testford\n",
            "Phone: (212)555-0142\n",
            "Physician: Placeholder^Paula^^^Dr. (1234)",
            "Physician: Sampleton^Jonathan (77)",
        ] {
            assert!(out[0].text.contains(line), "{line} in {}", out[0].text);
        }
    }
}
