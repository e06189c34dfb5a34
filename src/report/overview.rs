use super::{
    Options,
    group::{Group, Groups},
    keys::Keys,
};
use crate::{
    dicom::Status,
    leak::{Facet, Severity},
    library::{Catalog, FileEntry, Label, NodeId, Tally, TreeKind},
    text::{Shown, mask},
};
use std::collections::{BTreeMap, HashMap};

/// What reports for people say, in the order in which they say it: findings grouped, values and paths masked.
#[derive(Debug)]
pub(super) struct Overview {
    pub tally: Tally,
    /// Patients and studies that files name.
    pub patients: usize,
    pub studies: usize,
    /// Findings that are shown, by facet and severity; facets without any are left out.
    pub matrix: Vec<(Facet, [u32; 5])>,
    /// Findings below the floor.
    pub hidden: u32,
    /// What gives most away over all files, worst first.
    pub top: Vec<Group>,
    pub parts: Vec<Part>,
    /// Files whose claim to be harmless is false.
    pub false_claims: Vec<Shown>,
    /// What could not be read, or not to its end, and why.
    pub unread: Vec<(Status, Shown, Shown)>,
    /// Each rule that is met, with its reason.
    pub rules: BTreeMap<Shown, Shown>,
}

/// The findings of one study, or of what belongs to none.
#[derive(Debug)]
pub(super) struct Part {
    pub heading: Shown,
    /// The folder that holds all its files.
    pub folder: Shown,
    pub files: u32,
    pub groups: Vec<Group>,
}

/// Attributes in [`Overview::top`].
const MOST_TOP: usize = 12;

struct Builder<'a> {
    catalog: &'a Catalog,
    floor: Severity,
    matrix: BTreeMap<Facet, [u32; 5]>,
    hidden: u32,
    overall: Groups,
    /// By study node; the others under the root.
    parts: HashMap<NodeId, Building>,
    order: Vec<NodeId>,
    rules: BTreeMap<Shown, Shown>,
}

struct Building {
    patient: Option<u32>,
    study: Option<u32>,
    folder: NodeId,
    files: u32,
    groups: Groups,
}

impl Overview {
    pub fn of(catalog: &Catalog, options: &Options) -> Self {
        let mut builder = Builder {
            catalog,
            floor: options.floor_for_people(),
            matrix: BTreeMap::new(),
            hidden: 0,
            overall: Groups::default(),
            parts: HashMap::new(),
            order: Vec::new(),
            rules: BTreeMap::new(),
        };
        let mut keys = Keys::default();
        let (mut false_claims, mut unread) = (Vec::new(), Vec::new());
        for file in catalog.files().filter_map(|id| catalog.file(id)) {
            let Some(status) = file.status else { continue };
            let path = || Shown::new(&catalog.masked_path(file.id));
            let numbers = keys.next(catalog, &file);
            builder.add(&file, numbers, options);
            if file.claims.contradicted {
                false_claims.push(path());
            }
            if matches!(status, Status::Error | Status::Partial) {
                let error = file.error.map(ToString::to_string).unwrap_or_default();
                unread.push((status, path(), Shown::new(&error)));
            }
        }
        let (patients, studies) = keys.counts();
        let Builder { matrix, hidden, overall, rules, .. } = &mut builder;
        let mut top = std::mem::take(overall).into_sorted();
        top.truncate(MOST_TOP);
        Self {
            tally: catalog.tally(),
            patients,
            studies,
            matrix: std::mem::take(matrix).into_iter().collect(),
            hidden: *hidden,
            top,
            rules: std::mem::take(rules),
            parts: builder.parts(),
            false_claims,
            unread,
        }
    }
}

impl Builder<'_> {
    fn add(&mut self, file: &FileEntry<'_>, (patient, study): (Option<u32>, Option<u32>), options: &Options) {
        let tree = self.catalog.tree(TreeKind::Patients);
        let series = self.catalog.node(TreeKind::Patients, file.id);
        let node = series.and_then(|series| tree.parent(series)).unwrap_or(NodeId::ROOT);
        let folder = self.catalog.node(TreeKind::Folders, file.id).unwrap_or(NodeId::ROOT);
        let order = &mut self.order;
        let part = self.parts.entry(node).or_insert_with(|| {
            order.push(node);
            Building { patient, study, folder, files: 0, groups: Groups::default() }
        });
        part.files += 1;
        part.folder = self.catalog.tree(TreeKind::Folders).common(part.folder, folder);
        for kept in self.catalog.findings(file.id) {
            if kept.acknowledged.is_some() {
                continue;
            }
            if kept.shape.severity < self.floor {
                self.hidden += 1;
                continue;
            }
            let counts = self.matrix.entry(kept.shape.facet).or_default();
            counts[kept.shape.severity as usize] += 1;
            part.groups.add(file.id, &kept, options);
            self.overall.add(file.id, &kept, options);
            let rule = Shown::new(&kept.shape.rule);
            self.rules.entry(rule).or_insert_with(|| Shown::new(&kept.shape.why));
        }
    }

    /// Patients in the order of their first file, their studies likewise; what belongs to none at the end.
    fn parts(mut self) -> Vec<Part> {
        let mut parts: Vec<(NodeId, Building)> =
            self.order.iter().filter_map(|node| Some((*node, self.parts.remove(node)?))).collect();
        parts.sort_by_key(|(node, part)| {
            (*node == NodeId::ROOT, part.patient.unwrap_or(u32::MAX), part.study.unwrap_or(u32::MAX), node.0)
        });
        let shown = parts.into_iter().filter(|(_, part)| !part.groups.is_empty());
        shown.map(|(node, part)| self.part(node, part)).collect()
    }

    fn part(&self, node: NodeId, part: Building) -> Part {
        Part {
            heading: Shown::new(&self.heading(node, &part)),
            folder: Shown::new(&self.catalog.masked_folder(part.folder)),
            files: part.files,
            groups: part.groups.into_sorted(),
        }
    }

    fn heading(&self, node: NodeId, part: &Building) -> String {
        if node == NodeId::ROOT {
            return "not DICOM, or unreadable".to_owned();
        }
        let tree = self.catalog.tree(TreeKind::Patients);
        let mut heading = part.patient.map_or("no patient named".to_owned(), |number| format!("p{number}"));
        if let Some(Label::Patient(label)) = tree.parent(node).map(|patient| tree.label(patient)) {
            let parts = [label.name.expose(), label.id.expose()].map(|part| mask(part.trim()));
            for part in parts.iter().filter(|part| !part.is_empty()) {
                heading += "  ";
                heading += part;
            }
        }
        heading += &part.study.map_or("  no study named".to_owned(), |number| format!("  s{number}"));
        if let Label::Study { date, .. } = tree.label(node)
            && !date.expose().trim().is_empty()
        {
            heading += "  ";
            heading += &mask(date.expose().trim());
        }
        heading
    }
}
