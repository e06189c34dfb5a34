use super::{Means, means_of};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};

/// A root: as the user named it, and as events name it.
#[derive(Debug)]
pub(super) struct Place {
    pub given: PathBuf,
    pub whole: PathBuf,
    /// Whether it has to be watched anew, since it was gone.
    pub lost: bool,
}

impl Place {
    pub fn of(given: &Path) -> Self {
        let whole = std::env::current_dir().map_or_else(|_| given.to_owned(), |here| here.join(given));
        Self { given: given.to_owned(), whole, lost: false }
    }

    /// The path of an event as the user would name it.
    pub fn named(&self, path: &Path) -> Option<PathBuf> {
        let rest = path.strip_prefix(&self.whole).ok()?;
        Some(if rest.as_os_str().is_empty() { self.given.clone() } else { self.given.join(rest) })
    }

    /// Watches a folder with all in it; a file by the folder that it is in, since it may be replaced.
    pub fn watch(&self, watcher: &mut RecommendedWatcher) -> notify::Result<()> {
        let path = &self.whole;
        if path.is_dir() {
            return watcher.watch(path, RecursiveMode::Recursive);
        }
        watcher.watch(path.parent().unwrap_or(path), RecursiveMode::NonRecursive)
    }
}

/// Of several places the surest means.
pub(super) fn best(places: &[Place]) -> (Means, String) {
    let rank = |means: &Means| match means {
        Means::Native => 0,
        Means::Both => 1,
        Means::Poll => 2,
    };
    let all = places.iter().map(|place| means_of(&place.given));
    all.max_by_key(|(means, _)| rank(means)).unwrap_or((Means::Native, String::new()))
}
