use super::{
    Options,
    record::{FindingRecord, Record, records},
    safe_json,
};
use crate::library::Catalog;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// SARIF 2.1.0 (OASIS): one run, a result a finding, a notification for each file that could not be read whole.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    // Results name rules by number, and stand after them: the rules are gathered first.
    let mut rules: BTreeMap<&str, &str> = BTreeMap::new();
    for finding in records(catalog, options).flat_map(|record| record.findings) {
        rules.entry(finding.rule).or_insert(finding.why);
    }
    let numbers: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, rule)| (*rule, at)).collect();
    let rules: Vec<Value> =
        rules.iter().map(|(id, why)| json!({"id": id, "shortDescription": {"text": why}})).collect();
    out.write_all(b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":")?;
    let version = env!("CARGO_PKG_VERSION");
    safe_json::line(&json!({"driver": {"name": "dcmleak", "version": version, "rules": rules}}), out)?;
    out.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"invocations\":[")?;
    safe_json::line(&invocation(catalog, options), out)?;
    out.write_all(b"],\"results\":[")?;
    let mut first = true;
    for record in records(catalog, options) {
        for finding in &record.findings {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            safe_json::line(&result(&record, finding, numbers.get(finding.rule).copied()), out)?;
        }
    }
    out.write_all(b"\n]}]}\n")
}

fn invocation(catalog: &Catalog, options: &Options) -> Value {
    let failed = records(catalog, options).filter(|record| matches!(record.status, "error" | "partial"));
    let notifications: Vec<Value> = failed
        .map(|record| {
            let level = if record.status == "error" { "error" } else { "warning" };
            let text = record.error.unwrap_or_default();
            let uri = uri(&record.path);
            json!({
                "level": level,
                "message": {"text": text},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
            })
        })
        .collect();
    json!({"executionSuccessful": true, "toolExecutionNotifications": notifications})
}

fn result(record: &Record, finding: &FindingRecord, rule: Option<usize>) -> Value {
    let level = match finding.severity {
        "critical" | "high" => "error",
        "medium" => "warning",
        _ => "note",
    };
    let place = finding.at.as_deref().unwrap_or(finding.place);
    let what = finding.keyword.map_or_else(|| place.to_owned(), |keyword| format!("{place} {keyword}"));
    let suppressions: Vec<Value> = finding
        .acknowledged
        .iter()
        .map(|reason| json!({"kind": "external", "justification": reason}))
        .collect();
    json!({
        "suppressions": suppressions,
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level,
        "message": {"text": format!("{what}: {} Value: {}", finding.why, finding.value)},
        "locations": [{
            "physicalLocation": {"artifactLocation": {"uri": uri(&record.path)}},
            "logicalLocations": [{"fullyQualifiedName": place, "kind": finding.place}],
        }],
        "partialFingerprints": {"dcmleakFinding/v1": finding.id},
        "properties": {
            "severity": finding.severity,
            "class": finding.class,
            "facet": finding.facet,
            "confidence": finding.confidence,
            "ps315": finding.ps315,
            "hipaa": finding.hipaa,
            "vr": finding.vr,
            "region": finding.region,
        },
    })
}

/// A path as a relative or `file` URI (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(super::uri("/a b/ü.dcm"), "file:///a%20b/%C3%BC.dcm");
        assert_eq!(super::uri("a:b/c?.dcm"), "a%3Ab/c%3F.dcm");
    }
}
