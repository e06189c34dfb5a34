//! XML and HTML.

mod words;

use super::super::gather::{Gather, Lines, is_measure};
use super::super::written;
use super::entity::unescaped;
use words::{
    BREAKS, CODES, HOLDERS, LABELS, LAYOUT, NAMES, Part, TECHNICAL, VALUES, is_one, is_subject, part,
};

/// Open elements that are remembered; deeper ones are read without their names.
const MOST_OPEN: usize = 64;
/// Bytes of the longest label.
const LONGEST_LABEL: usize = 64;
/// Characters of a value from which on it is looked into for what it encodes.
const LONG: usize = 24;

/// Reads XML and HTML: each element's text and attributes, with its name. False if it is no markup.
pub(in super::super) fn xml(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let Some(second) = text.as_bytes().get(1) else { return false };
    if !(second.is_ascii_alphabetic() || matches!(second, b'?' | b'!' | b'_')) || !text.contains('>') {
        return false;
    }
    let (running, announced) = Default::default();
    let mut reader = Reader { open: Vec::new(), running, announced, lines: Lines::new("XML") };
    let mut rest = text;
    while !rest.is_empty() && !gather.is_full() {
        rest = reader.step(rest, gather);
    }
    reader.flush();
    reader.lines.say(gather);
    true
}

struct Reader {
    open: Vec<Open>,
    /// Text of layout elements since the last break.
    running: String,
    /// What a label says of the value that follows: `<label>MRN</label><value>…`.
    announced: String,
    lines: Lines,
}

struct Open {
    name: String,
    /// What an attribute says that the element is.
    label: String,
    /// Whether its name is worth to stand before those of what it holds.
    is_subject: bool,
    /// Parts of a person's name among its children.
    given: String,
    family: String,
}

