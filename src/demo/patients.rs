//! The demo's patients. None exists: the names say so, the phone numbers are in ranges kept for fiction
//! (555-01xx, 020 7946 0xxx), the addresses are under example.org, the UIDs under 2.999, the arc for examples.

use super::encode::{Charset, DataSet};

/// What a patient's own attributes say, the same in all of their files.
#[derive(Clone, Copy, Debug)]
pub struct Patient {
    /// Part of the UIDs.
    pub number: u32,
    pub charset: Charset,
    pub name: &'static str,
    pub id: &'static str,
    pub birth_date: &'static str,
    pub sex: &'static str,
    pub age: &'static str,
    pub study_date: &'static str,
    pub accession: &'static str,
    pub institution: &'static str,
    pub physician: &'static str,
    pub address: &'static str,
    pub phone: &'static str,
}

pub const ERIKA: Patient = Patient {
    number: 1,
    charset: Charset::Ascii,
    name: "Example^Erika",
    id: "EX-0012345",
    birth_date: "19620317",
    sex: "F",
    age: "062Y",
    study_date: "20240514",
    accession: "ACC2405140017",
    institution: "Fictional General Hospital",
    physician: "Referrer^Robin^^Dr.",
    address: "12 Sample Street, Exampleville, EX 00000",
    phone: "(212) 555-0142",
};

pub const MAX: Patient = Patient {
    number: 2,
    charset: Charset::Latin1,
    name: "Müller-Muster^Max",
    id: "MM-004711",
    birth_date: "19581102",
    sex: "M",
    age: "065Y",
    study_date: "20240603",
    accession: "A-77120934",
    institution: "Klinikum Musterstadt",
    physician: "Überweiser^Ulrich^^Dr.",
    address: "Musterweg 7, 00000 Musterstadt",
    phone: "555-0117",
};

pub const TINA: Patient = Patient {
    number: 3,
    charset: Charset::Ascii,
    name: "Testcase^Tina",
    id: "40271183",
    birth_date: "19910823",
    sex: "F",
    age: "032Y",
    study_date: "20240221",
    accession: "US55019283",
    institution: "Placeholder Clinic",
    physician: "Sonographer^Sam",
    address: "1 Nowhere Lane, Testford TE5 7XX",
    phone: "020 7946 0321",
};

pub const ZKOUSKA: Patient = Patient {
    number: 4,
    charset: Charset::Utf8,
    name: "Nováková^Zkouška",
    id: "CZ-700412-T",
    birth_date: "19700412",
    sex: "F",
    age: "053Y",
    study_date: "20240118",
    accession: "MG-2024-00391",
    institution: "Nemocnice Vzorov",
    physician: "Lékařová^Příklada",
    address: "Vzorová 5, 000 00 Vzorov",
    phone: "555-0163",
};

pub const YAMADA: Patient = Patient {
    number: 5,
    charset: Charset::Japanese,
    name: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    id: "JP-8830156",
    birth_date: "19750505",
    sex: "M",
    age: "048Y",
    study_date: "20240409",
    accession: "MR0419553",
    institution: "Rei Byouin (example)",
    physician: "Tesuto^Isha=試験^医師",
    address: "1-2-3 Rei-cho, Mihon-shi",
    phone: "555-0171",
};

pub const ELENI: Patient = Patient {
    number: 6,
    charset: Charset::Greek,
    name: "Παράδειγμα^Ελένη",
    id: "GR-5520918",
    birth_date: "19490130",
    sex: "F",
    age: "075Y",
    study_date: "20240312",
    accession: "XA990412",
    institution: "Νοσοκομείο Δοκιμής",
    physician: "Δοκιμή^Νίκος",
    address: "Οδός Δείγματος 4, Δοκιμούπολη",
    phone: "555-0128",
};

pub const IVAN: Patient = Patient {
    number: 7,
    charset: Charset::Cyrillic,
    name: "Примеров^Иван",
    id: "RU-3317720",
    birth_date: "19660919",
    sex: "M",
    age: "057Y",
    study_date: "20240530",
    accession: "ECG-118204",
    institution: "Тестовая больница",
    physician: "Образцова^Анна",
    address: "ул. Примерная 3, Образцово",
    phone: "555-0139",
};

