use super::{
    Options,
    record::{Numbered, RegionRecord, finding, head, told, value},
    safe_json,
};
use crate::library::{Catalog, Kept, Shape};
use std::{
    collections::HashMap,
    io::{self, Write},
};

/// Shapes whose text is kept.
const MOST: usize = 1 << 14;
/// What stands around a shape's text where all else is empty.
const BEFORE: &[u8] = br#"{"id":"""#;
const AFTER: &[u8] = br#","value":"","region":null}"#;

/// Files' [`super::record::Record`]s as lines of JSON. Findings of one shape differ in id, value and region alone; the
/// rest of their text, which is most of it, is made once.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    catalog: &'a Catalog,
    options: &'a Options,
    /// By where the shape is, in the catalog that cannot change meanwhile.
    shapes: HashMap<usize, Box<[u8]>>,
}

impl<'a> Lines<'a> {
    pub fn new(catalog: &'a Catalog, options: &'a Options) -> Self {
        Self { catalog, options, shapes: HashMap::new() }
    }

    /// Adds a file's line, without its end; whether the file was read, and has one.
    pub fn add(&mut self, file: Numbered, out: &mut Vec<u8>) -> io::Result<bool> {
        let told = told(self.catalog, file.0, self.options);
        let Some(head) = head(self.catalog, file, &told) else { return Ok(false) };
        safe_json::line(&head, out)?;
        // Into the empty list of findings.
        out.truncate(out.len().saturating_sub(b"]}".len()));
        for (at, (id, kept)) in told.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(out, "{comma}{{\"id\":\"{id}\"")?;
            out.extend_from_slice(self.shape(kept)?);
            out.extend_from_slice(b",\"value\":");
            safe_json::line(&value(kept, self.options), out)?;
            out.extend_from_slice(b",\"region\":");
            safe_json::line(&kept.region.map(RegionRecord::from), out)?;
            if let Some(reason) = kept.acknowledged {
                out.extend_from_slice(b",\"acknowledged\":");
                safe_json::line(&reason, out)?;
            }
            out.push(b'}');
        }
        out.extend_from_slice(b"]}");
        Ok(true)
    }

    /// The text of a finding between id and value.
    fn shape(&mut self, kept: &Kept<'a>) -> io::Result<&[u8]> {
        let place = std::ptr::from_ref::<Shape>(kept.shape).addr();
        if !self.shapes.contains_key(&place) {
            if self.shapes.len() >= MOST {
                self.shapes.clear();
            }
            let mut bare = *kept;
            (bare.region, bare.acknowledged) = (None, None);
            let mut text = Vec::new();
            safe_json::line(&finding(String::new(), &bare, String::new()), &mut text)?;
            let text = text.strip_prefix(BEFORE).and_then(|text| text.strip_suffix(AFTER));
            let text = text.ok_or_else(|| io::Error::other("a finding's parts are in another order"))?;
            self.shapes.insert(place, text.into());
        }
        Ok(self.shapes.get(&place).map(|text| &**text).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        leak::Inspector,
        library::{Acknowledged, Event, Roots, Scan, ScanOptions, Values},
        report::record::{numbered, record},
    };
    use std::sync::Arc;

    fn catalog(folder: &std::path::Path, values: Values) -> Catalog {
        let scan = Scan::start(
            Roots::new([folder.to_owned()]),
            Arc::new(Inspector::new()),
            &ScanOptions { pixels: crate::leak::PixelMode::Auto, ..ScanOptions::default() },
        );
        let mut catalog = Catalog::new(values);
        for event in &scan.events {
            match event {
                Event::Found(files) => catalog.found(&files),
                Event::Reports(reports) => {
                    reports.into_iter().for_each(|(id, report)| catalog.add(id, report))
                }
                Event::Crawled => {}
                Event::Finished => break,
            }
        }
        catalog.settle();
        catalog
    }

    #[test]
    fn lines_are_the_records() {
        let folder = tempfile::tempdir().unwrap();
        crate::demo::write(&folder.path().join("demo")).unwrap();
        for values in [Values::Masked, Values::Whole] {
            let mut catalog = catalog(folder.path(), values);
            let mut acknowledged = Acknowledged::default();
            let first = catalog.files().flat_map(|id| catalog.identified(id)).map(|(id, _)| id).nth(3);
            acknowledged.insert(first.unwrap(), "so \"be\" it\u{202e}");
            catalog.acknowledge(acknowledged);
            let options = Options { show_values: values == Values::Whole, ..Options::default() };
            let mut lines = Lines::new(&catalog, &options);
            let (mut regions, mut stands) = (0, 0);
            for file in numbered(&catalog) {
                let (mut quick, mut plain) = (Vec::new(), Vec::new());
                assert!(lines.add(file, &mut quick).unwrap());
                let record = record(&catalog, file, &options).unwrap();
                regions += record.findings.iter().filter(|finding| finding.region.is_some()).count();
                stands += record.findings.iter().filter(|finding| finding.acknowledged.is_some()).count();
                safe_json::line(&record, &mut plain).unwrap();
                assert_eq!(String::from_utf8(quick).unwrap(), String::from_utf8(plain).unwrap());
            }
            assert!(regions > 0 && stands == 1, "{regions} {stands}");
        }
    }
}
