use super::{Catalog, Top};
use crate::{
    leak::{Finding, Place, Severity},
    library::{
        found::{FileId, Found},
        tree::{Key, NodeId},
    },
    text::mask,
};
use std::{
    ffi::OsStr,
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

    /// Notes which parts of the path give a patient away: those that hold what was found there, or all that are
    /// judged where none holds it as it stands.
    pub(super) fn note_path(&mut self, id: FileId, finding: &Finding, holds: fn(&str, &str) -> bool) {
        if finding.place == Place::Path && finding.severity >= Severity::Medium {
            let value = finding.value.expose();
            if !self.mark_path(id, |part| holds(part, value)) {
                self.mark_path(id, |_| true);
            }
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

/// A path whose last part is masked.
fn masked_last(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(mask(&name))
}
