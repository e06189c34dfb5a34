//! The program as a script starts it.

use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::process::{Command, Stdio};

fn show(bytes: &[u8], more: &[&str]) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.dcm");
    std::fs::write(&file, bytes).unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_dcmleak")).arg("show").arg(&file).args(more).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

fn named() -> Vec<u8> {
    let set = DataSet::new().pn(0x0010_0010, "Example^Erika");
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

#[test]
fn show_masks_unless_asked() {
    let (masked, status) = show(&named(), &[]);
    assert!(masked.contains("PatientName E••••••^E••••") && !masked.contains("Erika"), "{masked}");
    assert_eq!(status, Some(0));
    assert!(show(&named(), &["--show-values"]).0.contains("Example^Erika"));
}

#[test]
fn show_says_what_it_cannot_read() {
    assert_eq!(show(b"a text file", &[]), (String::new(), Some(2)));
    let cut = named();
    assert_eq!(show(&cut[..cut.len() - 3], &[]).1, Some(3));
}

#[test]
fn show_says_why_each_element_leaks() {
    let text = show(&named(), &[]).0;
    let line = text.lines().position(|line| line.starts_with("C (0010,0010)")).unwrap();
    let why = text.lines().nth(line + 1).unwrap();
    assert!(
        why.starts_with("    critical name: ") && why.contains("attribute.patient_name, PS3.15 Z, HIPAA A"),
        "{why}"
    );
    assert!(text.ends_with("# findings: 1 critical, 1 low\n"), "{text}");
}

#[test]
fn show_names_what_is_outside_of_the_data_set() {
    let set =
        DataSet::new().cs(0x0008_0060, "CT").cs(0x0012_0062, "YES").pn(0x0010_0010, "Example^Erika").sorted();
    let file = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set);
    let bytes = file.preamble("MZ\x7f").trailer("Tel. 212-555-0142").to_bytes();
    let text = show(&bytes, &[]).0;
    assert!(
        text.contains("H # preamble\n    high payload: The preamble is the beginning of a program"),
        "{text}"
    );
    assert!(text.contains("H # trailer\n") && !text.contains("0142"), "{text}");
    assert!(text.contains("C (0012,0062)") && text.contains("claims to be cleaner than it is"), "{text}");
}

fn run(args: &[&str], config: &[(&str, &str)]) -> (String, Option<i32>) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/dcmleak");
    std::fs::create_dir_all(folder.join("themes")).unwrap();
    config.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    command.args(args).env("HOME", home.path()).env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "NO_COLOR", "COLORTERM", "TMUX", "COLORFGBG", "LC_ALL"]
    {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn doctor_says_what_it_found() {
    let (text, status) = run(&["doctor"], &[]);
    for line in [
        "colours      256 (TERM=xterm-256color)",
        "glyphs       Unicode",
        "read         none",
        "theme        dark ",
    ] {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line}: {text}");
    }
    assert!(
        text.contains("JPEG-LS: 4.80 4.81\n") && text.contains("state        ~/.local/state/dcmleak"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let files = [("config.toml", "theme = \"light\""), ("keymap.toml", "[all]\n\"g x\" = \"reveal\"")];
    let (text, _) = run(&["doctor"], &files);
    assert!(text.contains("~/.config/dcmleak/keymap.toml\n") && text.contains("1 of them yours"), "{text}");
    assert!(text.contains("theme        light "), "{text}");
}

#[test]
fn doctor_names_the_line_that_is_wrong() {
    let (text, status) = run(&["doctor"], &[("keymap.toml", "[all]\n\nx = \"quit\"\nq = \"quitt\"")]);
    assert!(text.contains("keymap.toml:4: no action is named \"quitt\"; did you mean \"quit\"?"), "{text}");
    assert_eq!(status, Some(2));
}

#[test]
fn models_that_cannot_be_used_are_named_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for command in ["scan", "show", "view"] {
        let (text, status) = run(&["--ocr-models", "none", command, path], &[]);
        assert_eq!((text.as_str(), status), ("", Some(2)), "{command}");
    }
    let (text, status) = run(&["doctor", "--ocr-models", path], &[]);
    assert!(text.contains("text reader  ") && text.contains("holds no model"), "{text}");
    assert_eq!(status, Some(2));
}

#[test]
fn completions_and_manual_know_every_command() {
    let (bash, _) = run(&["completions", "bash"], &[]);
    let (page, _) = run(&["man"], &[]);
    for command in ["scan", "show", "view", "rules", "demo", "doctor", "completions", "man"] {
        assert!(bash.contains(command) && page.contains(command), "{command}");
    }
    let (page, status) = run(&["man", "scan"], &[]);
    assert!(page.contains(".TH dcmleak-scan 1") && page.contains("Exit status"), "{page}");
    assert_eq!((status, run(&["man", "scam"], &[]).1), (Some(0), Some(2)));
}

/// A site's number, a value that it allows, and a severity, as `scan` and `show` tell them.
#[test]
fn a_site_adds_its_own_rules() {
    let folder = tempfile::tempdir().unwrap();
    let (home, share) = (folder.path().join("home"), folder.path().join("share"));
    std::fs::create_dir_all(home.join("dcmleak")).unwrap();
    std::fs::create_dir_all(&share).unwrap();
    let rules = r#"
allow = ["Sample General Hospital"]
[severity]
"attribute.station_name" = "high"
[[pattern]]
name = "mrn"
value = 'ZX-\d{7}'
class = "patient_id"
severity = "critical"
"#;
    std::fs::write(home.join("dcmleak/rules.toml"), rules).unwrap();
    let set = DataSet::new()
        .lo(0x0008_0080, "Sample General Hospital")
        .sh(0x0008_1010, "CONSOLE3")
        .lt(0x0010_4000, "see ZX-0047110");
    let file = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set);
    std::fs::write(share.join("a.dcm"), file.to_bytes()).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
        let output = command.args(args).env("XDG_CONFIG_HOME", &home).current_dir(&share).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for text in [run(&["scan", ".", "--format", "ndjson"]), run(&["show", "a.dcm"])] {
        assert!(text.contains("site.mrn") && !text.contains("attribute.institution_name"), "{text}");
        assert!(text.contains("attribute.station_name") && !text.contains("0047110"), "{text}");
    }
    let station = run(&["scan", ".", "--format", "csv"]);
    let station = station.lines().find(|line| line.contains("station_name")).unwrap();
    assert!(station.contains(",high,"), "{station}");
    std::fs::write(home.join("dcmleak/rules.toml"), "alow = []").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    let output =
        command.args(["scan", "."]).env("XDG_CONFIG_HOME", &home).current_dir(&share).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("rules.toml: line 1: unknown field `alow`"));
}

