use crate::{
    leak::{PixelMode, Severity},
    library::WatchChoice,
    raster::Size,
    report::Format,
};
use clap::{
    Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use std::{num::NonZeroUsize, path::PathBuf};

/// Shows what DICOM files give away about patients.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub browse: Browse,
    /// Find and read text in images by these models of others, too: a folder or Python wheel with a pair in ONNX, as
    /// PP-OCR's (…det….onnx, …rec….onnx)
    #[arg(long, value_name = "FOLDER|WHEEL", global = true)]
    pub ocr_models: Option<PathBuf>,
}

/// The terminal program.
#[derive(Debug, clap::Args)]
pub(super) struct Browse {
    /// Files and folders to browse; the current folder by default
    pub paths: Vec<PathBuf>,
    /// Browse a generated folder of leaky, entirely synthetic files, which is removed afterwards
    #[arg(long, conflicts_with = "paths")]
    pub demo: bool,
    /// dark, light, high-contrast, colour-blind-safe, or one of your own
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Begin as if for the first time, and keep nothing: reviews, acknowledged findings and the place of earlier
    /// runs stay as they are
    #[arg(long)]
    pub forget: bool,
    /// Files read at the same time; one a core by default
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// How arrivals are seen: native, by the system's events; poll, by listing again and again; auto, whichever the
    /// file system allows; off
    #[arg(long, value_enum, value_name = "HOW", default_value = "auto", hide_possible_values = true)]
    pub watch: WatchHow,
}

/// How a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WatchHow {
    Auto,
    Native,
    Poll,
    Off,
}

impl From<WatchHow> for WatchChoice {
    fn from(how: WatchHow) -> Self {
        match how {
            WatchHow::Auto => Self::Auto,
            WatchHow::Native => Self::Native,
            WatchHow::Poll => Self::Poll,
            WatchHow::Off => Self::Off,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a folder of leaky, entirely synthetic files to try things on
    Demo {
        /// Where to; must be empty or not exist
        folder: PathBuf,
    },
    /// Report what files and folders give away, values masked
    Scan(Scan),
    /// Print one file's tag tree, values masked
    Show {
        file: PathBuf,
        /// Print values as they are
        #[arg(long)]
        show_values: bool,
    },
    /// Print the rules, or what one says, where it comes from, and what each profile option does
    Rules {
        /// As PatientName, 0010,0010 or text.phone
        #[arg(value_name = "TAG|KEYWORD|RULE")]
        what: Option<String>,
        /// Say what the site's patterns in rules.toml match in a text file, by line
        #[arg(long, value_name = "FILE", conflicts_with = "what")]
        check: Option<PathBuf>,
    },
    /// Print one frame as terminal blocks
    View(View),
    /// Write copies without what identifies, each of them verified
    Redact(Redact),
    /// Print what the terminal can, which settings are read, where things are kept, and what can be decoded
    Doctor {
        /// A file or folder: says how it would be watched
        path: Option<PathBuf>,
        /// A theme to try, as `dcmleak --theme`
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
    /// Print the manual page, of the program or of one command
    Man { command: Option<String> },
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status:
  0  done, and nothing at or above --fail-on was found
  1  something at or above --fail-on was found
  2  nothing was done: bad arguments, a path that is not there, an output that cannot be written
  3  done in part: some files could not be read, or not to their end; they are named in the report")]
pub(super) struct Scan {
    /// Files and folders
    #[arg(required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,
    /// Read more paths from a file, or from stdin (-): one a line, or separated by NUL
    #[arg(long, value_name = "FILE|-")]
    pub files_from: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    pub format: Format,
    /// Write the report there, once it is complete, and not to stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave lesser findings out. By default text and html leave out info, the others nothing
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    pub min_severity: Option<Severity>,
    /// Exit with status 1 when something at or above it is found
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    pub fail_on: Option<Severity>,
    /// Count acknowledged findings apart: lines of an id (f:…) or group (g:RULE@PLACE) and the reason
    #[arg(long, value_name = "FILE")]
    pub acknowledged: Option<PathBuf>,
    /// Write values as they are, not masked. An output file is then readable by its owner alone
    #[arg(long)]
    pub show_values: bool,
    /// Look for text in images: auto, those of kinds that often hold some (ultrasound, captures of screens, …), up to
    /// five of their frames; all, every image and frame; off, none
    #[arg(long, value_enum, default_value = "auto", hide_possible_values = true)]
    pub pixels: Pixels,
    /// Files read at the same time; one a core by default
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Go on until interrupted, with a line for each file that arrives: auto (also without a word), native, poll, off.
    /// Takes --format ndjson; an output file that is moved away is begun anew
    #[arg(long, value_enum, value_name = "HOW", num_args = 0..=1, require_equals = true,
        default_missing_value = "auto", default_value = "off", hide_possible_values = true, hide_default_value = true)]
    pub watch: WatchHow,
    /// Show no progress
    #[arg(short, long)]
    pub quiet: bool,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .map(|name| Format::ALL.into_iter().find(|format| format.name() == name).unwrap_or_default())
}

fn severities() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::name)).try_map(|name| name.parse::<Severity>())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Pixels {
    Auto,
    All,
    Off,
}