pub const GILDONG: Patient = Patient {
    number: 8,
    charset: Charset::Korean,
    name: "Hong^Gildong=洪^吉洞=홍^길동",
    id: "KR-9904417",
    birth_date: "19830611",
    sex: "M",
    age: "040Y",
    study_date: "20240425",
    accession: "SC-440918",
    institution: "Yeje Hospital",
    physician: "Gasang^Uisa=假象^醫師=가상^의사",
    address: "Yeje-ro 10, Gasang-si",
    phone: "555-0184",
};

pub const SAMPLE: Patient = Patient {
    number: 9,
    charset: Charset::Ascii,
    name: "Sampleton^Jonathan^Q",
    id: "00815-JQS",
    birth_date: "19370704",
    sex: "M",
    age: "086Y",
    study_date: "20240207",
    accession: "CT-60219944",
    institution: "Fictional General Hospital",
    physician: "Referrer^Robin^^Dr.",
    address: "99 Placeholder Ave, Exampleville, EX 00001",
    phone: "(212) 555-0199",
};

impl Patient {
    pub fn study_uid(&self) -> String {
        format!("2.999.{}.1", self.number)
    }

    pub fn series_uid(&self, series: u32) -> String {
        format!("2.999.{}.1.{series}", self.number)
    }

    pub fn instance_uid(&self, series: u32, instance: u32) -> String {
        format!("2.999.{}.1.{series}.{instance}", self.number)
    }

    /// The bytes under a tag of [`ORDINARY`] in this patient's files; empty where they are compressed or common words.
    pub fn bytes_of(&self, tag: u32) -> Vec<u8> {
        let text = match tag {
            0x0008_0050 => self.accession,
            0x0008_0080 => self.institution,
            0x0008_0090 => self.physician,
            0x0010_0010 => self.name,
            0x0010_0020 => self.id,
            0x0010_0030 => self.birth_date,
            0x0010_1040 => self.address,
            0x0010_2154 => self.phone,
            _ => "",
        };
        self.charset.encode(text)
    }

    /// Patient, study and equipment modules as an archive exports them, sorted; every tag of [`ORDINARY`] is in it.
    pub fn header(&self, sop_class: &str, modality: &str, series: u32, instance: u32) -> DataSet {
        DataSet::new()
            .charset(self.charset)
            .ui(0x0008_0016, sop_class)
            .ui(0x0008_0018, self.instance_uid(series, instance))
            .da(0x0008_0020, self.study_date)
            .da(0x0008_0023, self.study_date)
            .tm(0x0008_0030, "103015")
            .tm(0x0008_0033, "103212")
            .sh(0x0008_0050, self.accession)
            .cs(0x0008_0060, modality)
            .lo(0x0008_0070, "Example Imaging")
            .lo(0x0008_0080, self.institution)
            .pn(0x0008_0090, self.physician)
            .sh(0x0008_1010, "SCANNER7")
            .pn(0x0008_1070, "Otherton^Tess")
            .pn(0x0010_0010, self.name)
            .lo(0x0010_0020, self.id)
            .da(0x0010_0030, self.birth_date)
            .cs(0x0010_0040, self.sex)
            .age(0x0010_1010, self.age)
            .lo(0x0010_1040, self.address)
            .sh(0x0010_2154, self.phone)
            .lo(0x0018_1000, "SN-55021")
            .ui(0x0020_000D, self.study_uid())
            .ui(0x0020_000E, self.series_uid(series))
            .sh(0x0020_0010, "1")
            .is(0x0020_0011, series.to_string())
            .is(0x0020_0013, instance.to_string())
    }
}

/// What [`Patient::header`] gives away in every file, with the class of each.
pub const ORDINARY: [(u32, &str); 13] = [
    (0x0008_0020, "date"),
    (0x0008_0050, "other_id"),
    (0x0008_0080, "institution"),
    (0x0008_0090, "staff_name"),
    (0x0008_1070, "staff_name"),
    (0x0010_0010, "name"),
    (0x0010_0020, "patient_id"),
    (0x0010_0030, "birth_date"),
    (0x0010_0040, "demographic"),
    (0x0010_1010, "age"),
    (0x0010_1040, "address"),
    (0x0010_2154, "phone"),
    (0x0018_1000, "device"),
];
