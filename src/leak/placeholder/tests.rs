use super::*;

/// Values by class, in `clean` and `telling` lists of a line each.
fn each(table: &[(Class, &'static str)]) -> Vec<(Class, &'static str)> {
    let lines =
        table.iter().flat_map(|(class, values)| values.split('|').map(move |value| (*class, value.trim())));
    lines.collect()
}

#[test]
fn dummies_say_nothing() {
    let table = [
        (
            Class::Name,
            "ANONYMOUS | Anonymized^Patient | ^^^^ | anonymized1234 | Subject_12 | XXXX | 匿名 | Test^Phantom",
        ),
        (
            Class::Name,
            "ANONYMOUS^MALE | Anon^Female 12 | NoName | No^Name | Nobody | TESTPATIENT | Test^Patient^A | Sample Patient 7",
        ),
        (
            Class::Name,
            "Anonymisiert | anonymisierter Patient | Unbekannt^Unbekannt | Musterpatient | Mustermann^Max | Musterfrau^Erika",
        ),
        (
            Class::Name,
            "Patient anonyme | ANONYMISÉ | Nom^Prénom | Inconnu | Patiente anonymisée | Sujet 014 | Non renseigné",
        ),
        (
            Class::Name,
            "Paciente anónimo | ANONIMIZADO | Desconocido | Nombre^Apellido | Sujeto 03 | Paciente de prueba",
        ),
        (
            Class::Name,
            "Paziente anonimo | Anonimizzato | Nome Cognome | Sconosciuto | Soggetto 22 | Paziente Test",
        ),
        (
            Class::Name,
            "Anônimo | Paciente Teste | Desconhecido | Anoniem | Proefpersoon 5 | Testpatiënt | Onbekend | Geen naam",
        ),
        (
            Class::Name,
            "Anonym pasient 1 | Okänd | Ukjent | Anonyymi | Tuntematon | Anonim Hasta | İsimsiz | Bilinmiyor",
        ),
        (
            Class::Name,
            "Pacjent anonimowy | Bezimienny | Neznámý pacient | Anonymní | Аноним | Пациент 12 | Неизвестный пациент | ОБЕЗЛИЧЕНО",
        ),
        (
            Class::Name,
            "Ανώνυμος ασθενής | ΑΝΩΝΥΜΟΣ | 匿名患者 | 匿名化済 | テスト患者 | 患者001 | 测试病人 | 測試 | 匿名^患者 | 无名氏 | 익명 | 익명환자 | 테스트환자",
        ),
        (
            Class::Name,
            "مجهول | مريض مجهول | פלוני | מטופל אלמוני | DOE^JOHN | Doe, Jane | Joe Bloggs | Nordmann^Ola | 홍길동 | 张三",
        ),
        (
            Class::Name,
            "PHANTOM | ACR PHANTOM | QA^Daily | CTDI Head 16cm | CATPHAN 504 | Catphan^QA | Jaszczak Phantom | Water Phantom 20cm",
        ),
        (
            Class::Name,
            "QC Weekly | NEMA IEC Body Phantom | Phantom^Magphan | Wasserphantom | Konstanzprüfung | Konstanz^Test | QA 20230105 | Fantôme eau",
        ),
        (
            Class::Name,
            "Fantoma de agua | FANTOM | Фантом | ファントム | 水模体 | 体模 | 팬텀 | Alderson RANDO | Leeds TOR QA | Daily QA | MRQA 3T | Uniformity^Flood",
        ),
        (
            Class::Name,
            "Eurospin Phantom | Diffusion Phantom NIST | Siemens Phantom D165 | GE QA Phantom | Philips head phantom | Service Test | CDMAM 3.4 | Delta4",
        ),
        (
            Class::Name,
            "TEACHING FILE 12 | Teaching^Case | Lehrfall 7 | DEMO^PATIENT | Demo | Example^Patient | Case 042 | FAKE^NAME | foobar | ABC | asdf",
        ),
        (
            Class::Name,
            "PatientName | LASTNAME^FIRSTNAME | Name Removed | [REMOVED] | <anonymous> | **deleted** | {none} | REDACTED PHI | not available",
        ),
        (
            Class::Name,
            "LIDC-IDRI-0001 | TCGA 0012 | Volunteer 3 | Healthy Control 12 | HC 012 | Freiwilliger 3 | Volontaire 12 | 志愿者3 | sub-000012",
        ),
        (
            Class::PatientId,
            "PAT001 | SUBJ-001 | 000000 | 9e107d9d372bb6826bd81d3542a419d6 | 2.25.329800735698586 | ANON-0001 | Anon000012 | NOID | unknown",
        ),
        (
            Class::PatientId,
            "QA | QA20230105 | QC-001 | ACR_QA_01 | PHANTOM01 | TEST | test-123 | DEMO-1 | case_12 | ID 0 | Proband07 | probandin 3 | keine | n/a",
        ),
        (
            Class::PatientId,
            "Sujet-12 | PACIENTE 003 | Пациент-07 | 被験者012 | 환자 7 | مريض 3 | hasta 12 | sub-0041 | volunteer_003 | xxxx-1234",
        ),
        (
            Class::BirthDate,
            "19000101 | 00000000 | 99991231 | 18581117 | 17760704 | 21280506 | 17010304 | 19620000 | UNKNOWN | anonymized | 18000101",
        ),
        (
            Class::Date,
            "00:00:00 | 00010101 | 21800614 | 22010203 | 16010101 | 18991230 | 20190000 | 00000000000000 | removed",
        ),
        (Class::PatientId, "DEID-79a1f02279 | DEIDae80b7a1 | anon_2e283455"),
        (Class::Age, "000Y | 000D | XXXY | unknown"),
        (
            Class::Institution,
            "REMOVED | Hospital | Anonymous Hospital | University Hospital | Research Institute | Site 01 | Center 3 | Klinik | Radiology | Radiologie",
        ),
        (
            Class::Institution,
            "Hôpital anonyme | Ospedale | Hospital Universitario | Ziekenhuis | 病院 | 放射線科 | XXXX Hospital | Dept of Radiology | Szpital",
        ),
        (
            Class::StaffName,
            "Dr. Anonymous | Radiologist | Reader 1 | Observer A | admin | Technologist^1 | Annotator_02 | Rater B | Arzt | médecin anonyme",
        ),
        (
            Class::StaffName,
            "Expert 3 | consensus | nnU-Net | Auto | AI | 3D Slicer | TotalSegmentator | physician removed | Reviewer 12 | Dr X",
        ),
        (Class::Phone, "N/A | 000-000-0000 | 99999 | none | 1111111"),
        (Class::Address, "Anytown | Street | no address | Adresse | unbekannt"),
        (Class::OtherId, "550e8400-e29b-41d4-a716-446655440000 | none | 0 | study 1 | visit 2"),
    ];
    let telling: Vec<_> =
        each(&table).into_iter().filter(|(class, text)| !is_placeholder(text, *class)).collect();
    assert!(telling.is_empty(), "{telling:?}");
}

#[test]
fn dummies_of_more_tools_and_languages() {
    let table = [
        (
            Class::Name,
            "NAME^NONE | zz_Anonymized | ZZ^TEST | <PERSON> | <PERSON_1> | NOM^PRENOM | Private^Patient | BRAINIX | Emergency^Unknown | N.N. | PN_REMOVED",
        ),
        (
            Class::Name,
            "Redacted for privacy | Hidden due to GDPR | não informado | ẩn danh | không tên | Tanpa Nama | अज्ञात | नाम नहीं | ไม่ระบุชื่อ | ไม่ทราบ | ანონიმური | անանուն",
        ),
        (
            Class::Name,
            "بدون نام | ناشناس | 已匿名 | 已脱敏 | 去标识 | 受检者A | 患者甲 | 匿名さん | 非公開 | 仮ID | 비공개 | 가명처리",
        ),
        (
            Class::Name,
            "C57BL6 12 | Pig3^Week4 | Sheep 2, left hip | cadaver knee 03 | Rat_07 | Phantom^NIST ISMRM | Shepp^Logan | XCAT^Male | Shielding Test | EPI^SNR Test | Virtual^Patient 7",
        ),
        (
            Class::StaffName,
            "Physician^Referring | Operator | MTA | OP-3 | RT | CORE LAB READER | CAD^Algorithm | SYSTEM",
        ),
        (
            Class::Institution,
            "General Hospital | Community Hospital | INST003 | Your Hospital | Participating Site 7",
        ),
        (
            Class::Address,
            "Street / City / District / ZIP | Street StreetNo,City,District,DE,ZIP | 123 Any Street, Anytown",
        ),
        (Class::BirthDate, "01/01/1900 | 1.1.1900 | 31.12.1899 | 00010101"),
        (Class::Date, "19700101 | 19700101000000"),
        (
            Class::PatientId,
            "urn:uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff | sha1:2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        ),
    ];
    let telling: Vec<_> =
        each(&table).into_iter().filter(|(class, text)| !is_placeholder(text, *class)).collect();
    assert!(telling.is_empty(), "{telling:?}");
}

#[test]
fn places_in_general() {
    for text in [
        "Nuclear Medicine",
        "Dept. of Radiology",
        "MR Center",
        "Imaging Core Lab",
        "Simulation Lab",
        "Site 3",
    ] {
        assert!(is_generic_place(text), "{text}");
    }
    for text in ["Sampleton Clinic", "St. Example Hospital", "Klinikum Samplingen", "Example Heart Center"] {
        assert!(!is_generic_place(text), "{text}");
    }
}

#[test]
fn remarks_that_say_nothing() {
    for text in [
        "No comment",
        "For research use only",
        "Comments removed",
        "keine Bemerkungen",
        "consent obtained",
        "ex vivo",
    ] {
        assert!(is_void(text), "{text}");
    }
    for text in ["Diabetes", "pregnant", "No allergies", "seen by Sampleton", "Erika", "Down syndrome"] {
        assert!(!is_void(text), "{text}");
    }
}

#[test]
fn values_are_no_dummies() {
    let table = [
        (
            Class::Name,
            "Wu A | Date^Ken | Danh^Nhan | Person^Ada | Logan^Kim | Winston^Lutz | Mouse^Ada | Dog^Sampleton | Private^Sampleton",
        ),
        (Class::BirthDate, "02/01/1900 | 01/01/1960 | 19700101 | 01.01.1970"),
        (
            Class::Name,
            "Nonemacher^Erika | Example^Erika | 山田^太郎 | Li | Patient 4711234 | Samplesson | Testa^Maria | Sample^Ingrid | Sampson",
        ),
        (
            Class::Name,
            "Young | Young^Rita | Black | Black^Joan | Berg | Berg^Tone | Stein | Stein^Ruth | Koch | Koch^Uwe | Down | Bell^Ada | Bell",
        ),
        (
            Class::Name,
            "Mann | Frau | Mann^Golo | Field^Ann | Mock | Fall^Awa | Case^Ryan | Doe^Katherine | Muster^Ilse | Male | Child^Lee | Baby^Nora",
        ),
        (
            Class::Name,
            "Water^Lena | Phantom^Sampleton | QA^Sampleton | Sampleton QA | Alderson | Alderson^Kim | Jaszczak | Jaszczak^Ewa | Flood^Iris",
        ),
        (
            Class::Name,
            "Hoffman | Hoffman^Abe | Leeds^Tom | Costanza | Wasser^Ida | Head^Long | Service^Rob | Nolan | Nobel^Ida | Anona^Mia | Dumm^Kai",
        ),
        (
            Class::Name,
            "Unknownsky | Patienten^Olga K | Testarossa^Gina | Teststrom | Probst^Ina | Demos^Nikos | Emptyson | Blanc^Zoe | Voidsten",
        ),
        (
            Class::Name,
            "Rossi^Mario | Dupont^Jean | Kowalski^Jan | Ivanov^Ivan | 王芳 | 김철수 | أحمد حسن | כהן דוד | Иванова Мария | Παπαδοπούλου Ελένη",
        ),
        (
            Class::Name,
            "Anonymous Sampleton | Sampleton anonymous | removed: Sampleton | No Sampleton | ID Sampleton | Case Sampleton | Dr Sampleton",
        ),
        (
            Class::PatientId,
            "0012345 | 12345 | 123 | PAT12345678 | ID 00123456 | AB-778812 | MRN12345 | MRN 0012 | ANON1234567 | anon-4711234 | test-123456",
        ),
        (
            Class::PatientId,
            "7 | 4711 | 40271183 | 123456 | P1234567 | subject 8812345 | case 123-45-6789 | QA123456789 | phantom 123456789 | QA 40271183 | PHANTOM 4711234 | QA19620317 | X1234567L | H4711",
        ),
        (
            Class::OtherId,
            "Case 20-55512 | 2023-00412 | A12345678 | ACC20230001 | 0098112 | study 20231 | R-4411",
        ),
        (
            Class::BirthDate,
            "19010203 | 16.06.1957 | 27-08-2021 | 16061957 | 23/06/1991 | 19610503 | 19500615 | 20000102 | 20190317 | 18990704 | 19620101 | 20000101 | 19040102",
        ),
        (Class::Date, "20120820 | 20200101 | 19990909 | 20240229 | 19950101"),
        (Class::Age, "045Y | 091Y | 003M | 012D"),
        (
            Class::Institution,
            "Sample Hospital | Test Clinic | Тестовая больница | Placeholder Clinic | Hospital Sampleton | Klinikum Beispielstadt | St. Example Clinic | Site 12345 | Universität Samplingen",
        ),
        (
            Class::StaffName,
            "Dr. Sampleton | Reader Sampleton | Sampleton^Ann | Koch | Young | Black^Dr | Operator Kim | Staffens | Fellows",
        ),
        (Class::Phone, "212-555-0142 | 030 1234567 | 5551212"),
        (Class::Address, "12 Sample Street | Beispielweg 4 | Samplestadt | Main Street 12345"),
    ];
    let clean: Vec<_> =
        each(&table).into_iter().filter(|(class, text)| is_placeholder(text, *class)).collect();
    assert!(clean.is_empty(), "{clean:?}");
}

#[test]
fn phantoms_are_told_from_people() {
    for text in
        ["ACR Phantom", "QA", "CTDI Body 32cm", "Daily QA 20230105", "Fantôme", "ファントム", "phantom-12"]
    {
        assert!(is_phantom(text), "{text}");
    }
    for text in
        ["Anonymous", "Test^Patient", "Teaching", "Head", "Phantom^Sampleton", "QA 123456789", "", "Jaszczak"]
    {
        assert!(!is_phantom(text), "{text}");
    }
}

#[test]
fn every_word_of_the_table_is_lower_case_and_stands_once() {
    let source = include_str!("../../../assets/lexicon/placeholders.txt");
    let words: Vec<&str> =
        source.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '['])).collect();
    for word in &words {
        assert_eq!(word.to_lowercase(), **word);
        assert!(word.chars().all(vocabulary::is_of_word), "{word} is never asked for");
    }
    assert_eq!(words.len(), WORDS.len());
}

