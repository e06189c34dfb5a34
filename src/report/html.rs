use super::{
    Options,
    group::Group,
    overview::{Overview, Part},
};
use crate::{leak::Severity, library::Catalog, text::Shown};
use std::{
    fmt::{self, Display},
    io::{self, Write},
};

const STYLE: &str = include_str!("../../assets/report.css");

/// For people: the same as `text`, as one page without scripts that loads nothing from anywhere.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let overview = Overview::of(catalog, options);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>dcmleak report</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<h1>What these files give away</h1>"
    )?;
    summary(&overview, out)?;
    matrix(&overview, out)?;
    if !overview.top.is_empty() {
        writeln!(out, "<h2>Gives most away</h2>")?;
        groups(&overview.top, out)?;
    }
    for part in &overview.parts {
        self::part(part, out)?;
    }
    listed("False claims to be harmless", overview.false_claims.iter().map(|path| (path, "")), out)?;
    let unread = overview.unread.iter().map(|(_, path, error)| (path, error.as_str()));
    listed("Not read, or in part", unread, out)?;
    listed("Why", overview.rules.iter().map(|(rule, why)| (rule, why.as_str())), out)?;
    writeln!(out, "<footer>dcmleak {}</footer>\n</body>\n</html>", env!("CARGO_PKG_VERSION"))
}

fn summary(overview: &Overview, out: &mut dyn Write) -> io::Result<()> {
    let tally = &overview.tally;
    writeln!(out, "<table class=\"summary\">")?;
    let rows = [
        ("files", tally.files),
        ("patients", overview.patients as u32),
        ("studies", overview.studies as u32),
        ("read", tally.whole),
        ("read in part", tally.partial),
        ("not DICOM", tally.not_dicom),
        ("unreadable", tally.unreadable),
        ("false claims to be harmless", tally.false_claims),
        ("findings acknowledged", tally.acknowledged),
        ("lesser findings left out", overview.hidden),
    ];
    for (name, count) in rows {
        writeln!(out, "<tr><th>{name}</th><td>{count}</td></tr>")?;
    }
    writeln!(out, "</table>")
}

fn matrix(overview: &Overview, out: &mut dyn Write) -> io::Result<()> {
    if overview.matrix.is_empty() {
        return writeln!(out, "<p>Nothing was found that gives a patient away.</p>");
    }
    write!(out, "<table class=\"matrix\"><tr><th>findings</th>")?;
    for severity in Severity::ALL.into_iter().rev() {
        write!(out, "<th class=\"{severity}\">{severity}</th>")?;
    }
    writeln!(out, "</tr>")?;
    for (facet, counts) in &overview.matrix {
        write!(out, "<tr><th>{facet}</th>")?;
        for count in counts.iter().rev() {
            write!(out, "<td>{}</td>", if *count == 0 { "·".to_owned() } else { count.to_string() })?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</table>")
}

fn part(part: &Part, out: &mut dyn Write) -> io::Result<()> {
    let (heading, folder) = (Escaped(&part.heading), Escaped(&part.folder));
    writeln!(out, "<h2>{heading}</h2>\n<p>{folder} · {} files</p>", part.files)?;
    groups(&part.groups, out)
}

fn groups(groups: &[Group], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<table class=\"groups\"><tr><th>severity</th><th>where</th><th>value</th><th>files</th><th>rule</th></tr>"
    )?;
    for group in groups {
        let severity = group.severity;
        writeln!(
            out,
            "<tr><td class=\"{severity}\">{severity}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            Escaped(&Shown::new(&group.place())),
            Escaped(&Shown::new(&group.values())),
            group.files,
            Escaped(&group.rule)
        )?;
    }
    writeln!(out, "</table>")
}

fn listed<'a>(
    title: &str,
    lines: impl Iterator<Item = (&'a Shown, &'a str)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<h2>{title}</h2>\n<dl>")?;
    for (name, text) in lines {
        writeln!(out, "<dt>{}</dt><dd>{}</dd>", Escaped(name), Escaped(&Shown::new(text)))?;
    }
    writeln!(out, "</dl>")
}

/// Text in HTML, in an element or an attribute.
struct Escaped<'a>(&'a Shown);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let text = Shown::new("<script>'a' & \"b\"</script>\u{202e}");
        assert_eq!(
            Escaped(&text).to_string(),
            "&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;&lt;/script&gt;⟨202E⟩"
        );
    }
}
