//! Private elements: safe by the standard's list, harmless by their numbers, or suspect.

use super::{
    element::Element,
    scene::Scene,
    uid,
    worded::{Worded, may_name, worded},
};
use crate::{
    dicom::{Kind, RowId, Rows, Vr, value},
    leak::{Class, Finding, Severity, is_placeholder, rule},
    standard::{self, ProfileOption, SafeElements, safe_private},
};
use std::borrow::Cow;

/// Blocks of one creator are told once; so many creators are told of one file.
const MOST_BLOCKS: usize = 64;
/// Bytes of a binary value that could hold more than a few numbers.
const BLOB: u32 = 256;

/// What is known of the private blocks of a file so far.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    last: usize,
}

/// A creator's elements.
#[derive(Debug)]
struct Block {
    /// The first row that names the creator.
    creator: RowId,
    name: String,
    group: u16,
    /// Those of its elements that the standard lists.
    safe: Option<SafeElements>,
    /// Elements that are on no list.
    unlisted: bool,
    /// Among them some that are bytes.
    bytes: bool,
    /// The rows that name it, the last one met: others mostly follow each other.
    row: RowId,
}

impl Blocks {
    /// Judges an element of an odd group.
    pub fn judge(&mut self, scene: &mut Scene<'_>, element: Element<'_>) {
        if element.row.is_private_creator() || element.row.tag.1 < 0x10 || element.row.kind == Kind::Item {
            return;
        }
        let Some(creator) = element.rows.creator(element.id) else {
            return judge_orphan(scene, element);
        };
        let Some(block) = self.block(element.rows, creator, element.row.tag.0) else {
            return judge_value(scene, element);
        };
        if let Some(safe) = block.safe.and_then(|safe| safe.get(element.row.tag)) {
            if matches!(safe.vr, "DS" | "IS") && !is_number(element) {
                judge_text(scene, element);
            }
            return;
        }
        block.unlisted = true;
        if element.row.kind != Kind::Element {
            return;
        }
        block.bytes |= is_blob(element);
        judge_value(scene, element);
    }

    fn block(&mut self, rows: &Rows, row: RowId, group: u16) -> Option<&mut Block> {
        if self.blocks.get(self.last).is_none_or(|block| block.row != row) {
            let name = rows.text(row);
            let name = name.trim();
            let known = self.blocks.iter().position(|block| block.group == group && block.name == name);
            self.last = match known {
                Some(at) => at,
                None if self.blocks.len() >= MOST_BLOCKS => return None,
                None => {
                    let (safe, name) = (safe_private(name), name.to_owned());
                    let block = Block { creator: row, name, group, safe, unlisted: false, bytes: false, row };
                    self.blocks.push(block);
                    self.blocks.len() - 1
                }
            };
        }
        let block = self.blocks.get_mut(self.last)?;
        block.row = row;
        Some(block)
    }

    /// One finding for each creator whose elements are on no list.
    pub fn report(self, scene: &mut Scene<'_>, rows: &Rows) {
        for block in self.blocks.into_iter().filter(|block| block.unlisted) {
            let declared = scene.declared.has(ProfileOption::SafePrivate);
            let name = if block.bytes && !declared { "private.block_bytes" } else { "private.block" };
            if let (Some(element), Some(rule)) = (Element::at(rows, block.creator), rule::find(name)) {
                let mut finding = element.finding_of(rule);
                finding.ps315 = action();
                scene.report(finding);
            }
        }
    }
}

/// What the table says of all private attributes.
fn action() -> Option<&'static str> {
    standard::confidentiality(crate::dicom::Tag(0x0009, 0x1000)).map(|row| row.basic)
}

fn is_blob(element: Element<'_>) -> bool {
    matches!(element.row.vr, Vr::OB | Vr::OW | Vr::UN) && element.row.length >= BLOB
}

fn judge_orphan(scene: &mut Scene<'_>, element: Element<'_>) {
    let before = scene.count();
    judge_value(scene, element);
    if scene.count() == before
        && element.row.length > 0
        && !element.is_blank()
        && !scene.is_repeated(crate::dicom::Tag(element.row.tag.0, 0), Severity::Low)
    {
        report(scene, element, "private.orphan");
    }
}

