use super::{Catalog, Top};
use crate::{
    leak::{Finding, Place, Severity},
    library::{
        found::{FileId, Found},
        tree::{Key, NodeId},
    },
    text::{mask, token::Tokens},
};
use std::{
    ffi::OsStr,
    ops::Range,
    path::{Component, Path, PathBuf},
};

/// Where files are, and what of that gives patients away.
impl Catalog {
    /// As the user named it: the argument, and the way from there.
    pub fn path(&self, id: FileId) -> PathBuf {
        self.folder_path(id).join(self.name(id))
    }

    /// The file's own name.
    pub fn name(&self, id: FileId) -> &OsStr {
        self.names.get(id)
    }

    /// Whether the file's own name gives a patient away.
    pub fn name_leaks(&self, id: FileId) -> bool {
        self.files.get(id.index()).is_some_and(|file| file.name_leaks)
    }

    /// The part of the path that is judged, its parts joined by `/`: what ids of findings are made from, so that
    /// they are the same wherever the folder is and however it was named.
    pub fn judged(&self, id: FileId) -> String {
        let path = self.path(id);
        let top = self.top(id);
        let unnamed = top.and_then(|top| top.unnamed.as_deref()).into_iter();
        let named = path.components().skip(top.map_or(0, |top| top.unjudged)).map(|part| part.as_os_str());
        unnamed.chain(named).map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
    }

    /// The path for people: parts that give a patient away are masked. Not made safe for a terminal.
    pub fn masked_path(&self, id: FileId) -> String {
        let Some(file) = self.files.get(id.index()) else { return String::new() };
        let name = Path::new(self.name(id));
        let name = if file.name_leaks { masked_last(name) } else { name.to_owned() };
        self.masked_folder_path(file.folder).join(name).to_string_lossy().into_owned()
    }

    /// The same of a folder.
    pub fn masked_folder(&self, node: NodeId) -> String {
        self.masked_folder_path(node).to_string_lossy().into_owned()
    }

    fn masked_folder_path(&self, node: NodeId) -> PathBuf {
        let mut parts: Vec<PathBuf> = self
            .folders
            .chain(node)
            .filter_map(|node| {
                let name = self.folders.folder_name(node)?;
                Some(if self.folders.leaks(node) { masked_last(Path::new(name)) } else { name.into() })
            })
            .collect();
        parts.reverse();
        parts.iter().collect()
    }

    pub(super) fn folder(&mut self, found: &Found) -> NodeId {
        let folder = &found.folder;
        let mut components = folder.path.components();
        let top: PathBuf = components.by_ref().take(folder.top).collect();
        let mut node = NodeId::ROOT;
        if folder.top > 0 {
            node = self.folders.child(node, Key::Folder(top.as_os_str().into()));
        }
        let top = Top { unjudged: folder.unjudged, unnamed: folder.unnamed.clone() };
        self.tops.entry(node).or_insert(top);
        for component in components {
            node = self.folders.child(node, Key::Folder(component.as_os_str().into()));
        }
        node
    }

    pub(super) fn folder_path(&self, id: FileId) -> PathBuf {
        self.folders.path(self.files.get(id.index()).map_or(NodeId::ROOT, |file| file.folder))
    }

    /// Notes which parts of the path give a patient away: those that hold what was found there as words of their own
    /// (`Fuzz_v2`, and not `fuzzing`), or within a word where none does, or all that are judged where it stands
    /// nowhere. `form` writes a part as the finding's value is written.
    pub(super) fn note_path(&mut self, id: FileId, finding: &Finding, form: fn(&str) -> String) {
        if finding.place == Place::Path && finding.severity >= Severity::Medium {
            let value = form(finding.value.expose());
            let _ = self.mark_path(id, |part| runs(part).any(|words| form(words) == value))
                || self.mark_path(id, |part| form(part).contains(&value))
                || self.mark_path(id, |_| true);
        }
    }