impl From<Pixels> for PixelMode {
    fn from(pixels: Pixels) -> Self {
        match pixels {
            Pixels::Auto => Self::Auto,
            Pixels::All => Self::All,
            Pixels::Off => Self::Off,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = "A profile of one's own, on top of PS3.15's:
  retain = [\"dates-modified\"]        as --retain; also clean = […], name = \"…\", base = \"basic\"
  [attributes]
  PatientSex = \"K\"                  by keyword or tag, at any depth: X remove, Z empty, D dummy, C clean, U UID, K keep
  [private.\"ACME 1.0\"]              by creator; [private] \"ACME 1.0\" = \"K\" is all of it
  \"(0029,xx10)\" = \"K\"
What stays against the standard is listed, and the copies do not claim that they follow it.

Exit status:
  0  every DICOM file has a verified copy (or, with --dry-run, a plan that leaves nothing; or the manifest is true)
  2  nothing was written: bad arguments, an output folder that cannot be used, no file that could be redacted
  3  done in part: files without a copy are named on stderr; or the copies are not those of the manifest")]
pub(super) struct Redact {
    /// Files and folders; they are only read
    #[arg(required_unless_present = "check_manifest")]
    pub paths: Vec<PathBuf>,
    /// Where copies go: a folder that is empty or does not exist, or that of an unfinished run on the same terms
    #[arg(short, long, value_name = "DIR", required_unless_present_any = ["dry_run", "check_manifest"])]
    pub out: Option<PathBuf>,
    /// What to take out: basic, of PS3.15 annex E, or a file in TOML that ends in .toml, with options and actions (X Z D
    /// C U K) for attributes and private creators on top of it. basic is the default but with --marks, where a profile
    /// is followed beside the marks only if it is named
    #[arg(long, value_name = "basic|FILE.toml")]
    pub profile: Option<String>,
    /// Do what was marked in the terminal program, as it keeps it in ~/.local/state/dcmleak. Without --profile nothing
    /// else is taken out, and files without a mark get no copy
    #[arg(long, value_name = "FILE")]
    pub marks: Option<PathBuf>,
    /// Keep all the same: safe-private, uids, device, institution, patient-characteristics, dates, dates-modified
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub retain: Vec<String>,
    /// Keep the harmless part of: descriptors, structured, graphics; with pixels, black out the text that is seen in them
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub clean: Vec<String>,
    /// Make pseudonyms with the key in this file, so that other runs make the same ones; without it nobody can.
    /// Where there is no such file, a new key is written there
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Write images too in which text is seen, or that say themselves that it is, or that a face can be seen
    #[arg(long)]
    pub allow_burned_in: bool,
    /// Name the copies as media bind it (PS3.10), and make a new DICOMDIR that lists them; one that was there before is
    /// always left out, since it lists patients
    #[arg(long)]
    pub dicomdir: bool,
    /// Write nothing; print what would be done, what stays and why
    #[arg(long)]
    pub dry_run: bool,
    /// Check that the copies are those that a manifest is of, and that it was not changed; with PATHs and the run's
    /// --key, that the originals there are those that were copied
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "dry_run"])]
    pub check_manifest: Option<PathBuf>,
    /// Files read and written at the same time; one a core by default
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Show no progress
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct View {
    pub file: PathBuf,
    /// Cells to fill, as 80x24; the terminal's own by default
    #[arg(long, value_name = "COLSxROWS", value_parser = parse_size)]
    pub size: Option<Size>,
    /// The frame, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub frame: u32,
    /// Center and width of the window, as 40/400, or a preset: auto, full, brain, lung, bone, …, or a name that
    /// the file gives
    #[arg(long, value_name = "C/W|PRESET", allow_hyphen_values = true)]
    pub window: Option<String>,
    /// By default what the environment says the terminal can
    #[arg(long, value_enum)]
    pub colors: Option<Colors>,
    #[arg(long, value_enum, default_value = "auto")]
    pub glyphs: GlyphSet,
    /// How to send the picture: cells; kitty, iterm2 or sixel, of terminals that show images; auto, the best that the
    /// terminal answers to. Not inside of tmux or screen
    #[arg(long, value_enum, default_value = "cells", hide_possible_values = true)]
    pub protocol: Protocol,
    /// Show black as white
    #[arg(long)]
    pub invert: bool,
    /// Leave overlay planes out
    #[arg(long)]
    pub no_overlays: bool,
    /// Enlarge the middle so many times
    #[arg(long, value_name = "TIMES", default_value_t = 1.0)]
    pub zoom: f64,
    /// Frame the text that is seen in the image, and list it below
    #[arg(long)]
    pub boxes: bool,
    /// Enlarge the text of that number, from 1, so that it can be read; what was recognised is told below
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "edges")]
    pub text: Option<u32>,
    /// Show what was recognised in full
    #[arg(long)]
    pub show_values: bool,
    /// Walk round the border, where text is burned in most often, at full resolution: a picture for each part
    /// that is not all of one colour
    #[arg(long)]
    pub edges: bool,
    /// Print the stored value of a pixel, and the modality's
    #[arg(long, value_name = "X,Y", value_parser = parse_point)]
    pub probe: Option<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colors {
    Truecolor,
    #[value(name = "256")]
    Indexed256,
    #[value(name = "16")]
    Indexed16,
    Mono,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GlyphSet {
    Ascii,
    Half,
    Quad,
    Sextant,
    Octant,
    Auto,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Protocol {
    Cells,
    Kitty,
    Iterm2,
    Sixel,
    Auto,
}

fn parse_point(text: &str) -> Result<(u32, u32), String> {
    let point =
        text.split_once(',').and_then(|(x, y)| Some((x.trim().parse().ok()?, y.trim().parse().ok()?)));
    point.ok_or_else(|| "expected two numbers from 0, as 120,48".to_owned())
}

fn parse_size(text: &str) -> Result<Size, String> {
    let parsed = text.split_once(['x', 'X', '×']).and_then(|(columns, rows)| {
        let side = |part: &str| part.parse().ok().filter(|side| (1..=1000).contains(side));
        Some(Size { columns: side(columns)?, rows: side(rows)? })
    });
    parsed.ok_or_else(|| "expected columns and rows from 1 to 1000, as 80x24".to_owned())
}
