//! Pictures and fine characters, in terminals that say that they show them.

use super::{folder, open, open_at_a_file, terminal::Terminal};

/// The bytes that came after the first occurrence of a mark, which is there.
fn after(terminal: &Terminal, mark: &[u8]) -> Vec<u8> {
    let bytes = terminal.bytes();
    let at = bytes.windows(mark.len()).position(|window| window == mark).unwrap();
    bytes[at + mark.len()..].to_vec()
}

#[test]
fn a_terminal_that_shows_pictures_gets_them_and_has_them_taken_away() {
    let folder = folder();
    let mut terminal = open(&folder, &[]);
    // Asked before the first screen; the answer is late, and among keys.
    assert!(after(&terminal, b"a=q,").starts_with(b"t=d,f=24;AAAA\x1b\\\x1b[>q"));
    let picture = b"\x1b_Ga=T,f=100,";
    terminal.press("]f\x1b_Gi=31;OK\x1b\\\t");
    terminal.see("CRITICAL");
    terminal.until("a picture", |terminal| terminal.sent(picture) == 1);
    // Another panel over it, and back.
    let erased = b"\x1b_Ga=d,d=A,q=2\x1b\\";
    assert_eq!(terminal.sent(erased), 0);
    terminal.press("?");
    terminal.until("none", |terminal| terminal.sent(erased) == 1);
    terminal.press("q");
    terminal.until("the picture again", |terminal| terminal.sent(picture) == 2);
    // Someone walks in.
    terminal.press("b");
    terminal.see("to come back");
    assert_eq!(terminal.sent(erased), 2);
    terminal.press("b");
    terminal.until("the picture again", |terminal| terminal.sent(picture) == 3);
    terminal.quit();
}

#[test]
fn pictures_are_sent_as_the_user_says_and_never_through_tmux() {
    let folder = folder();
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("dcmleak")).unwrap();
    std::fs::write(home.path().join("dcmleak/config.toml"), "images = \"iterm2\"").unwrap();
    let config = [("XDG_CONFIG_HOME", home.path().to_str().unwrap())];
    let mut terminal = open_at_a_file(&folder, &config);
    terminal.until("a picture", |terminal| terminal.sent(b"\x1b]1337;File=inline=1;") == 1);
    assert_eq!(terminal.sent(b"\x1b[>q"), 0);
    terminal.quit();
    let inside = [config[0], ("TMUX", "/tmp/tmux-0/default,1,0")];
    let mut terminal = open_at_a_file(&folder, &inside);
    terminal.until("an image of characters", |terminal| terminal.screen().contains('▄'));
    assert_eq!(terminal.sent(b"\x1b]1337;") + terminal.sent(b"\x1b[>q"), 0);
    terminal.quit();
}

#[test]
fn a_terminal_that_draws_sextants_gets_them() {
    let folder = folder();
    let mut terminal = open_at_a_file(&folder, &[]);
    let sextants =
        |terminal: &Terminal| terminal.screen().contains(|c| ('\u{1fb00}'..='\u{1fb3b}').contains(&c));
    terminal.until("an image of characters", |terminal| terminal.screen().contains('▄'));
    assert!(!sextants(&terminal));
    terminal.press("\x1bP>|VTE(7600)\x1b\\");
    terminal.until("finer characters", sextants);
    terminal.quit();
}
