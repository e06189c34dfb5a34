//! What names of elements and attributes say of their content.

/// Elements of layout, whose text is running text.
pub const LAYOUT: [&str; 42] = [
    "html",
    "body",
    "head",
    "div",
    "span",
    "p",
    "b",
    "i",
    "u",
    "a",
    "br",
    "td",
    "th",
    "tr",
    "table",
    "tbody",
    "thead",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "font",
    "center",
    "strong",
    "em",
    "text",
    "content",
    "paragraph",
    "item",
    "list",
    "title",
    "sub",
    "sup",
    "pre",
    "col",
    "colgroup",
    "caption",
    "section",
    "svg",
];
/// Elements that begin a new line of running text.
pub const BREAKS: [&str; 18] = [
    "p",
    "br",
    "tr",
    "div",
    "li",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "paragraph",
    "item",
    "title",
    "section",
    "body",
    "head",
    "text",
    "list",
];
/// Attributes that say nothing of anyone.
pub const TECHNICAL: [&str; 19] = [
    "xsi",
    "schemaLocation",
    "noNamespaceSchemaLocation",
    "xmlns",
    "xsi:type",
    "type",
    "classCode",
    "moodCode",
    "typeCode",
    "codeSystem",
    "codeSystemName",
    "templateId",
    "version",
    "encoding",
    "style",
    "class",
    "align",
    "width",
    "height",
];
/// Attributes that hold the value of their element.
pub const VALUES: [&str; 5] = ["value", "extension", "content", "displayName", "val"];
/// Attributes that name what their element holds.
pub const NAMES: [&str; 6] = ["keyword", "name", "key", "label", "tag", "field"];

/// Elements whose text says what the next one holds.
pub const LABELS: [&str; 17] = [
    "label",
    "key",
    "name",
    "tag",
    "field",
    "dt",
    "th",
    "term",
    "caption",
    "prompt",
    "question",
    "attribute",
    "parameter",
    "title",
    "heading",
    "fieldname",
    "displayName",
];
/// Elements that hold what the one before them is the name of.
pub const HOLDERS: [&str; 15] = [
    "value",
    "val",
    "v",
    "dd",
    "td",
    "data",
    "answer",
    "content",
    "string",
    "text",
    "response",
    "valueString",
    "fieldvalue",
    "integer",
    "date",
];
/// Elements whose meaning stands in an attribute.
pub const CODES: [&str; 3] = ["code", "concept", "conceptname"];

pub fn is_one(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether an element of that name is about somebody, so that its name is worth to stand before those of what it holds.
pub fn is_subject(name: &str) -> bool {
    let name = name.to_lowercase();
    let people = [
        "patient",
        "patiënt",
        "pacient",
        "pacjent",
        "paciente",
        "paziente",
        "potilas",
        "hasta",
        "пациент",
        "患者",
        "病人",
        "person",
        "guardian",
        "author",
        "physician",
        "doctor",
        "mother",
        "father",
        "contact",
        "insured",
        "subject",
        "provider",
        "custodian",
        "informant",
        "participant",
        "operator",
        "study",
        "birth",
    ];
    people.iter().any(|word| name.contains(word))
}

#[derive(PartialEq, Eq)]
pub enum Part {
    Given,
    Family,
}

/// Whether an element of that name holds a part of a person's name.
pub fn part(name: &str) -> Option<Part> {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match name.as_str() {
        "given" | "givenname" | "first" | "firstname" | "middle" | "middlename" | "forename" | "vorname"
        | "prenom" | "prénom" | "nombre" | "nome" | "fname" | "voornaam" | "imię" | "imie" | "jméno"
        | "förnamn" | "fornavn" | "etunimi" | "keresztnév" | "prenume" | "ad" | "имя" | "όνομα" | "名" => {
            Some(Part::Given)
        }
        "family" | "familyname" | "last" | "lastname" | "surname" | "nachname" | "nom" | "apellido"
        | "cognome" | "lname" | "achternaam" | "nazwisko" | "příjmení" | "efternamn" | "etternavn"
        | "efternavn" | "sukunimi" | "vezetéknév" | "sobrenome" | "apelido" | "apellidos" | "soyad"
        | "фамилия" | "επώνυμο" | "姓" => Some(Part::Family),
        _ => None,
    }
}
