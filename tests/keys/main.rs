//! Key scripts: a state, keys, a state. Every action of the table is in one.

mod copies;
mod marks;
mod rectangles;
mod review;
#[path = "../common/screen.rs"]
mod screen;
mod scripts;
mod views;

use dcmleak::tui::keys::action::TABLE;
use screen::Session;

type Check = fn(&Session) -> bool;

/// The action that the script is about; the keys that lead to it; its keys; what is so afterwards and was not before.
type Script = (&'static str, &'static str, &'static str, Check);

const SCRIPTS: [&[Script]; 5] =
    [scripts::SCRIPTS, review::SCRIPTS, marks::SCRIPTS, copies::SCRIPTS, rectangles::SCRIPTS];

#[test]
fn every_action_does_what_it_says() {
    play(&SCRIPTS.concat(), || Session::open(screen::few(), (100, 30)));
}

#[test]
fn every_action_on_text_in_images_does_what_it_says() {
    play(scripts::ON_TEXT, || Session::looking(screen::ultrasound(), (100, 30)));
}

fn play(scripts: &[Script], open: fn() -> Session) {
    let run = |(name, before, keys, check): &Script| {
        let mut session = open();
        session.keys(before);
        session.done.clear();
        if check(&session) {
            return Some(format!("{name} is so before its keys"));
        }
        session.keys(keys);
        (!check(&session)).then(|| format!("{name}: {before} | {keys}\n{}", session.screen()))
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let parts = scripts.chunks(scripts.len().div_ceil(4));
        let threads: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().filter_map(run).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_action_has_a_script() {
    let missing: Vec<&str> = TABLE
        .iter()
        .map(|entry| entry.name)
        .filter(|name| SCRIPTS.concat().iter().chain(scripts::ON_TEXT).all(|(known, ..)| known != name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
