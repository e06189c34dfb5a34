use super::{Action, Chord, Context, Key, Keymap};

/// What was pressed and does nothing yet: a count, and the beginning of a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    count: Option<u32>,
    keys: Vec<Chord>,
}

/// What a key press leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Do it, this often; `None` where no count was given.
    Do(Action, Option<u32>),
    /// More keys have to follow.
    Wait,
    /// Nothing is bound to it.
    Nothing,
}

/// A count beyond this is taken as this.
const MOST: u32 = 99_999_999;

impl Pending {
    /// Takes a key press. A digit that begins a sequence is a count; alone, [`Pending::expire`] may find it bound.
    pub fn press(&mut self, chord: Chord, context: Context, keymap: &Keymap) -> Outcome {
        if let Some(digit) = self.digit(chord) {
            self.count = Some(self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(MOST));
            return Outcome::Wait;
        }
        if chord.key == Key::Esc && !self.is_empty() {
            self.clear();
            return Outcome::Wait;
        }
        self.keys.push(chord);
        let Some(node) = keymap.node(context, &self.keys) else {
            self.clear();
            return Outcome::Nothing;
        };
        match keymap.action(node) {
            None => Outcome::Wait,
            Some(action) => {
                let count = self.count;
                self.clear();
                Outcome::Do(action, count)
            }
        }
    }

    /// Time has passed: a single digit that is bound does what it is bound to. A sequence waits on.
    pub fn expire(&mut self, context: Context, keymap: &Keymap) -> Option<Action> {
        if !self.may_expire() {
            return None;
        }
        let digit = self.count.take().and_then(|count| char::from_digit(count, 10))?;
        let node = keymap.node(context, &[Chord::plain(Key::Char(digit))])?;
        keymap.action(node)
    }

    /// Whether it is only a count, that does something or is forgotten after a while.
    pub fn may_expire(&self) -> bool {
        self.count.is_some() && self.keys.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }

    pub fn clear(&mut self) {
        self.count = None;
        self.keys.clear();
    }

    /// What was pressed so far, as it is written.
    pub fn text(&self) -> String {
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        count + &super::chord::written(&self.keys)
    }

    /// What may follow a prefix: the next key, and what it does.
    pub fn hints(&self, context: Context, keymap: &Keymap) -> Vec<(String, &'static str)> {
        let Some(node) = keymap.node(context, &self.keys).filter(|_| !self.keys.is_empty()) else {
            return Vec::new();
        };
        let hint = |(chord, node): (&Chord, _)| {
            let doc = keymap.action(node).map_or("…", |action| action.entry().doc);
            (chord.to_string(), doc)
        };
        node.next.iter().map(hint).collect()
    }

    fn digit(&self, chord: Chord) -> Option<u32> {
        let digit = chord.typed()?.to_digit(10)?;
        (self.keys.is_empty() && (digit > 0 || self.count.is_some())).then_some(digit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::chord::sequence;

    fn press(pending: &mut Pending, keys: &str, keymap: &Keymap) -> Outcome {
        let chords = sequence(keys).unwrap();
        chords.into_iter().map(|chord| pending.press(chord, Context::Tags, keymap)).last().unwrap()
    }

    #[test]
    fn counts_and_sequences() {
        let keymap = Keymap::load(None).unwrap();
        let pending = &mut Pending::default();
        for (keys, outcome) in [
            ("j", Outcome::Do(Action::Down, None)),
            ("12j", Outcome::Do(Action::Down, Some(12))),
            ("1 0 ] p", Outcome::Do(Action::NextFinding, Some(10))),
            ("]", Outcome::Wait),
            ("Esc", Outcome::Wait),
            ("gg", Outcome::Do(Action::First, None)),
            ("] Q", Outcome::Nothing),
            ("99999999999j", Outcome::Do(Action::Down, Some(MOST))),
        ] {
            assert_eq!(press(pending, keys, &keymap), outcome, "{keys}");
        }
        assert!(pending.is_empty());
    }

    #[test]
    fn a_digit_alone_sets_the_floor_in_time() {
        let keymap = Keymap::load(None).unwrap();
        let pending = &mut Pending::default();
        assert_eq!(press(pending, "3", &keymap), Outcome::Wait);
        assert_eq!(pending.expire(Context::Tags, &keymap), Some(Action::FloorMedium));
        assert!(pending.is_empty());
        press(pending, "33", &keymap);
        assert_eq!(pending.expire(Context::Tags, &keymap), None);
        assert!(pending.is_empty());
    }

    #[test]
    fn hints_say_what_may_follow() {
        let keymap = Keymap::load(None).unwrap();
        let pending = &mut Pending::default();
        press(pending, "y", &keymap);
        let keys: Vec<String> =
            pending.hints(Context::Tags, &keymap).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["k", "p", "t", "v"]);
    }
}
