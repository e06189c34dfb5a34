use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

/// Texts, each held once. The first is the empty one.
#[derive(Debug)]
pub(super) struct Interned {
    arena: String,
    ends: Vec<u32>,
    /// From hash to id; what collides sits at the next free hash.
    ids: HashMap<u64, u32>,
    hash: RandomState,
}

impl Default for Interned {
    fn default() -> Self {
        Self { arena: String::new(), ends: vec![0], ids: HashMap::new(), hash: RandomState::new() }
    }
}

impl Interned {
    /// The id of a text. Past 4 GiB of different texts it is that of the empty one.
    pub fn add(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let mut hash = self.hash.hash_one(text);
        while let Some(&id) = self.ids.get(&hash) {
            if self.get(id) == text {
                return id;
            }
            hash = hash.wrapping_add(1);
        }
        let id = self.ends.len() as u32;
        let Ok(end) = u32::try_from(self.arena.len() + text.len()) else { return 0 };
        self.arena.push_str(text);
        self.ends.push(end);
        self.ids.insert(hash, id);
        id
    }

    pub fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let start = id.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(id).copied().unwrap_or(start);
        self.arena.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_once() {
        let mut texts = Interned::default();
        let ids: Vec<u32> = ["a", "", "bc", "a", "d"].map(|text| texts.add(text)).into();
        assert_eq!(ids, [1, 0, 2, 1, 3]);
        assert_eq!(ids.iter().map(|&id| texts.get(id)).collect::<Vec<_>>(), ["a", "", "bc", "a", "d"]);
        assert_eq!(texts.get(99), "");
    }
}
