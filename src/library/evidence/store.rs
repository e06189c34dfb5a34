use crate::leak::cross::{Atom, Digest, Needles, Spot};
use std::{collections::HashMap, sync::Arc};

/// Index of a spot in the [`Store`].
pub type SpotId = u32;
/// Index of an identity's needles in the [`Store`].
pub type NeedlesId = u32;

/// Ids in rising order; most often one.
#[derive(Debug, Default)]
enum Ids {
    #[default]
    None,
    One(u32),
    Many(Vec<u32>),
}

impl Ids {
    /// Adds an id that is none of the smaller ones.
    fn push(&mut self, id: u32) {
        match self {
            Self::None => *self = Self::One(id),
            Self::One(first) if *first != id => *self = Self::Many(vec![*first, id]),
            Self::Many(ids) if ids.last() != Some(&id) => ids.push(id),
            _ => {}
        }
    }

    fn as_slice(&self) -> &[u32] {
        match self {
            Self::None => &[],
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }

    /// Bytes beyond itself.
    fn memory(&self) -> usize {
        if let Self::Many(ids) = self { 16 + ids.capacity() * 4 } else { 0 }
    }
}

/// Every spot and every identity once, and which may have to do with which.
#[derive(Debug, Default)]
pub struct Store {
    spots: Vec<Arc<Spot>>,
    spot_ids: HashMap<Arc<Spot>, SpotId>,
    /// The files that hold each spot.
    holders: Vec<Vec<u32>>,
    /// Spots that no file holds any more.
    forgotten: usize,
    needles: Vec<Arc<Needles>>,
    needles_ids: HashMap<u64, NeedlesId>,
    spots_by_atom: HashMap<Digest, Ids>,
    needles_by_anchor: HashMap<Digest, Ids>,
}

impl Store {
    /// The number of a spot that `file` holds.
    pub fn spot(&mut self, spot: Spot, file: u32) -> SpotId {
        let id = match self.spot_ids.get(&spot) {
            Some(&id) => id,
            None => self.new_spot(spot),
        };
        if let Some(holders) = self.holders.get_mut(id as usize) {
            self.forgotten = self.forgotten.saturating_sub(usize::from(holders.is_empty()));
            holders.push(file);
        }
        id
    }

    fn new_spot(&mut self, spot: Spot) -> SpotId {
        let id = SpotId::try_from(self.spots.len()).unwrap_or(SpotId::MAX);
        let spot = Arc::new(spot);
        for atom in spot.atoms.iter() {
            for digest in atom.digests() {
                self.spots_by_atom.entry(digest).or_default().push(id);
            }
        }
        self.spots.push(Arc::clone(&spot));
        self.forgotten += 1;
        self.holders.push(Vec::new());
        self.spot_ids.insert(spot, id);
        id
    }

    /// `file` holds the spot no more.
    pub fn forget(&mut self, spot: SpotId, file: u32) {
        if let Some(holders) = self.holders.get_mut(spot as usize)
            && let Some(at) = holders.iter().position(|&holder| holder == file)
        {
            holders.swap_remove(at);
            self.forgotten += usize::from(holders.is_empty());
        }
    }

    /// Whether it is time to begin anew with what is still held.
    pub fn is_mostly_forgotten(&self) -> bool {
        self.forgotten > 1024 && self.forgotten > self.spots.len() / 2
    }

    pub fn needles(&mut self, needles: Arc<Needles>) -> NeedlesId {
        if let Some(&id) = self.needles_ids.get(&needles.fingerprint()) {
            return id;
        }
        let id = NeedlesId::try_from(self.needles.len()).unwrap_or(NeedlesId::MAX);
        for &anchor in needles.anchors() {
            self.needles_by_anchor.entry(anchor).or_default().push(id);
        }
        self.needles_ids.insert(needles.fingerprint(), id);
        self.needles.push(needles);
        id
    }

    pub fn get(&self, spot: SpotId) -> Option<&Spot> {
        self.spots.get(spot as usize).map(Arc::as_ref)
    }

    pub fn identity(&self, needles: NeedlesId) -> Option<&Needles> {
        self.needles.get(needles as usize).map(Arc::as_ref)
    }

    pub fn shared(&self, needles: NeedlesId) -> Option<Arc<Needles>> {
        self.needles.get(needles as usize).cloned()
    }

    pub fn files(&self, spot: SpotId) -> &[u32] {
        self.holders.get(spot as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Spots that share a word with the identity: all in which it may be found.
    pub fn spots_near(&self, needles: NeedlesId) -> impl Iterator<Item = SpotId> {
        let anchors = self.identity(needles).map(Needles::anchors).unwrap_or_default();
        anchors.iter().filter_map(|anchor| self.spots_by_atom.get(anchor)).flat_map(Ids::as_slice).copied()
    }

    /// Identities that share a word with the spot: all that may be found in it.
    pub fn needles_near(&self, spot: SpotId) -> impl Iterator<Item = NeedlesId> {
        let atoms = self.get(spot).map(|spot| &*spot.atoms).unwrap_or_default();
        let digests = atoms.iter().flat_map(Atom::digests);
        digests.filter_map(|digest| self.needles_by_anchor.get(&digest)).flat_map(Ids::as_slice).copied()
    }

    /// Bytes of memory, about.
    pub fn memory(&self) -> usize {
        let lists = |map: &HashMap<Digest, Ids>| -> usize {
            map.capacity() * (9 + size_of::<Ids>()) + map.values().map(Ids::memory).sum::<usize>()
        };
        self.spots.iter().map(|spot| spot.memory() + 40).sum::<usize>()
            + self.holders.iter().map(|holders| 24 + holders.capacity() * 4).sum::<usize>()
            + self.needles.iter().map(|needles| needles.memory()).sum::<usize>()
            + lists(&self.spots_by_atom)
            + lists(&self.needles_by_anchor)
    }
}
