use super::super::gather::{Gather, Lines, is_measure};

/// Segment, field, what the field holds: HL7 version 2.5.1, chapters 2, 3 and 6.
const FIELDS: [(&str, usize, &str); 44] = [
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
                    Lane^^Testford||(212)555-0142\rPV1|1|O|||||1234^Placeholder^Paula^^^Dr.";
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
        ] {
            assert!(out[0].text.contains(line), "{line} in {}", out[0].text);
        }
    }
}