fn judge_value(scene: &mut Scene<'_>, element: Element<'_>) {
    if element.row.kind != Kind::Element || element.row.length == 0 {
        return;
    }
    let name = match element.row.vr {
        Vr::PN => "private.person_name",
        Vr::DA | Vr::DT => "private.date",
        Vr::TM => "private.time",
        Vr::AS => "private.age",
        Vr::AE => "private.network",
        Vr::UR => "private.address",
        Vr::UI => return uid::judge(scene, element, None),
        Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS | Vr::UN => {
            return judge_text(scene, element);
        }
        _ => return,
    };
    let class = rule::find(name).map(|rule| rule.class);
    let text = element.rows.text(element.id);
    // Writers of private elements are careless with VRs: what they call a name may be `YES`.
    let says = |value: &str, class| {
        let is_flag = || matches!(value.trim(), "YES" | "NO" | "Y" | "N");
        let is_nobody = element.row.vr == Vr::PN && (is_flag() || is_placeholder(value, Class::StaffName));
        !is_nobody && !is_placeholder(value, class)
    };
    let Some(class) = class.filter(|class| text.split('\\').any(|value| says(value, *class))) else { return };
    if text.split('\\').all(|value| scene.declared.is_pseudonym(class, value)) {
        return report(scene, element, "private.dummy");
    }
    report(scene, element, name);
}

/// Whether a value that should be a number may be one.
fn is_number(element: Element<'_>) -> bool {
    let number = |byte: &u8| byte.is_ascii_digit() || b" \0+-.eE\\".contains(byte);
    !value::is_text(element.row.vr) || element.bytes().iter().all(number)
}

/// Bytes that are read as text, of a value whose VR was lost. Longer ones are told piece by piece.
const SHORT: u32 = 64;

fn judge_text(scene: &mut Scene<'_>, element: Element<'_>) {
    let text = if element.row.vr == Vr::UN {
        if element.row.length > SHORT || !is_printable(&element.decoded()) {
            return;
        }
        element.decoded()
    } else {
        element.rows.text(element.id)
    };
    let Some(rule) = rule::find("private.text") else { return };
    if worded(&text, rule.class, true) == Worded::Free && !is_uid(&text) {
        let mut finding = base(element, rule);
        finding.value = Finding::shortened(&text);
        // A code string is a term of the vendor's, unless somebody bent the rules.
        if element.row.vr == Vr::CS {
            finding.severity = Severity::Low;
        }
        // Where identity was evidently replaced; what other files recognise in it still counts.
        if scene.declared.replaced && finding.severity > Severity::Low && !may_name(&text) {
            finding.severity = Severity::Low;
            finding.why = Cow::Owned(format!("{} Nothing in it looks like a name.", finding.why));
        }
        scene.report(lowered(scene, finding));
    }
}

/// Whether a short value is nothing but text; bytes of another kind make text too, but not mostly of letters.
fn is_printable(text: &str) -> bool {
    let plain = |c: char| !c.is_control() && c != char::REPLACEMENT_CHARACTER;
    let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').count();
    text.chars().all(plain) && (text.is_ascii() || letters * 10 >= text.chars().count() * 8)
}

fn is_uid(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'\\' | b' '))
        && text.bytes().filter(|&byte| byte == b'.').count() >= 4
}

fn report(scene: &mut Scene<'_>, element: Element<'_>, name: &str) {
    if let Some(rule) = rule::find(name) {
        let finding = lowered(scene, base(element, rule));
        scene.report(finding);
    }
}

fn base(element: Element<'_>, rule: &'static rule::Rule) -> Finding {
    let mut finding = element.finding_of(rule);
    finding.ps315 = action();
    finding
}

/// A file that declares to have kept only safe private elements knows more than the list; names stay suspect.
fn lowered(scene: &Scene<'_>, mut finding: Finding) -> Finding {
    if scene.declared.has(ProfileOption::SafePrivate) && finding.severity == Severity::Medium {
        finding.severity = Severity::Low;
        finding.why = Cow::Owned(format!(
            "Kept under the option {}, as the file declares. {}",
            ProfileOption::SafePrivate.name(),
            finding.why
        ));
    }
    finding
}
