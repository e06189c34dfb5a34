//! Measurement protocols as scanners write them into private text: Siemens' ASCCONV lines and XProtocol, GE's
//! `set NAME "value"`.

use super::gather::{Gather, Lines, is_measure};
use std::collections::HashSet;

/// Reads names and values of a protocol; false if the text is none. Values that repeat, as those of coil
/// elements do, are said once.
pub(super) fn read(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let siemens = text.contains("### ASCCONV BEGIN") || text.contains("<XProtocol>");
    let general = || text.starts_with("set ") || text.contains("\nset ");
    if !siemens && !general() {
        return false;
    }
    let mut lines = Lines::new("a protocol text");
    let mut seen = HashSet::new();
    let mut parameter = "";
    for line in text.split(['\n', '\r']) {
        let Some((name, value)) = assignment(line).filter(|_| parameter.is_empty() || !line.contains('<'))
        else {
            x_protocol(line, &mut parameter, &mut lines, &mut seen);
            continue;
        };
        parameter = "";
        add(name, value, &mut lines, &mut seen);
    }
    lines.say(gather);
    true
}

fn add<'t>(name: &'t str, value: &'t str, lines: &mut Lines, seen: &mut HashSet<(&'t str, &'t str)>) {
    let value = value.trim().trim_matches('"').trim();
    let leaf = name.trim().rsplit(['.', ':']).next().unwrap_or_default();
    let leaf = leaf.split('[').next().unwrap_or_default();
    if !is_measure(value) && seen.insert((leaf, value)) {
        lines.value(leaf, value);
    }
}

/// `name = value`, or `set NAME "value"`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix("set ") {
        return rest.trim_start().split_once(' ');
    }
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let fits = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'[' | b']'));
    fits.then_some((name, value))
}

/// `<ParamString."Name"> { "value" }`, over any number of lines; limits and comments of a parameter are none.
fn x_protocol<'t>(
    line: &'t str,
    parameter: &mut &'t str,
    lines: &mut Lines,
    seen: &mut HashSet<(&'t str, &'t str)>,
) {
    let mut rest = line;
    while let Some(at) = rest.find(['<', '"']) {
        let tail = rest.get(at..).unwrap_or_default();
        if let Some(tag) = tail.strip_prefix('<') {
            let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
            if inside.starts_with("Param") {
                *parameter = inside.split('"').nth(1).unwrap_or_default();
            } else if !parameter.is_empty() && !inside.starts_with("Default") {
                // A property of the parameter, up to the end of the line.
                return;
            }
            rest = after;
        } else {
            let (value, after) = tail.get(1..).and_then(|tail| tail.split_once('"')).unwrap_or_default();
            if !parameter.is_empty() {
                add(parameter, value, lines, seen);
            }
            rest = after;
        }
    }
}