impl Reader {
    /// Reads one piece of markup or text, and returns what follows it.
    fn step<'t>(&mut self, rest: &'t str, gather: &mut Gather<'_, '_>) -> &'t str {
        if let Some(body) = rest.strip_prefix("<!--") {
            let (comment, after) = until(body, "-->");
            self.lines.value("comment", comment);
            return after;
        }
        if let Some(body) = rest.strip_prefix("<![CDATA[") {
            let (data, after) = until(body, "]]>");
            self.text(data, gather);
            return after;
        }
        if let Some(body) = rest.strip_prefix("<!") {
            return until(body, ">").1;
        }
        if let Some(body) = rest.strip_prefix("<?") {
            return until(body, "?>").1;
        }
        if let Some(body) = rest.strip_prefix("</") {
            self.close();
            return until(body, ">").1;
        }
        if let Some(body) = rest.strip_prefix('<')
            && body.starts_with(|c: char| c.is_alphabetic() || c == '_')
        {
            return self.tag(body, gather);
        }
        let end = rest.get(1..).and_then(|tail| tail.find('<')).map_or(rest.len(), |at| at + 1);
        let end = (end..=rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        self.text(&unescaped(text), gather);
        after
    }

    fn tag<'t>(&mut self, body: &'t str, gather: &mut Gather<'_, '_>) -> &'t str {
        let name_end = body.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(body.len());
        let (name, mut rest) = body.split_at(name_end);
        let name = local(name);
        if is_one(&BREAKS, name) {
            self.flush();
        } else if matches!(name, "td" | "th") {
            self.running.push(' ');
        }
        let mut label = String::new();
        let mut said = Vec::new();
        let mut closed = false;
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            if let Some(after) = rest.strip_prefix('/') {
                (rest, closed) = (after, true);
                continue;
            }
            let Some((attribute, value, after)) = attribute(rest) else { break };
            closed = false;
            rest = after;
            let attribute = local(attribute);
            if is_one(&NAMES, attribute) && value.len() <= 64 && label.is_empty() {
                label = keyword(&unescaped(value));
            } else if !is_one(&TECHNICAL, attribute) && !attribute.starts_with("xmlns") {
                said.push((attribute, unescaped(value)));
            }
        }
        let whose = self.whose();
        // `<telecom><value value="…"/></telecom>`
        let holder = self.open.last().map(|open| open.name.as_str()).filter(|_| is_one(&VALUES, name));
        let own = if label.is_empty() { holder.unwrap_or(name).to_owned() } else { label.clone() };
        for (attribute, value) in said {
            if is_one(&CODES, name) && attribute == "displayName" {
                self.announce(&value);
            }
            let attribute = if is_one(&VALUES, attribute) { "" } else { attribute };
            self.value(&[&whose, &own, attribute], &value, gather);
        }
        if !label.is_empty() && closed {
            // A name without a value is a value itself: `<patient name="…"/>`.
            self.value(&[&whose, name, "name"], &label, gather);
        }
        if !closed
            && !matches!(name, "br" | "meta" | "img" | "hr" | "input" | "link")
            && self.open.len() < MOST_OPEN
        {
            let (given, family) = Default::default();
            let is_subject = is_subject(name);
            self.open.push(Open { name: name.to_owned(), label, is_subject, given, family });
        }
        rest
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if is_one(&BREAKS, &open.name) {
            self.flush();
        }
        if !open.family.is_empty() || !open.given.is_empty() {
            let whose = self.whose();
            let whole = format!("{} {}", open.given, open.family);
            let part = if open.name.eq_ignore_ascii_case("name") { "" } else { &open.name };
            self.lines.value(&[whose.as_str(), part, "name"].join(" "), &whole);
        }
    }

    fn text(&mut self, text: &str, gather: &mut Gather<'_, '_>) {
        let text = text.trim_matches(['\n', '\r', '\t']);
        if text.trim().is_empty() {
            return;
        }
        let Some(open) = self.open.last() else {
            self.lines.line(text);
            return;
        };
        if is_one(&HOLDERS, &open.name) && !self.announced.is_empty() {
            let label = std::mem::take(&mut self.announced);
            self.value(&[&label], text, gather);
        } else if is_one(&LABELS, &open.name) {
            self.announce(text);
        }
        let Some(open) = self.open.last() else { return };
        if open.label.is_empty() && is_one(&LAYOUT, &open.name) {
            if text.len() >= LONG && !text.trim().contains(' ') {
                written::encoded(text, gather);
            }
            if self.running.len() < 1 << 16 {
                self.running.push_str(text);
            }
            return;
        }
        let name = if open.label.is_empty() { open.name.clone() } else { open.label.clone() };
        let whose = self.whose_of_last();
        let own = if !whose.is_empty() && is_one(&VALUES, &name) { "" } else { &name };
        self.value(&[&whose, own], text, gather);
        if let Some(part) = part(&name)
            && let [.., parent, _] = self.open.as_mut_slice()
        {
            let slot = if part == Part::Given { &mut parent.given } else { &mut parent.family };
            if slot.len() + text.len() < 128 {
                if !slot.is_empty() {
                    slot.push(' ');
                }
                slot.push_str(text.trim());
            }
        }
    }

    fn announce(&mut self, label: &str) {
        self.announced.clear();
        if label.len() <= LONGEST_LABEL {
            self.announced.push_str(label.trim());
        }
    }

    fn value(&mut self, names: &[&str], value: &str, gather: &mut Gather<'_, '_>) {
        if is_measure(value) {
            return;
        }
        let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
        self.lines.value(&names.join(" "), value);
        if value.len() >= LONG {
            written::encoded(value, gather);
            if value.trim_start().starts_with(['<', '{', '[']) {
                gather.deeper(value.len(), |gather| {
                    written::structured(value, gather);
                });
            }
        }
    }

    /// What the open element is about, for the names of its attributes' values.
    fn whose(&self) -> String {
        self.open.iter().rev().take(4).find_map(Open::subject).unwrap_or_default().to_owned()
    }

    fn whose_of_last(&self) -> String {
        self.open.iter().rev().skip(1).take(4).find_map(Open::subject).unwrap_or_default().to_owned()
    }

    fn flush(&mut self) {
        let running = std::mem::take(&mut self.running);
        self.lines.line(&running);
    }
}

impl Open {
    fn subject(&self) -> Option<&str> {
        if self.label.is_empty() { self.is_subject.then_some(&self.name) } else { Some(&self.label) }
    }
}

