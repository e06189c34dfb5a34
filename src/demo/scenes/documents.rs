use super::super::encode::{FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::{SAMPLE, TINA};
use super::super::planted::{Leak, Place};
use super::pdf::pdf;

const PDF: &str = "1.2.840.10008.5.1.4.1.1.104.1";
const CDA: &str = "1.2.840.10008.5.1.4.1.1.104.2";

const CLINICAL_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
 <id root="2.999.3.104"/><title>Discharge letter</title><effectiveTime value="20240222"/>
 <recordTarget><patientRole><id extension="40271183" root="2.999.3"/>
  <addr><streetAddressLine>1 Nowhere Lane</streetAddressLine><city>Testford</city></addr>
  <telecom value="tel:+442079460321"/>
  <patient><name><given>Tina</given><family>Testcase</family></name><birthTime value="19910823"/></patient>
 </patientRole></recordTarget>
 <author><assignedAuthor><assignedPerson><name>Sam Sonographer</name></assignedPerson></assignedAuthor></author>
 <component><structuredBody><component><section><text>Ms Testcase was seen for abdominal pain.</text></section>
 </component></structuredBody></component>
</ClinicalDocument>
"#;

/// Encapsulated documents: two PDFs and a CDA.
pub fn documents(folder: &mut Folder) -> Result<(), DemoError> {
    let letter = pdf(
        "Letter about Tina Testcase",
        "Sam Sonographer",
        &["Patient: Testcase, Tina", "Born: 23 August 1991", "MRN: 40271183", "Phone: 020 7946 0321"],
    );
    let set = TINA.header(PDF, "DOC", 30, 1).st(0x0042_0010, "Letter about Tina Testcase");
    let set = set.lo(0x0042_0012, "application/pdf").ob(0x0042_0011, letter).sorted();
    let leaks = vec![
        Leak::tag("(0042,0010)", "name", "document title", "Letter about Tina Testcase"),
        Leak::other(Place::Encapsulated, "name", "PDF information", "/Title (Letter about Tina")
            .at("(0042,0011)"),
        Leak::other(Place::Encapsulated, "name", "PDF stream, compressed", "").at("(0042,0011)"),
    ];
    let bytes = FileBuilder::new(PDF, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/40271183/letter.pdf.dcm", &TINA, Kind::Leaky, bytes, leaks);

    let set = TINA.header(CDA, "DOC", 30, 2).st(0x0042_0010, "Discharge letter");
    let set = set.lo(0x0042_0012, "text/XML").ob(0x0042_0011, CLINICAL_DOCUMENT).sorted();
    let leaks = vec![
        Leak::other(Place::Encapsulated, "name", "CDA", "<family>Testcase</family>").at("(0042,0011)"),
        Leak::other(Place::Encapsulated, "birth_date", "CDA", "<birthTime value=\"19910823\"/>")
            .at("(0042,0011)"),
        Leak::other(Place::Encapsulated, "phone", "CDA", "tel:+442079460321").at("(0042,0011)"),
    ];
    let bytes = FileBuilder::new(CDA, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/40271183/discharge.cda.dcm", &TINA, Kind::Leaky, bytes, leaks);

    let consent =
        pdf("Consent form", "", &["Consent", "Signed: Jonathan Q. Sampleton", "99 Placeholder Ave"]);
    let set = SAMPLE.header(PDF, "DOC", 31, 1).st(0x0042_0010, "Consent").lo(0x0042_0012, "application/pdf");
    let set = set.ob(0x0042_0011, consent).sorted();
    let leak = Leak::other(Place::Encapsulated, "name", "PDF stream, compressed", "").at("(0042,0011)");
    let bytes = FileBuilder::new(PDF, Syntax::ImplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/planning/consent.dcm", &SAMPLE, Kind::Leaky, bytes, vec![leak]);
    Ok(())
}
