use std::time::Duration;

/// How far the scan is.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    pub found: usize,
    pub read: usize,
    /// Whether all files are found.
    pub crawled: bool,
    pub finished: Option<Duration>,
    /// What was read when, in the last seconds: the rate is that of now, not of the whole.
    marks: std::collections::VecDeque<(Duration, usize)>,
    /// When the turning sign turns.
    turn: Option<Duration>,
    pub turns: usize,
}

impl Progress {
    const WINDOW: Duration = Duration::from_secs(4);
    const TURN: Duration = Duration::from_millis(120);

    pub fn begin(&mut self, now: Duration) {
        self.turn = Some(now + Self::TURN);
    }

    pub fn found(&mut self, count: usize) {
        self.found += count;
    }

    pub fn read(&mut self, count: usize, now: Duration) {
        self.read += count;
        let apart = |&(at, _): &(Duration, usize)| now >= at + Duration::from_millis(100);
        if self.marks.back().is_none_or(apart) {
            self.marks.push_back((now, self.read));
        }
        while self.marks.front().is_some_and(|&(at, _)| at + Self::WINDOW < now) {
            self.marks.pop_front();
        }
    }

    pub fn finish(&mut self, now: Duration) {
        self.finished = Some(now);
        self.turn = None;
    }

    pub fn is_running(&self) -> bool {
        self.turn.is_some()
    }

    /// Files in a second, over the last seconds.
    pub fn rate(&self, now: Duration) -> Option<f64> {
        let &(since, before) = self.marks.front()?;
        let seconds = now.saturating_sub(since).as_secs_f64();
        (seconds >= 0.3).then(|| (self.read - before) as f64 / seconds)
    }

    /// Time that is left, once all files are found.
    pub fn left(&self, now: Duration) -> Option<Duration> {
        let rate = self.rate(now).filter(|rate| *rate >= 1.0 && self.crawled)?;
        Some(Duration::from_secs_f64(self.found.saturating_sub(self.read) as f64 / rate))
    }

    pub fn deadline(&self) -> Option<Duration> {
        self.turn
    }

    pub fn wake(&mut self, now: Duration) {
        if self.turn.is_some_and(|turn| turn <= now) {
            self.turns = self.turns.wrapping_add(1);
            self.turn = Some(now + Self::TURN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_rest_are_of_the_last_seconds() {
        let mut progress = Progress::default();
        let at = Duration::from_secs;
        progress.found(1000);
        progress.crawled = true;
        assert_eq!(progress.left(at(1)), None);
        for second in 0..=10 {
            progress.read(if second < 5 { 1 } else { 50 }, at(second));
        }
        assert!((progress.rate(at(10)).unwrap() - 50.0).abs() < 1.0);
        assert_eq!(progress.left(at(10)).unwrap().as_secs(), (1000 - 305) / 50);
    }
}