/// The text up to `end`, and what follows it; all of it where `end` does not come.
fn until<'t>(text: &'t str, end: &str) -> (&'t str, &'t str) {
    text.split_once(end).unwrap_or((text, ""))
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A tag written as eight hexadecimal digits becomes its keyword.
pub(super) fn keyword(name: &str) -> String {
    let digits: String = name.chars().filter(|c| !matches!(c, '(' | ')' | ',')).collect();
    let tag = (digits.len() == 8).then(|| u32::from_str_radix(&digits, 16).ok()).flatten();
    let tag = tag.map(|tag| crate::dicom::Tag((tag >> 16) as u16, tag as u16));
    tag.and_then(crate::dicom::dictionary::keyword).map_or_else(|| name.to_owned(), str::to_owned)
}

/// The attribute at the beginning: its name, its value, and what follows.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'))?;
    if end == 0 {
        // Something that is no attribute; go on after it.
        let width = text.chars().next()?.len_utf8();
        return (!text.starts_with('<')).then(|| ("", "", text.get(width..).unwrap_or_default()));
    }
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let Some(rest) = rest.strip_prefix('=') else { return Some((name, "", rest)) };
    let rest = rest.trim_start();
    let quote = rest.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let (value, after) = until(rest.get(1..)?, if quote == '"' { "\"" } else { "'" });
        return Some((name, value, after));
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
    let (value, after) = rest.split_at(end);
    Some((name, value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = Vec::new();
        assert!(xml(text, &mut Gather::new(&mut out)), "{text}");
        out.into_iter().map(|passage| passage.text.into_owned() + "\n").collect()
    }

    #[test]
    fn names_announce_values() {
        for (text, line) in [
            ("<PatientName>Example^Erika</PatientName>", "Patient Name: Example^Erika\n"),
            ("<birthTime value=\"19910823\"/>", "birth Time: 19910823\n"),
            ("<patient id=\"EX-0012345\"><x/></patient>", "patient id: EX-0012345\n"),
            (
                "<Patient><telecom><system value='phone'/><value value='020 7946 0321'/></telecom></Patient>",
                "Patient telecom: 020 7946 0321\n",
            ),
            ("<telecom value='tel:+442079460321'/>", "telecom: tel:+442079460321\n"),
            (
                "<p:pat xmlns:p='urn:x'><p:family>Example</p:family><p:given>Erika</p:given></p:pat>",
                "pat name: Erika Example\n",
            ),
            (
                "<patient><name><given>Tina</given><family>Test</family></name></patient>",
                "patient name: Tina Test\n",
            ),
            (
                "<DicomAttribute tag=\"00100010\" vr=\"PN\"><Value>Example^Erika</Value></DicomAttribute>",
                "Patient Name: Example^Erika\n",
            ),
            ("<attr tag='0010,0020'>EX-0012345</attr>", "Patient ID: EX-0012345\n"),
            ("<param name=\"PatientName\" value=\"Erika Example\"/>", "Patient Name: Erika Example\n"),
            ("<html><body><table><tr><td>Name:</td><td>M&uuml;ller</td></tr></table>", "Name: Müller\n"),
            ("<f><label>MRN</label><value>4711882</value></f>", "MRN: 4711882\n"),
            ("<dl><dt>Phone</dt><dd>020 7946 0321</dd></dl>", "Phone: 020 7946 0321\n"),
            ("<o><code displayName=\"Patient ID\"/><value>EX-12345</value></o>", "Patient ID: EX-12345\n"),
            ("<a><![CDATA[Erika <Example>]]></a>", "Erika <Example>\n"),
            ("<r><!-- for Erika Example --></r>", "comment: for Erika Example\n"),
            ("<r><name>Erika Exam", "name: Erika Exam\n"),
        ] {
            assert!(lines(text).contains(line), "{text}: {}", lines(text));
        }
    }

    #[test]
    fn measures_are_left_out() {
        assert_eq!(lines("<r><SliceThickness>4.0</SliceThickness><n>ab</n></r>"), "n: ab\n");
    }

    #[test]
    fn hostile_markup_ends() {
        for text in [
            "<a ".repeat(100_000),
            "<a>".repeat(100_000),
            "<a b=\"".repeat(50_000),
            "<a></".repeat(50_000),
            "<a&&&&".repeat(50_000),
            "<a =".repeat(1000),
        ] {
            let mut out = Vec::new();
            xml(&text, &mut Gather::new(&mut out));
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;&c;</a>";
        assert!(lines(&format!("{bomb} <n>ab</n>")).len() < 200);
    }
}
