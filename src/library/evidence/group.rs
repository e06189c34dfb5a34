use super::store::{NeedlesId, SpotId, Store};
use crate::leak::cross::{Match, Scope, matches};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Files that may say something of each other: whose identities are looked for in whose passages.
#[derive(Debug)]
pub struct Group {
    pub scope: Scope,
    /// With the number of files that hold each.
    spots: HashMap<SpotId, u32>,
    needles: BTreeMap<NeedlesId, u32>,
    /// What is found in a spot: of every kind the best that any identity of the group yields. Settled only when
    /// told, since what settles depends on what else is found.
    found: HashMap<SpotId, Vec<Match>>,
}

impl Default for Group {
    fn default() -> Self {
        Self::new(Scope::Folder)
    }
}

impl Group {
    pub fn new(scope: Scope) -> Self {
        Self { scope, spots: HashMap::new(), needles: BTreeMap::new(), found: HashMap::new() }
    }

    /// How much there would be to do to join it to another.
    pub fn weight(&self) -> usize {
        self.spots.len() + self.needles.len()
    }

    /// What is found in a spot and says something of its own, in the order of kinds.
    pub fn told(&self, spot: SpotId) -> Vec<Match> {
        let mut found = self.found.get(&spot).cloned().unwrap_or_default();
        Match::settle(&mut found);
        found
    }

    /// Adds one file's holding of a spot. Returns whether anything is found in it.
    pub fn add_spot(&mut self, spot: SpotId, store: &Store) -> bool {
        let count = self.spots.entry(spot).or_default();
        *count += 1;
        if *count == 1 {
            let near: BTreeSet<NeedlesId> =
                store.needles_near(spot).filter(|needles| self.needles.contains_key(needles)).collect();
            for needles in near {
                self.look(needles, spot, store);
            }
        }
        self.found.contains_key(&spot)
    }

    /// Adds one file's naming of an identity. Adds the spots in which another thing is found now to `touched`.
    pub fn add_needles(&mut self, needles: NeedlesId, store: &Store, touched: &mut BTreeSet<SpotId>) {
        let count = self.needles.entry(needles).or_default();
        *count += 1;
        if *count > 1 {
            return;
        }
        let near: BTreeSet<SpotId> =
            store.spots_near(needles).filter(|spot| self.spots.contains_key(spot)).collect();
        touched.extend(near.into_iter().filter(|&spot| self.look(needles, spot, store)));
    }

    pub fn remove_spot(&mut self, spot: SpotId) {
        let Some(count) = self.spots.get_mut(&spot) else { return };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.spots.remove(&spot);
            self.found.remove(&spot);
        }
    }

    pub fn remove_needles(&mut self, needles: NeedlesId, store: &Store, touched: &mut BTreeSet<SpotId>) {
        let Some(count) = self.needles.get_mut(&needles) else { return };
        *count = count.saturating_sub(1);
        if *count > 0 {
            return;
        }
        self.needles.remove(&needles);
        let near: BTreeSet<SpotId> = store.spots_near(needles).collect();
        for spot in near {
            let Some(before) = self.found.remove(&spot) else { continue };
            let others: BTreeSet<NeedlesId> =
                store.needles_near(spot).filter(|other| self.needles.contains_key(other)).collect();
            for other in others {
                self.look(other, spot, store);
            }
            if self.found.get(&spot) != Some(&before) {
                touched.insert(spot);
            }
        }
    }

    /// Takes over all that another group holds.
    pub fn join(&mut self, other: Self, store: &Store, touched: &mut BTreeSet<SpotId>) {
        for (spot, count) in other.spots {
            if self.add_spot(spot, store) {
                touched.insert(spot);
            }
            self.spots.entry(spot).and_modify(|held| *held += count.saturating_sub(1));
        }
        for (needles, count) in other.needles {
            self.add_needles(needles, store, touched);
            self.needles.entry(needles).and_modify(|held| *held += count.saturating_sub(1));
        }
    }

    /// Looks for an identity in a spot; whether what is found there is another thing now.
    fn look(&mut self, needles: NeedlesId, spot: SpotId, store: &Store) -> bool {
        let (Some(needles), Some(text)) = (store.identity(needles), store.get(spot)) else { return false };
        let new = matches(needles, &text.atoms, text.context(self.scope));
        if new.is_empty() {
            return false;
        }
        let found = self.found.entry(spot).or_default();
        let before = found.clone();
        for new in new {
            match found.iter_mut().find(|old| old.kind == new.kind) {
                Some(old) if new.is_better_than(old) => *old = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
        found.sort_by_key(|found| found.kind);
        *found != before
    }

    /// Bytes of memory, about.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.spots.capacity() * 9
            + self.needles.len() * 16
            + self.found.values().map(|found| 40 + found.capacity() * size_of::<Match>()).sum::<usize>()
    }
}
