use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Opens `text` in the user's editor and waits for it to be left. The text is in a file that only the user can read,
/// in a folder that is gone afterwards.
pub fn open(text: &str) -> io::Result<()> {
    let folder = Folder::new()?;
    let file = folder.0.join("dump.txt");
    fs::write(&file, text)?;
    let editor = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    // As shells and git do: the variable may hold arguments.
    let mut words = editor.split_whitespace().map(OsString::from);
    let program = words.next().unwrap_or_else(|| "vi".into());
    let status = Command::new(program).args(words).arg(&file).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("the editor ended with an error")) }
}

/// Opens a folder in another instance of the program and waits for it to be left.
pub fn browse(folder: &Path, theme: Option<&str>) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(theme.iter().flat_map(|theme| ["--theme", theme])).arg("--").arg(folder);
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("the program ended with an error")) }
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        let path = unique(&std::env::temp_dir());
        create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A name in `parent` that nobody has; creating it fails if somebody takes it meanwhile.
pub fn unique(parent: &Path) -> PathBuf {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    parent.join(format!("dcmleak-{}-{:x}", std::process::id(), now.as_nanos()))
}

/// Creates a folder for the user alone.
pub fn create(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
