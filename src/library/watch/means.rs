use std::{fmt, path::Path, time::Duration};

/// How the user wants a folder to be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WatchChoice {
    /// By events, unless the file system tells of no writers on other machines.
    #[default]
    Auto,
    Native,
    Poll,
    Off,
}

/// How a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// By the system's events.
    Native,
    /// By events, and a listing now and then for what they do not tell.
    Both,
    /// By listing it again and again.
    Poll,
}

impl Means {
    /// Between two listings beside events that may not tell all.
    pub const RARELY: Duration = Duration::from_secs(30);

    /// The longest time after which a file that is complete is seen, with that time between two listings.
    pub fn lag(self, pace: Duration) -> Duration {
        match self {
            Self::Native => Duration::from_millis(500),
            // What events do not tell.
            Self::Both => Self::RARELY.max(pace) + Duration::from_millis(1500),
            Self::Poll => pace + Duration::from_millis(1500),
        }
    }
}

/// How watching is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchState {
    pub means: Means,
    /// The longest time after which a file that is complete is seen, whoever wrote it.
    pub lag: Duration,
    /// Why it is not done by events alone, in words.
    pub why: String,
}

/// "watching by events", "watching by listing, within 4 s (nfs4)".
impl fmt::Display for WatchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.lag.as_secs_f64().ceil();
        match self.means {
            Means::Native => f.write_str("watching by events")?,
            Means::Both => write!(f, "watching by events, and by listing within {seconds:.0} s")?,
            Means::Poll => write!(f, "watching by listing, within {seconds:.0} s")?,
        }
        if self.why.is_empty() { Ok(()) } else { write!(f, " ({})", self.why) }
    }
}

/// File systems that others write to without this machine's knowing.
const REMOTE: [&str; 24] = [
    "9p",
    "acfs",
    "afs",
    "autofs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "drvfs",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "orangefs",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];
/// Of which a part may be written to below.
const LAYERED: [&str; 4] = ["aufs", "ecryptfs", "overlay", "unionfs"];

/// How a path is best watched, and the type of its file system where that says why.
pub fn means_of(path: &Path) -> (Means, String) {
    let Some(kind) = file_system(path) else { return (Means::Native, String::new()) };
    let means = if REMOTE.contains(&kind.as_str()) || kind.starts_with("fuse") && kind != "fuseblk" {
        Means::Poll
    } else if LAYERED.contains(&kind.as_str()) {
        Means::Both
    } else {
        return (Means::Native, String::new());
    };
    (means, kind)
}

#[cfg(target_os = "linux")]
fn file_system(path: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let path = path.canonicalize().ok()?;
    of_mounts(&mounts, &path)
}

#[cfg(not(target_os = "linux"))]
fn file_system(_: &Path) -> Option<String> {
    None
}

/// The type of the file system that holds `path`, by the table of mounts (proc(5)): the longest mount point, the last
/// of several.
#[cfg(any(target_os = "linux", test))]
fn of_mounts(mounts: &str, path: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let (mount, kind) = line.split_once(" - ")?;
        let Some(point) = mount.split(' ').nth(4).map(unescaped) else { continue };
        let length = Path::new(&point).components().count();
        if path.starts_with(&point) && best.is_none_or(|(longest, _)| length >= longest) {
            best = kind.split(' ').next().map(|kind| (length, kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

/// Spaces and the like are written in octal digits.
#[cfg(any(target_os = "linux", test))]
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
            30 22 0:40 / /mnt/pacs\\040share rw - nfs4 nas:/x rw\n\
            31 22 0:41 / /home/u/remote rw - fuse.sshfs host: rw\n";
        for (path, kind) in [
            ("/data/x", "ext4"),
            ("/mnt/pacs share/2024", "nfs4"),
            ("/mnt/pacs", "ext4"),
            ("/home/u/remote", "fuse.sshfs"),
        ] {
            assert_eq!(of_mounts(mounts, Path::new(path)).as_deref(), Some(kind), "{path}");
        }
        assert_eq!(of_mounts("broken", Path::new("/")), None);
    }
}
