//! The program in a terminal of its own, from its first byte to its last.
#![cfg(unix)]

mod pictures;
#[path = "../common/terminal.rs"]
mod terminal;

use std::{
    path::Path,
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};
use terminal::{PATIENCE, Terminal};

/// A folder with three small files of one patient and one that is not DICOM.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let wanted = ["CT001", "CT002", "SR/report", "README"];
    static DEMO: OnceLock<dcmleak::demo::Folder> = OnceLock::new();
    for file in &DEMO.get_or_init(|| dcmleak::demo::compose().unwrap()).files {
        if wanted.iter().any(|part| file.path.contains(part)) {
            let path = folder.path().join("share").join(Path::new(&file.path).file_name().unwrap());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
    }
    folder
}

fn open(folder: &tempfile::TempDir, vars: &[(&str, &str)]) -> Terminal {
    let path = folder.path().join("share");
    let terminal = Terminal::start(&[path.to_str().unwrap()], vars);
    terminal.see("4 files read");
    terminal
}

/// The same, on the tags of the first file that leaks.
fn open_at_a_file(folder: &tempfile::TempDir, vars: &[(&str, &str)]) -> Terminal {
    let mut terminal = open(folder, vars);
    terminal.press("]f\t");
    terminal.see("CRITICAL");
    terminal
}

#[test]
fn starts_resizes_and_leaves_the_terminal_as_it_was() {
    let folder = folder();
    let mut terminal = open(&folder, &[]);
    assert!(terminal.is_alternate());
    terminal.press("]f");
    terminal.see("CRITICAL");
    terminal.resize(40, 120);
    terminal.until("the frame in the corner", |terminal| terminal.cell(38, 119) == "╯");
    terminal.quit();
    assert!(!terminal.is_alternate());
    assert!(terminal.is_plain());
}

#[test]
fn a_signal_puts_the_terminal_back() {
    let folder = folder();
    for (signal, status) in [("-TERM", 143), ("-HUP", 129)] {
        let mut terminal = open(&folder, &[]);
        terminal.signal(signal);
        assert_eq!(terminal.end(), status);
        assert!(!terminal.is_alternate());
    }
}

#[test]
fn stops_and_goes_on() {
    let folder = folder();
    let path = folder.path().join("share");
    let line = format!("{} {}; echo ended", env!("CARGO_BIN_EXE_dcmleak"), path.display());
    // A shell with job control, as people have.
    let mut terminal = Terminal::run(
        "bash",
        &["--norc", "--noprofile", "-im", "-c", &format!("{line} & fg; fg; read -r x")],
        &[],
    );
    terminal.see("4 files read");
    terminal.press("\x1a");
    // The second `fg` takes it up again at once.
    terminal.until("the screen given back and taken again", |terminal| terminal.sent(b"\x1b[?1049h") >= 2);
    terminal.see("files");
    terminal.press("q");
    terminal.see("ended");
}

#[test]
fn a_terminal_that_cannot_place_text_is_told_so() {
    let mut terminal = Terminal::start(&["."], &[("TERM", "dumb")]);
    assert_eq!(terminal.end(), 2);
    assert!(terminal.screen().contains("cannot place text"), "{}", terminal.screen());
    assert!(!terminal.bytes().contains(&0x1b));
}

#[test]
fn no_terminal_is_told_so() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dcmleak")).arg(".").output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
}

