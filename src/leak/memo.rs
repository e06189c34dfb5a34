use std::{
    cell::RefCell,
    hash::{BuildHasher, Hash, RandomState},
    thread::LocalKey,
};

/// Places in a table; a power of two.
const PLACES: usize = 1 << 12;
/// Bytes of the longest text that is remembered.
const MOST_BYTES: usize = 256;

/// What a pure function gave for short texts: the files of a series repeat most of their values. Bounded: a text
/// takes the place of another whose hash ends alike.
pub struct Memo<K, T> {
    places: Vec<Option<Known<K, T>>>,
    state: RandomState,
}

struct Known<K, T> {
    key: K,
    text: Box<str>,
    value: T,
}

impl<K, T> Default for Memo<K, T> {
    fn default() -> Self {
        Self { places: Vec::new(), state: RandomState::new() }
    }
}

impl<K: Copy + Eq + Hash, T: Clone> Memo<K, T> {
    /// What `make` gives for `key` and `text`, which must depend on nothing else.
    pub fn recall(memo: &'static LocalKey<RefCell<Self>>, key: K, text: &str, make: impl FnOnce() -> T) -> T {
        if text.len() > MOST_BYTES {
            return make();
        }
        let place = match memo.with_borrow(|memo| memo.look(key, text)) {
            Ok(value) => return value,
            Err(place) => place,
        };
        // Not while it is borrowed: `make` may ask for other texts.
        let value = make();
        memo.with_borrow_mut(|memo| memo.keep(place, key, text, value.clone()));
        value
    }

    /// What is known of a text, or its place.
    fn look(&self, key: K, text: &str) -> Result<T, usize> {
        let place = self.state.hash_one((key, text)) as usize & (PLACES - 1);
        let known = self.places.get(place).and_then(Option::as_ref);
        let same = known.filter(|known| known.key == key && *known.text == *text);
        same.map(|known| known.value.clone()).ok_or(place)
    }

    fn keep(&mut self, place: usize, key: K, text: &str, value: T) {
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        if let Some(known) = self.places.get_mut(place) {
            *known = Some(Known { key, text: text.into(), value });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: RefCell<Memo<u8, usize>> = RefCell::default();
    }

    fn recall(key: u8, text: &str) -> (usize, bool) {
        let mut asked = false;
        let length = Memo::recall(&LENGTHS, key, text, || {
            asked = true;
            text.len() + usize::from(key)
        });
        (length, asked)
    }

    #[test]
    fn asks_once_for_the_same() {
        assert_eq!([recall(1, "a"), recall(2, "a"), recall(1, "a")], [(2, true), (3, true), (2, false)]);
        let long = "x".repeat(MOST_BYTES + 1);
        assert_eq!([recall(0, &long), recall(0, &long)], [(long.len(), true); 2]);
    }

    #[test]
    fn is_bounded_and_true_when_full() {
        for round in 0..2 {
            for text in 0..4 * PLACES {
                let text = text.to_string();
                assert_eq!(recall(round, &text).0, text.len() + usize::from(round));
            }
        }
        assert_eq!(LENGTHS.with_borrow(|memo| memo.places.len()), PLACES);
    }
}
