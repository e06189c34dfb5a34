use std::io::ErrorKind;

/// An error of the system in words. Its own text may hold a path.
pub fn system_error(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "not found".to_owned(),
        ErrorKind::AlreadyExists => "there is one already".to_owned(),
        kind => kind.to_string(),
    }
}
