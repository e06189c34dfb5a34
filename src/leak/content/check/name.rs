//! What is a name, and where it ends: words that nothing technical means.

use super::super::{
    cue::{is_cue_word, is_run_on},
    date::is_month,
    given_name::is_given_name,
    vocabulary::{is_known, is_technical},
};
use super::whole;

fn words(value: &str) -> impl Iterator<Item = (usize, &str)> {
    value
        .split([' ', ',', '^', '_', '.', '・', '=', '(', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - value.as_ptr() as usize, word))
}

/// Whether a word is said of something else than of a person.
fn is_other(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_technical(word) || is_month(lower.trim_end_matches('.'))
}

/// Whether a word stands within names and is none: `van`, `de la`.
fn is_small(word: &str) -> bool {
    let small = word.chars().count() < 6 && word.chars().next().is_some_and(char::is_lowercase);
    small || PARTICLES.contains(&word)
}

/// Small words within names, where they are written large: `De Bortolussi`.
const PARTICLES: [&str; 16] = [
    "Al", "Bin", "Da", "De", "Del", "Della", "Den", "Der", "Di", "Dos", "Du", "El", "La", "Le", "Van", "Von",
];

/// The words up to the first technical one; a lone initial is no name.
pub fn after_cue(value: &str) -> Option<usize> {
    let mut end = 0;
    for (at, word) in words(value) {
        if is_small(word) && is_other(word) {
            continue;
        }
        // Behind a name, a name may be made of two words that are technical.
        let is_compound = end > 0 && word.chars().all(char::is_alphabetic) && !is_known(word);
        if is_other(word) && word.chars().count() > 1 && !is_given_name(word) && !is_compound {
            break;
        }
        end = at + word.len();
    }
    let kept = value.get(..end)?;
    let letters = kept.chars().filter(|c| c.is_alphabetic()).count();
    // Of labels beside each other, the next is no value: `Name / Birth date`.
    let is_label = kept.is_ascii() && !kept.contains(' ') && is_cue_word(kept) && !is_given_name(kept);
    // Initials alone name nobody: `P.R.U.` is no Mr. R.U.
    let is_initials = kept.len() < 4 && kept.contains('.');
    let is_roman = kept.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    (letters > 1 && !is_label && !is_initials && !is_roman).then_some(end)
}

/// Two words that are not technical, or one and an initial, or one in writing that does not part words.
pub fn pair(value: &str) -> Option<usize> {
    let end = after_cue(value)?;
    let kept = value.get(..end)?;
    let parts = || words(kept).flat_map(|(_, word)| word.split('-'));
    let names = words(kept).filter(|(_, word)| word.chars().count() > 1 && !is_small(word)).count();
    // `Family-Given`, where names of files have no spaces.
    let hyphened =
        names == 1 && parts().filter(|part| part.chars().count() > 2 && !is_other(part)).count() > 1;
    let whole_words = if hyphened { 2 } else { names };
    let initial = value.contains('.') && words(kept).any(|(_, word)| word.chars().count() == 1);
    let native = kept.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_uppercase());
    let long =
        words(kept).any(|(_, word)| word.chars().count() > 2 && (!is_other(word) || is_given_name(word)));
    (whole_words >= 2 || (long && (initial || native))).then_some(end)
}

/// Two words of which one is a given name, and none is technical.
pub fn with_given(value: &str) -> Option<usize> {
    let parts: Vec<&str> = words(value)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() > 1 && !(is_small(word) && is_other(word)))
        .collect();
    let known = parts.iter().any(|word| word.split('-').any(is_given_name));
    whole(value, parts.len() >= 2 && known && !parts.iter().any(|word| is_other(word)))
}

/// Parts of a name, unless one of them is a technical word: makers write `Head^Brain` the same way.
pub fn in_components(value: &str) -> Option<usize> {
    let parts: Vec<&str> = value.split('^').filter(|part| part.chars().count() > 1).collect();
    whole(value, parts.len() >= 2 && !parts.iter().any(|part| is_technical(part)))
}

