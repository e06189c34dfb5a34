use std::path::PathBuf;

/// The folder of the user's settings: `$XDG_CONFIG_HOME/dcmleak`, usually `~/.config/dcmleak`; `None` where the
/// environment names no home.
pub fn config() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config")
}

/// The folder of what is kept between runs: `$XDG_STATE_HOME/dcmleak`, usually `~/.local/state/dcmleak`. No value of a
/// patient is written there.
pub fn state() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state")
}

/// By the XDG Base Directory Specification, 0.8: a variable that holds no absolute path is ignored.
fn folder(variable: &str, usual: &str) -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute(variable).or_else(|| absolute("HOME").map(|home| home.join(usual)));
    base.map(|base| base.join("dcmleak"))
}