    fn mark_path(&mut self, id: FileId, leaks: impl Fn(&str) -> bool) -> bool {
        let name_leaks = leaks(&self.name(id).to_string_lossy());
        let unnamed = self.top(id).and_then(|top| top.unnamed.as_deref());
        let unnamed_leaks = unnamed.is_some_and(|name| leaks(&name.to_string_lossy()));
        let Some(file) = self.files.get_mut(id.index()) else { return false };
        file.name_leaks |= name_leaks;
        let chain: Vec<NodeId> = self.folders.chain(file.folder).collect();
        let mut any = name_leaks || unnamed_leaks;
        for node in chain {
            let last =
                self.folders.folder_name(node).and_then(|name| Path::new(name).components().next_back());
            if let Some(Component::Normal(part)) = last
                && self.is_judged(node)
                && leaks(&part.to_string_lossy())
            {
                self.folders.mark_leaking(node);
                any = true;
            }
        }
        any
    }

    /// Whether the last part of a folder's path is judged.
    fn is_judged(&self, node: NodeId) -> bool {
        match self.tops.get(&node) {
            Some(top) => self.folders.path(node).components().count() > top.unjudged,
            None => true,
        }
    }

    fn top(&self, id: FileId) -> Option<&Top> {
        let folder = self.files.get(id.index()).map_or(NodeId::ROOT, |file| file.folder);
        self.folders.chain(folder).find_map(|node| self.tops.get(&node))
    }
}

/// Words in a part of a path that are put together; one of more is read as one word.
const MOST_WORDS: usize = 64;

/// Every run of words in a part of a path, as it stands.
fn runs(part: &str) -> impl Iterator<Item = &str> {
    let tokens = Some(Tokens::of(part).list).filter(|list| list.len() <= MOST_WORDS).unwrap_or_default();
    let spans: Vec<Range<usize>> = tokens.into_iter().map(|token| token.span).collect();
    let from = |first: usize| (first..spans.len()).map(move |last| (first, last));
    let pairs: Vec<(usize, usize)> = (0..spans.len()).flat_map(from).collect();
    pairs.into_iter().filter_map(move |(first, last)| part.get(spans.get(first)?.start..spans.get(last)?.end))
}

/// A path whose last part is masked.
fn masked_last(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(mask(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        leak::{Class, Finding},
        library::Roots,
        text::Sensitive,
    };

    fn finding(value: &str) -> Finding {
        Finding {
            place: Place::Path,
            at: Default::default(),
            row: None,
            vr: None,
            class: Class::Name,
            facet: Class::Name.facet(),
            severity: Severity::Critical,
            confidence: 90,
            rule: "test".into(),
            why: "".into(),
            ps315: None,
            hipaa: None,
            value: Sensitive::new(value.to_owned()),
            region: None,
        }
    }

    /// The path below the root, after `value` was found in it.
    fn masked(path: &str, value: &str, form: fn(&str) -> String) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, b"").unwrap();
        let mut catalog = Catalog::default();
        catalog.found(&crate::library::list(Roots::new([folder.path().to_owned()])));
        catalog.note_path(FileId(0), &finding(value), form);
        let root = folder.path().parent().unwrap().to_string_lossy().into_owned();
        let masked = catalog.masked_path(FileId(0));
        masked.strip_prefix(&root).unwrap().trim_start_matches('/').split_once('/').unwrap().1.to_owned()
    }

    /// A part is masked for the words that it holds, and not for a longer word that begins like one of them.
    #[test]
    fn parts_are_masked_that_hold_what_was_found() {
        let own = |path, value| masked(path, value, str::to_owned);
        let told = |path, value| masked(path, value, |text| mask(text).to_lowercase());
        let path = "dicom-fuzzing/fuzz_v2/catfuzz/Catfuzz01/isFuzz/a.dcm";
        assert_eq!(own(path, "fuzz"), "dicom-fuzzing/f•••_••/catfuzz/Catfuzz01/isFuzz/a.dcm");
        assert_eq!(told(path, "f•••"), "dicom-fuzzing/f•••_••/catfuzz/Catfuzz01/i•••••/a.dcm");
        assert_eq!(own("smith_john1970/b.dcm", "smith_john"), "s••••_j•••••••/b.dcm");
        // Within a word, where nothing holds it as words.
        assert_eq!(own("mrsmithson/b.dcm", "smith"), "m•••••••••/b.dcm");
        // Nowhere as it stands: then it may be anywhere.
        assert_eq!(own("x1/abc.dcm", "Müller"), "••/a••.d••");
    }
}
