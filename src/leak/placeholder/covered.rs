//! What stands where a value was taken out and says so: labels, masks, remarks, expressions of scripts.

use super::{MOST_NUMBERED, STEMS, role_of, significant};
use crate::leak::{
    Class,
    content::{is_cue_word, is_given_name, vocabulary},
};

/// How words begin that say that something was taken out or is not shown, in any form of theirs.
const TAKEN_OUT: [&str; 46] = [
    "borttag",
    "borrad",
    "caviard",
    "eliminad",
    "entfernt",
    "fjernet",
    "gelöscht",
    "geloescht",
    "geschwärzt",
    "gizlen",
    "hidden",
    "kaldırıl",
    "masked",
    "masqué",
    "obfuscat",
    "ocultad",
    "odstran",
    "omesso",
    "omessi",
    "oscurat",
    "poistet",
    "raderad",
    "redacted",
    "removed",
    "removid",
    "rimoss",
    "scrubbed",
    "silinmiş",
    "skrytý",
    "skryto",
    "slettet",
    "suppress",
    "supprim",
    "suprimid",
    "törölt",
    "törölve",
    "usunięt",
    "usuniet",
    "verwijderd",
    "vymaz",
    "withheld",
    "zanonim",
    "удален",
    "удалён",
    "скрыт",
    "видален",
];
/// The same, at the end of what is written in one.
const SIGNS_TAKEN_OUT: [&str; 7] = ["削除", "非公開", "删除", "刪除", "匿名", "隐去", "삭제"];
/// Signs that cover what stood there.
const MASKS: [char; 12] = ['*', '#', '_', '?', '•', '●', '○', '░', '▒', '█', '■', '〇'];
/// Letters of a word that may be somebody's name as well as anything else, or stand in front of a number: `ADM`.
const MOST_SHORT: usize = 4;
/// Words of the longest remark that no more than says so.
const MOST_REMARK: usize = 8;

/// Whether `text` is what a value is called, in brackets in its place: `[JOB TITLE]`, `<accession>`.
pub(super) fn is_label(text: &str) -> bool {
    let pairs = [('[', ']'), ('<', '>'), ('{', '}')];
    let text = text.trim();
    let inside = pairs.iter().find_map(|&(first, last)| text.strip_prefix(first)?.strip_suffix(last));
    inside.is_some_and(|inside| {
        let mut words = inside.split([' ', '_', '-', '^']).filter(|word| !word.is_empty());
        words.clone().next().is_some()
            && words.all(|word| word.chars().all(char::is_alphabetic) && is_told(word))
    })
}

/// Whether `text` is a script's expression that was never filled in: `@param(@SITEID)`, `HASH(MRN+SALT)`.
pub(super) fn is_template(text: &str) -> bool {
    const FUNCTIONS: [&str; 6] = ["hash", "md5", "sha", "hmac", "encrypt", "uuid"];
    let Some((name, rest)) = text.split_once('(') else { return false };
    let lower = name.to_ascii_lowercase();
    let is_called =
        lower.starts_with(['@', '$', '%']) || FUNCTIONS.iter().any(|function| lower.starts_with(function));
    is_called && rest.contains(')') && !name.contains(char::is_whitespace)
}

/// Whether part of `text` is covered by signs, and nothing of the rest tells whose it is: `ADM-XXXX`, `XX Street,
/// XXXXX City`, `séjour n° ░░░░░░`.
pub(super) fn is_masked(text: &str, class: Class) -> bool {
    let is_person = class.is_person();
    let parts = |c: char| !(vocabulary::is_of_word(c) || MASKS.contains(&c));
    let words = || text.split(parts).filter(|word| !word.is_empty());
    let is_mask = |word: &str| {
        let (mut signs, first) = (word.chars(), word.chars().next());
        word.chars().count() > 1
            && signs.all(|sign| Some(sign) == first && (MASKS.contains(&sign) || matches!(sign, 'x' | 'X')))
    };
    let is_prefix = |word: &str| {
        !is_person && word.len() <= MOST_SHORT && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let tells_nothing = |word: &str| {
        // A short word may be a family name as well.
        let is_long = !is_person || word.chars().count() > MOST_SHORT;
        is_mask(word)
            || is_prefix(word)
            || word.chars().count() == 1
            || is_long && is_told(&word.to_lowercase())
    };
    words().any(is_mask)
        && words().all(|word| tells_nothing(word) && !word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether a word is one of what is told, and no name: of vocabularies, or of what values are called.
fn is_told(word: &str) -> bool {
    vocabulary::is_known(word) || is_cue_word(word) || role_of(word, Class::StaffName).is_some()
}

/// Whether `text` says that something was taken out and else nothing of which nothing is known: `Huisarts verwijderd`,
/// `тел. удалён`.
pub(super) fn is_taken_out(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !vocabulary::is_of_word(c)).filter(|word| !word.is_empty());
    let is_sure = |word: &str| {
        let signs = SIGNS_TAKEN_OUT.iter().find_map(|signs| word.strip_suffix(signs));
        signs.is_some_and(|rest| rest.is_empty() || is_told(rest))
            || TAKEN_OUT.iter().chain(&STEMS).any(|stem| word.starts_with(stem))
    };
    words().take(MOST_REMARK + 1).count() <= MOST_REMARK
        && words().any(is_sure)
        && words().all(|word| is_sure(word) || (significant(word) <= 2 && is_told(word)))
}

/// Whether `text` is words of a language and no name or number: `sans identifiant`, `Outside^Physician`, `see key file`.
/// At least two: one may be a name that is a word as well; and so may two short ones, where a person is to be named.
pub(in crate::leak) fn is_described(text: &str, class: Class) -> bool {
    let words =
        || text.split(|c: char| !vocabulary::is_of_word(c)).flat_map(humps).filter(|word| !word.is_empty());
    let is_word = |word: &str| {
        let lower = word.to_lowercase();
        lower.chars().count() == 1 || is_told(&lower) && !is_given_name(word)
    };
    let is_spelled = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.bytes().filter(u8::is_ascii_digit).count() <= MOST_NUMBERED
        && words().filter(is_spelled).nth(1).is_some()
        && (!class.is_person() || words().any(|word| word.chars().count() > MOST_SHORT))
        && words().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || is_word(word))
}

/// The words of one that is written in humps: `TrainSet`.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let pairs = word.char_indices().zip(word.char_indices().skip(1));
    let humps = pairs.filter(|((_, before), (_, c))| before.is_lowercase() && c.is_uppercase());
    let ends = humps.map(|(_, (at, _))| at).chain([word.len()]);
    ends.scan(0, |start, end| word.get(std::mem::replace(start, end)..end))
}