#[test]
fn what_was_taken_out_is_said_in_many_words() {
    for (text, class) in [
        ("[JOB TITLE]", Class::FreeText),
        ("[ACCESSION]", Class::Account),
        ("Huisarts verwijderd", Class::StaffName),
        ("врач скрыт", Class::StaffName),
        ("тел. удалён", Class::Phone),
        ("住所削除", Class::Address),
        ("name removed by gateway", Class::Name),
        ("ADM-XXXX", Class::Account),
        ("séjour n° ░░░░░░", Class::Account),
        ("XX Street, XXXXX City", Class::Address),
        ("@param(@SITEID)-@integer", Class::Name),
        ("HASH(MRN+SALT)", Class::PatientId),
    ] {
        assert!(is_placeholder(text, class), "{text}");
    }
    for (text, class) in [
        ("[Sampleton]", Class::Name),
        ("Sampleton removed", Class::Name),
        ("山田太郎削除", Class::Name),
        ("Удальцов", Class::Name),
        ("removed 4711081", Class::PatientId),
        ("4711-XXXX-08", Class::PatientId),
        ("Li XXXX", Class::Name),
        ("Sampleton(Hashford)", Class::Name),
        ("drain removed by the ward, then the patient was sent home with all of her things", Class::FreeText),
    ] {
        assert!(!is_placeholder(text, class), "{text}");
    }
}

#[test]
fn words_of_a_language_describe() {
    for text in ["Outside^Physician", "sans identifiant", "BrainTumour^CaseSet^0119"] {
        assert!(is_described(text, Class::Name), "{text}");
    }
    for text in [
        "Sampleton^Erika",
        "Erika^Brain",
        "Brain",
        "brain lesion 4711882",
        "山田太郎",
        "Must^Ene",
        "see key file",
    ] {
        assert!(!is_described(text, Class::Name), "{text}");
    }
}