/// Writing of its own script, unless technical; in Hangul, behind a family name.
pub fn native(value: &str) -> Option<usize> {
    let end = after_cue(value)?;
    let kept = value.get(..end).filter(|kept| kept.chars().count() > 1)?;
    if is_told(kept) {
        return None;
    }
    let hangul = kept.chars().next().is_some_and(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    (!hangul || is_korean_surname(kept)).then_some(end)
}

/// The same where only a space stands between cue and value, or nothing: in writing that parts its words and has no
/// capitals, only a given name tells a name from a sentence that goes on.
pub fn native_given(value: &str) -> Option<usize> {
    let end = native(value)?;
    let kept = value.get(..end)?;
    let parts_words = kept.chars().next().is_some_and(|c| !is_run_on(c) || is_thai(c));
    let mut parts = words(kept).flat_map(|(_, word)| std::iter::once(word).chain(word.split('-')));
    (!parts_words || parts.any(is_given_name)).then_some(end)
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

/// Whether writing without spaces between words tells something: it has signs that no name has.
fn is_told(text: &str) -> bool {
    const SIGNS: [&str; 63] = [
        "了",
        "的",
        "不",
        "无",
        "無",
        "是",
        "被",
        "没",
        "を",
        "です",
        "ます",
        "ました",
        "ません",
        "した",
        "する",
        "ไม่",
        "ได้",
        "ให้",
        "แล้ว",
        "และ",
        "ความ",
        "ระหว่าง",
        "ตรวจ",
        "อยู่",
        "ด้วย",
        "ต้อง",
        "เป็น",
        "ขณะ",
        "สามารถ",
        "検査",
        "检查",
        "撮影",
        "扫描",
        "画像",
        "图像",
        "疼痛",
        "回电",
        "回電",
        "开刀",
        "開刀",
        "掩膜",
        "共识",
        "值班",
        "当班",
        "会诊",
        "会診",
        "指示",
        "連絡",
        "联系",
        "通知",
        "阅片",
        "가상",
        "हटा",
        "छिपा",
        "நீக்க",
        "తొలగ",
        "ತೆಗೆ",
        "നീക്ക",
        "દૂર",
        "ਹਟਾ",
        "মুছ",
        "অপসার",
        "ลบ",
    ];
    SIGNS.iter().any(|sign| text.contains(sign)) || text.ends_with(['科', '室', '院', '部', '함', '됨'])
}

/// Whether Hangul begins as a family name does.
fn is_korean_surname(text: &str) -> bool {
    let lines = include_str!("../../../../assets/lexicon/korean_surnames.txt").lines();
    let mut names = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(|c: char| c.is_whitespace() || c == ',').next());
    const LONG: [&str; 8] = ["제갈", "남궁", "황보", "선우", "독고", "사공", "서문", "동방"];
    LONG.iter().any(|name| text.starts_with(name))
        || names.any(|name| !name.is_empty() && text.starts_with(name))
}

/// A name, whose child, and the parent's name, none of it technical: a histogram has bins.
pub fn is_child_of(value: &str) -> bool {
    const WORDS: [&str; 5] = ["BIN", "BINTI", "BTE", "binti", "bte"];
    let mut names = value.split([' ', '/']).filter(|word| word.chars().count() > 1 && !WORDS.contains(word));
    !names.any(is_other)
}

/// A name of signs, and the mark, sex or verb behind it.
pub fn chinese(value: &str) -> Option<usize> {
    let ends = |c: char| "要因自诉家复拒已未今主本男女陪签代在来联翻照不, (（.;:".contains(c);
    let end = value.char_indices().skip(2).find(|(_, c)| ends(*c)).map_or(value.len(), |(end, _)| end);
    value.get(..end).filter(|name| !is_other(name)).map(str::len)
}

/// A name that a title follows, in signs: the last are the title.
pub fn native_before_title(value: &str) -> Option<usize> {
    const TITLES: [&str; 41] = [
        "先生",
        "女士",
        "小姐",
        "太太",
        "同志",
        "患者",
        "患儿",
        "病人",
        "医師",
        "医生",
        "医师",
        "醫師",
        "主任",
        "主治",
        "教授",
        "技師",
        "技师",
        "护士",
        "看護師",
        "ドクター",
        "Dr",
        "様",
        "さん",
        "さま",
        "サマ",
        "殿",
        "氏",
        "ちゃん",
        "くん",
        "君",
        "선생님",
        "교수",
        "의사",
        "과장",
        "기사",
        "간호사",
        "환자",
        "환아",
        "님",
        "씨",
        "군",
    ];
    let name =
        TITLES.iter().find_map(|title| value.strip_suffix(title)).or(value.strip_suffix("양"))?.trim_end();
    (!name.is_empty() && !is_other(name) && !is_told(name)).then_some(value.len())
}

/// A name that a title follows, in letters.
pub fn before_title(value: &str) -> Option<usize> {
    let (name, _) = value.rsplit_once(' ')?;
    whole(value, !words(name).any(|(_, word)| is_other(word)))
}

/// The name of a person's own folder; those of systems are nobody's.
pub fn user(value: &str) -> Option<usize> {
    const SYSTEMS: [&str; 24] = [
        "public",
        "default",
        "all users",
        "default user",
        "administrator",
        "admin",
        "service",
        "user",
        "guest",
        "root",
        "operator",
        "system",
        "medcom",
        "sdc",
        "meduser",
        "localservice",
        "networkservice",
        "shared",
        "pacs",
        "dicom",
        "runner",
        "ubuntu",
        "data",
        "users",
    ];
    let name = value.trim();
    let is_system = SYSTEMS.contains(&name.to_lowercase().as_str()) || is_technical(name);
    whole(value, !is_system && name.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_other_words_begin() {
        for (text, name) in [
            ("Müller, Max", "Müller, Max"),
            ("Jördis von Adlersfeld", "Jördis von Adlersfeld"),
            ("Erika Example CT", "Erika Example"),
            ("Example, Erika, Kontrolle", "Example, Erika"),
            ("J. Samplesson", "J. Samplesson"),
        ] {
            assert_eq!(pair(text).and_then(|end| text.get(..end)), Some(name), "{text}");
        }
        for text in ["Head Neck", "Head", "Samplesson", "March Example", "A. B."] {
            assert_eq!(pair(text), None, "{text}");
        }
        assert!(user("jsampleton").is_some() && user("Public").is_none() && user("1234").is_none());
    }
}
