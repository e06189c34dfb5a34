//! Names in writing of its own: signs, or letters without capitals.

use super::{
    super::{cue::is_run_on, given_name::is_given_name},
    name::{after_cue, is_other, words},
};

/// Writing of its own script, unless technical; in Hangul, behind a family name.
pub fn name(value: &str) -> Option<usize> {
    let end = after_cue(value)?;
    let kept = value.get(..end).filter(|kept| kept.chars().count() > 1)?;
    if is_told(kept) {
        return None;
    }
    let hangul = kept.chars().next().is_some_and(is_hangul);
    (!hangul || is_korean_surname(kept)).then_some(end)
}

/// The same where only a space stands between cue and value, or nothing: in writing that parts its words and has no
/// capitals, only a given name tells a name from a sentence that goes on.
pub fn name_with_given(value: &str) -> Option<usize> {
    let end = name(value)?;
    let kept = value.get(..end)?;
    let parts_words = kept.chars().next().is_some_and(|c| !is_run_on(c) || is_thai(c));
    let mut parts = words(kept).flat_map(|(_, word)| std::iter::once(word).chain(word.split('-')));
    (!parts_words || parts.any(is_given_name)).then_some(end)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}')
}

/// Whether writing without spaces between words tells something: it has signs that no name has.
fn is_told(text: &str) -> bool {
    let signs = include_str!("../../../../assets/lexicon/sentence_signs.txt").lines();
    signs.filter(|sign| !sign.starts_with('#')).any(|sign| text.contains(sign))
        || text.ends_with(['科', '室', '院', '部', '함', '됨'])
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

/// Whether the name in brackets behind a Latin one begins as a family name does: `KIM MINJI (김민지)`.
pub fn follows_latin(value: &str) -> bool {
    let native = value.split_once('(').map_or("", |(_, native)| native.trim_end_matches(')'));
    let hangul = native.chars().next().is_some_and(is_hangul);
    !hangul || is_korean_surname(native)
}

/// A name of signs, and the mark, sex or verb behind it.
pub fn chinese(value: &str) -> Option<usize> {
    let ends = |c: char| "要因自诉家复拒已未今主本男女陪签代在来联翻照不, (（.;:".contains(c);
    let end = value.char_indices().skip(2).find(|(_, c)| ends(*c)).map_or(value.len(), |(end, _)| end);
    value.get(..end).filter(|name| !is_other(name)).map(str::len)
}

/// A name that a title follows, in signs: the last are the title.
pub fn before_title(value: &str) -> Option<usize> {
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
