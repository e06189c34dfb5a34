use std::time::Duration;

/// Which values are shown as they are. At the beginning none, and none for longer than somebody looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reveal {
    /// The line under the cursor.
    one: bool,
    /// Everything, until then.
    all: Option<Duration>,
}

impl Reveal {
    /// How long all values stay shown without a key press.
    pub const IDLE: Duration = Duration::from_secs(60);

    /// Shows or masks the value under the cursor.
    pub fn toggle_one(&mut self) {
        self.one = !self.one;
    }

    pub fn toggle_all(&mut self, now: Duration) {
        self.all = if self.all.is_some() { None } else { Some(now + Self::IDLE) };
        self.one = false;
    }

    /// The cursor is elsewhere: what was revealed for its line is masked.
    pub fn moved(&mut self) {
        self.one = false;
    }

    pub fn mask_all(&mut self) {
        *self = Self::default();
    }

    /// Somebody is there.
    pub fn touch(&mut self, now: Duration) {
        if self.all.is_some() {
            self.all = Some(now + Self::IDLE);
        }
    }

    /// Masks what stood shown too long; whether that was so.
    pub fn expire(&mut self, now: Duration) -> bool {
        let over = self.all.is_some_and(|until| until <= now);
        if over {
            self.all = None;
        }
        over
    }

    pub fn deadline(&self) -> Option<Duration> {
        self.all
    }

    /// Whether all values are shown.
    pub fn all(&self) -> bool {
        self.all.is_some()
    }

    /// Whether the value under the cursor is shown.
    pub fn focused(&self) -> bool {
        self.one || self.all()
    }
}
