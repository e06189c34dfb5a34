use std::{borrow::Cow, collections::VecDeque, time::Duration};

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Done,
    Note,
    Warning,
}

/// Something that the program said. Holds no value of a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub at: Duration,
    pub level: Level,
    pub text: Cow<'static, str>,
}

/// What was said so far, the newest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages(VecDeque<Message>);

impl Messages {
    /// Messages that are kept.
    const MOST: usize = 500;
    /// How long the newest stands in the status line.
    pub const STANDS: Duration = Duration::from_secs(5);

    pub fn say(&mut self, at: Duration, level: Level, text: impl Into<Cow<'static, str>>) {
        if self.0.len() == Self::MOST {
            self.0.pop_front();
        }
        self.0.push_back(Message { at, level, text: text.into() });
    }

    /// What stands in the status line.
    pub fn current(&self, now: Duration) -> Option<&Message> {
        self.0.back().filter(|message| now < message.at + Self::STANDS)
    }

    /// When the status line is free again.
    pub fn deadline(&self, now: Duration) -> Option<Duration> {
        self.current(now).map(|message| message.at + Self::STANDS)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