#[test]
fn no_color_means_none() {
    let folder = folder();
    let terminal = open_at_a_file(&folder, &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    terminal.until("the picture", |terminal| terminal.screen().contains(['▄', '▀', '▌', '█']));
    let bytes = terminal.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let colours: Vec<&str> = text
        .split("\x1b[")
        .skip(1)
        .filter_map(|part| part.split_once('m').map(|(codes, _)| codes))
        .filter(|codes| codes.split(';').all(|code| code.chars().all(|c| c.is_ascii_digit())))
        .filter(|codes| {
            let first = codes.split(';').next().and_then(|code| code.parse::<u8>().ok()).unwrap_or(0);
            matches!(first, 30..=38 | 40..=48 | 90..=107)
        })
        .collect();
    assert!(colours.is_empty(), "{colours:?}");
}

#[test]
fn idle_sends_nothing() {
    let folder = folder();
    let mut terminal = open_at_a_file(&folder, &[]);
    // What was said last leaves the status line.
    terminal.see("worst first");
    // It is at rest when nothing came for a while.
    let mut before = terminal.bytes().len();
    let began = Instant::now();
    loop {
        thread::sleep(Duration::from_millis(1500));
        let now = terminal.bytes().len();
        if now == before {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "never rests");
        before = now;
    }
    thread::sleep(Duration::from_secs(1));
    assert_eq!(terminal.bytes().len(), before);
    terminal.quit();
}

#[test]
fn a_thousand_keys_at_once_are_all_taken() {
    let folder = folder();
    let mut terminal = open_at_a_file(&folder, &[]);
    terminal.press("gg");
    // Up and down in pairs, then three down: the line that is told is the fourth.
    terminal.press(&"jk".repeat(500));
    terminal.press("jjjyp");
    terminal.see("copied");
    terminal.press("?");
    terminal.see("Keys");
    terminal.press("q");
    terminal.quit();
}

#[test]
fn a_paste_is_text_and_no_command() {
    let folder = folder();
    let mut terminal = open(&folder, &[]);
    terminal.press("\x1b[200~qqq\x1b[201~");
    terminal.press("f\x1b[200~report\n\x1b]0;x\x07\x1b[201~");
    terminal.see("filter: report");
    terminal.press("\x15report\r");
    terminal.see("1 with report");
    terminal.quit();
}

#[test]
fn the_editor_gets_a_masked_dump_and_the_terminal() {
    let folder = folder();
    let script = folder.path().join("editor.sh");
    std::fs::write(
        &script,
        "#!/bin/sh\ngrep -c PatientName \"$1\" > \"$0.out\"; grep -c Erika \"$1\" >> \"$0.out\"; exit 0\n",
    )
    .unwrap();
    std::process::Command::new("chmod").arg("755").arg(&script).status().unwrap();
    let mut terminal = open_at_a_file(&folder, &[("EDITOR", script.to_str().unwrap()), ("VISUAL", "")]);
    terminal.press("E");
    let out = folder.path().join("editor.sh.out");
    terminal.until("the editor's own output", |_| {
        std::fs::read_to_string(&out).is_ok_and(|text| text.lines().count() == 2)
    });
    let text = std::fs::read_to_string(&out).unwrap();
    let counts: Vec<usize> = text.lines().map(|line| line.parse().unwrap()).collect();
    assert!(counts[0] >= 1 && counts[1] == 0, "{counts:?}");
    terminal.see("CRITICAL");
    terminal.quit();
}

#[test]
fn a_review_and_its_place_are_kept_and_hold_no_value() {
    let folder = folder();
    let home = tempfile::tempdir().unwrap();
    let vars = [("XDG_STATE_HOME", home.path().to_str().unwrap())];
    let mut terminal = open(&folder, &vars);
    terminal.press("s]fD");
    terminal.see("✓C");
    terminal.until("the next file", |terminal| {
        terminal.screen().contains("› CT002.dcm") && terminal.screen().contains("62 elements")
    });
    terminal.press("\tayes\r");
    terminal.see("acknowledged; counted apart");
    terminal.quit();
    let state = std::fs::read_dir(home.path().join("dcmleak")).unwrap().next().unwrap().unwrap().path();
    let mut text = String::new();
    for file in std::fs::read_dir(state).unwrap() {
        text += &std::fs::read_to_string(file.unwrap().path()).unwrap();
    }
    assert!(
        text.contains(" done\n") && text.contains("  yes\n") && text.contains("order = \"name\""),
        "{text}"
    );
    assert!(!text.contains("Erika") && !text.contains("CT00") && !text.contains("share"), "{text}");
    let terminal = open(&folder, &vars);
    terminal.see("✓C");
    terminal.see("1 acknowledged");
    terminal.see("CT002.dcm");
}

#[test]
fn marks_are_found_again_after_a_kill_and_redacted_by() {
    let folder = folder();
    let home = tempfile::tempdir().unwrap();
    let vars = [("XDG_STATE_HOME", home.path().to_str().unwrap())];
    let mut terminal = open_at_a_file(&folder, &vars);
    terminal.press("/0010,0010\rmx");
    terminal.see(" *1");
    terminal.press("jmx");
    terminal.see(" *2");
    let state = std::fs::read_dir(home.path().join("dcmleak")).unwrap().next().unwrap().unwrap().path();
    let marks = state.join("marks");
    let kept = || std::fs::read_to_string(&marks).unwrap();
    terminal.press("u");
    terminal.until("the undoing in the journal", |_| kept().contains("undo"));
    terminal.signal("-KILL");
    assert!(kept().contains("mark X (0010,0010)"), "{}", kept());
    let mut terminal = open_at_a_file(&folder, &vars);
    terminal.see(" *1");
    terminal.press("gm");
    terminal.see("1 mark in 1 file");
    terminal.press("q");
    terminal.quit();
    let out = folder.path().join("out");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dcmleak"))
        .args(["redact", folder.path().join("share").to_str().unwrap(), "--marks", marks.to_str().unwrap()])
        .args(["--out", out.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.starts_with("1 written and verified\n") && said.contains("X           1      1  mark"),
        "{said}"
    );
}

#[test]
fn the_mouse_is_listened_to_only_where_it_was_asked_for() {
    let folder = folder();
    let without = open(&folder, &[]);
    let asks = |terminal: &Terminal| terminal.sent(b"\x1b[?1000h") > 0;
    assert!(!asks(&without));
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("dcmleak")).unwrap();
    std::fs::write(home.path().join("dcmleak/config.toml"), "mouse = true\n").unwrap();
    let mut terminal = open(&folder, &[("XDG_CONFIG_HOME", home.path().to_str().unwrap())]);
    assert!(asks(&terminal));
    // The second line of the library, once to go there and once to open it; columns and lines count from 1.
    terminal.press("\x1b[<0;8;4M\x1b[<0;8;4m");
    terminal
        .until("a file in the header", |terminal| terminal.screen().lines().next().unwrap().contains(".dcm"));
    terminal.see("Finding ");
    // The wheel over the tags.
    let before = terminal.screen();
    terminal.press(&"\x1b[<65;60;6M".repeat(4));
    terminal.until("the tags moved", |terminal| terminal.screen() != before);
    terminal.see("next finding");
    terminal.quit();
    assert!(terminal.sent(b"\x1b[?1000l") > 0);
}

#[test]
fn any_size_is_drawn_or_said_to_be_too_small() {
    let folder = folder();
    let mut terminal = open_at_a_file(&folder, &[]);
    for (rows, cols) in [(1, 1), (3, 200), (200, 3), (12, 40), (11, 39), (60, 300), (2, 2), (24, 80)] {
        terminal.resize(rows, cols);
    }
    terminal.see("CRITICAL");
    terminal.resize(10, 50);
    terminal.see("dcmleak needs 40 columns and 12 lines");
    terminal.quit();
}

#[test]
fn bytes_of_a_file_and_an_element_over_many_are_read_beside_the_screen() {
    let folder = folder();
    let mut terminal = open(&folder, &[]);
    terminal.press("s]f");
    terminal.see("83 elements");
    terminal.press("\t/patientname\rgh");
    terminal.see("10 00 10 00 50 4e");
    terminal.press("qgp");
    terminal.see("4 files");
    terminal.see("not there");
    assert!(!terminal.screen().contains("Erika"));
    terminal.press("q");
    terminal.quit();
}

/// The copies' folder is opened in a second instance of the program, which gives the terminal back.
#[test]
fn copies_are_written_and_their_folder_is_opened() {
    let folder = folder();
    let mut terminal = open_at_a_file(&folder, &[]);
    terminal.press("gr");
    terminal.see("1 planned, nothing written");
    let out = folder.path().join("out");
    terminal.press(&format!("w{}\r", out.display()));
    terminal.see("1 copy written and verified");
    assert!(out.join("dcmleak-manifest.json").is_file());
    terminal.press("o");
    terminal.see("dcmleak out");
    terminal.see("2 files read");
    terminal.press("q");
    terminal.see("the Basic Profile");
    terminal.press("q");
    terminal.quit();
}

/// What is left while copies are written leaves whole ones only.
#[test]
fn leaving_while_copies_are_written_leaves_no_part() {
    let folder = folder();
    let share = folder.path().join("share");
    let file = std::fs::read(share.join("CT001.dcm")).unwrap();
    (0..200).for_each(|number| std::fs::write(share.join(format!("{number}.dcm")), &file).unwrap());
    let mut terminal = Terminal::start(&[share.to_str().unwrap()], &[]);
    terminal.see("204 files read");
    terminal.press("gggr");
    terminal.see("planned, nothing written");
    let out = folder.path().join("out");
    terminal.press(&format!("w{}\r", out.display()));
    let written = || {
        let all = walkdir::WalkDir::new(&out).into_iter().filter_map(Result::ok);
        all.filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().to_owned())
            .collect::<Vec<_>>()
    };
    let copies = |all: &[std::path::PathBuf]| {
        all.iter().filter(|path| path.extension().is_some_and(|end| end == "dcm")).count()
    };
    terminal.until("the first copies", |_| copies(&written()) > 3);
    terminal.press("qq");
    terminal.see("Copies are being written. Stop that, and quit?");
    terminal.press("y");
    assert_eq!(terminal.end(), 0);
    let all = written();
    assert!(copies(&all) < 200 && !all.iter().any(|path| path.extension().is_some_and(|end| end == "part")));
    assert!(!out.join("dcmleak-manifest.json").exists());
    assert_eq!(std::fs::read(share.join("7.dcm")).unwrap(), file);
}
