//! Which of many expressions match a text, in one pass over it.

use regex_automata::{
    Input, MatchKind, PatternSet,
    hybrid::dfa,
    nfa::thompson::{self, WhichCaptures, pikevm},
    util::pool::Pool,
};

/// Bytes that the compiled expressions may take.
const MOST_MEMORY: usize = 64 << 20;
/// Bytes of states that a thread keeps of them; a text needs few.
const MOST_STATES: usize = 32 << 20;

/// Expressions without groups, forwards only: `regex::RegexSet` compiles them backwards as well, which nobody asks for,
/// and takes twice the time and memory.
pub(super) struct Sieve {
    /// `None` where an expression is none, or all are too large; then nothing matches.
    machine: Option<Machine>,
}

struct Machine {
    dfa: dfa::DFA,
    vm: pikevm::PikeVM,
    caches: Caches,
}

/// What a thread works with: states, and threads of the other machine once it was needed.
type Caches = Pool<
    (dfa::Cache, Option<pikevm::Cache>),
    Box<dyn Fn() -> (dfa::Cache, Option<pikevm::Cache>) + Send + Sync>,
>;

impl Sieve {
    pub fn new(expressions: &[String]) -> Self {
        let machine = || {
            let limits =
                thompson::Config::new().nfa_size_limit(Some(MOST_MEMORY)).which_captures(WhichCaptures::None);
            let nfa = thompson::Compiler::new().configure(limits).build_many(expressions).ok()?;
            let config = dfa::Config::new()
                .match_kind(MatchKind::All)
                .unicode_word_boundary(true)
                .cache_capacity(MOST_STATES)
                .skip_cache_capacity_check(true);
            let dfa = dfa::Builder::new().configure(config).build_from_nfa(nfa.clone()).ok()?;
            let config = pikevm::Config::new().match_kind(MatchKind::All);
            let vm = pikevm::Builder::new().configure(config).build_from_nfa(nfa).ok()?;
            let source = dfa.clone();
            let caches: Caches = Pool::new(Box::new(move || (source.create_cache(), None)));
            Some(Machine { dfa, vm, caches })
        };
        Self { machine: machine() }
    }

    /// The expressions that match somewhere in `text`, by their number. Takes time linear in the text's length.
    pub fn matches(&self, text: &str) -> PatternSet {
        let Some(Machine { dfa, vm, caches }) = &self.machine else { return PatternSet::new(0) };
        let (mut found, input) = (PatternSet::new(vm.get_nfa().pattern_len()), Input::new(text));
        let mut caches = caches.get();
        let (states, threads) = &mut *caches;
        // It does not know the ends of words that are not ASCII's.
        if dfa.try_which_overlapping_matches(states, &input, &mut found).is_err() {
            found.clear();
            let threads = threads.get_or_insert_with(|| vm.create_cache());
            vm.which_overlapping_matches(threads, &input, &mut found);
        }
        found
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.machine.as_ref().map_or(0, |machine| machine.vm.get_nfa().pattern_len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expression_that_matches_is_told() {
        let sieve = Sieve::new(&["a+b".to_owned(), r"\bgeb\b".to_owned(), "^x".to_owned()]);
        for (text, expected) in [("xaab", &[0, 2][..]), ("x geb", &[1, 2]), ("né geb ab", &[0, 1]), ("", &[])]
        {
            let found: Vec<usize> = sieve.matches(text).iter().map(|found| found.as_usize()).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert!(Sieve::new(&["(".to_owned()]).matches("(").is_empty());
    }
}