/// Every command that prints.
const PRINTING: [&[&str]; 20] = [
    &["scan", "a.dcm", "--format", "text"],
    &["scan", "a.dcm", "--format", "ndjson"],
    &["scan", "a.dcm", "--format", "json"],
    &["scan", "a.dcm", "--format", "csv"],
    &["scan", "a.dcm", "--format", "sarif"],
    &["scan", "a.dcm", "--format", "html"],
    &["show", "a.dcm"],
    &["view", "a.dcm"],
    &["demo", "demo"],
    &["rules"],
    &["rules", "PatientName"],
    &["rules", "--check", "rules.toml"],
    &["doctor"],
    &["completions", "bash"],
    &["man"],
    &["redact", "a.dcm", "--out", "out"],
    &["redact", "a.dcm", "--dry-run"],
    &["redact", "--check-manifest", "done/dcmleak-manifest.json"],
    &["--help"],
    &["--version"],
];

/// A folder with a file, a site's rules and a copy that was made; and how the program is run in it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let at = desk.0.path();
        let set = DataSet::new()
            .cs(0x0008_0060, "CT")
            .pn(0x0010_0010, "Example^Erika")
            .us(0x0028_0002, &[1])
            .cs(0x0028_0004, "MONOCHROME2")
            .us(0x0028_0010, &[8])
            .us(0x0028_0011, &[8])
            .us(0x0028_0100, &[8])
            .us(0x0028_0101, &[8])
            .us(0x0028_0102, &[7])
            .us(0x0028_0103, &[0])
            .ob(0x7FE0_0010, (0..64).collect::<Vec<u8>>());
        let file = FileBuilder::new("1.2.840.10008.5.1.4.1.1.2", Syntax::ExplicitLe).data(set);
        std::fs::write(at.join("a.dcm"), file.to_bytes()).unwrap();
        std::fs::create_dir_all(at.join("dcmleak")).unwrap();
        std::fs::write(at.join("dcmleak/rules.toml"), "allow = []").unwrap();
        std::fs::write(at.join("rules.toml"), "allow = []").unwrap();
        assert!(desk.command(&["redact", "a.dcm", "--out", "done"]).output().unwrap().status.success());
        desk
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command.env("XDG_CONFIG_HOME", self.0.path()).env("TERM", "xterm");
        command
    }

    /// Status and words of a command whose output goes to `stdout`; what it wrote to disk is taken away.
    fn end(&self, args: &[&str], stdout: impl Into<Stdio>) -> (Option<i32>, String) {
        let output = self.command(args).stdout(stdout).stderr(Stdio::piped()).output().unwrap();
        for made in ["demo", "out"] {
            let _ = std::fs::remove_dir_all(self.0.path().join(made));
        }
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }
}

/// A pipe that nobody reads any more.
fn closed() -> std::io::PipeWriter {
    std::io::pipe().unwrap().1
}

/// As when `head` has seen enough.
#[test]
fn who_stops_reading_has_seen_enough() {
    let desk = Desk::new();
    for args in PRINTING {
        assert_eq!(desk.end(args, closed()), desk.end(args, Stdio::null()), "{args:?}");
    }
    // What cannot be said changes nothing either.
    let mut unheard = desk.command(&["scan", "nowhere"]);
    assert_eq!(unheard.stdout(closed()).stderr(closed()).status().unwrap().code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let desk = Desk::new();
    for args in PRINTING {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let (status, words) = desk.end(args, full);
        assert_eq!(status, Some(2), "{args:?}: {words}");
        assert!(words.contains("dcmleak: stdout: cannot be written: "), "{args:?}: {words}");
    }
}
