use super::{Entry, Filter, Model, Order};
use crate::{
    leak::Severity,
    library::{FileId, FileKey, NodeId, TreeKind},
};
use serde::Deserialize;
use std::fmt::Write;

/// Where somebody was in a folder: what is kept when the program ends, and gone back to the next time. A file is named
/// by its key, and of a filter only words that are no value are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Session {
    /// By patient, and not by folder.
    patients: bool,
    order: String,
    reverse: bool,
    floor: String,
    filter: String,
    /// The file under the cursor, or the first one of the node there.
    at: String,
    /// How many levels above the file the cursor is.
    up: usize,
}

/// The place that is gone to once it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    key: FileKey,
    up: usize,
    file: Option<FileId>,
}

const ORDERS: [Order; 4] = [Order::Severity, Order::Name, Order::Findings, Order::Date];

fn name(order: Order) -> &'static str {
    match order {
        Order::Severity => "severity",
        Order::Name => "name",
        Order::Findings => "findings",
        Order::Date => "date",
    }
}

impl Session {
    pub fn of(model: &Model) -> Self {
        let library = &model.library;
        let (at, up) = match (library.file(), library.node()) {
            (Some(file), _) => (Some(file), 0),
            (None, Some(node)) => {
                let tree = library.catalog.tree(library.kind);
                let file = tree.files_under(node).next();
                let below = file.and_then(|file| library.catalog.node(library.kind, file));
                let way = std::iter::successors(below, |&below| tree.parent(below).filter(|_| below != node));
                (file, way.take_while(|&below| below != node).count() + 1)
            }
            (None, None) => (None, 0),
        };
        Self {
            patients: library.kind == TreeKind::Patients,
            order: name(library.order).to_owned(),
            reverse: library.reverse,
            floor: model.floor.name().to_owned(),
            filter: library.filtered.filter.without_values(),
            at: at.map(|file| library.catalog.key(file).to_string()).unwrap_or_default(),
            up,
        }
    }

    /// As a file of TOML.
    pub fn text(&self) -> String {
        let Self { patients, order, reverse, floor, filter, at, up } = self;
        let mut text = String::new();
        // Writing to a string does not fail. The words hold neither quotes nor backslashes.
        let filter: String = filter.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect();
        let _ = write!(
            text,
            "patients = {patients}\norder = \"{order}\"\nreverse = {reverse}\nfloor = \"{floor}\"\nfilter = \"{filter}\"\nat = \"{at}\"\nup = {up}\n"
        );
        text
    }

    /// What it understands of a file; nothing that is kept may keep the program from starting.
    pub fn parse(text: &str) -> Self {
        toml::from_str(text).unwrap_or_default()
    }

    /// Sets the model up before any file is found.
    pub fn begin(&self, model: &mut Model) {
        let order = ORDERS.into_iter().find(|order| name(*order) == self.order).unwrap_or_default();
        if self.patients {
            model.library.switch();
        }
        model.library.reorder(order, self.reverse);
        model.floor = self.floor.parse().unwrap_or(Severity::Info);
        model.library.filter(Filter::parse(&self.filter));
        model.resume = self.at.parse().ok().map(|key| Place { key, up: self.up.min(64), file: None });
    }
}

impl Place {
    /// Goes there if it is found; whether there is nothing to wait for any more. `from` is the first of the files that
    /// were found last.
    pub fn go(&mut self, model: &mut Model, from: usize) -> bool {
        if model.touched {
            return true;
        }
        let library = &mut model.library;
        if self.file.is_none() {
            let mut found = (from..library.catalog.len()).map(|at| FileId(at as u32));
            self.file = found.find(|&id| library.catalog.key(id) == self.key);
        }
        let holder = self.file.and_then(|file| library.catalog.node(library.kind, file));
        let Some((file, holder)) = self.file.zip(holder) else { return false };
        let tree = library.catalog.tree(library.kind);
        let mut way =
            std::iter::successors(Some(holder), |&node| tree.parent(node).filter(|&up| up != NodeId::ROOT));
        let node = self.up.checked_sub(1).and_then(|up| way.nth(up));
        let entry = node.map_or(Entry::File(file), Entry::Node);
        if library.entry() != Some(entry) {
            library.go_to(entry);
        }
        // As long as it is not read, a filter may hide it.
        library.entry() == Some(entry)
    }
}
