use crate::{
    library::{Access, create_new},
    text::system_error,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
    fmt, fs,
    io::{self, Read, Write},
    path::Path,
};

/// The secret that pseudonyms are made with: who has it makes the same ones again, and can tell which original a
/// copy was made from if they have both. It is not in any output.
#[derive(Clone)]
pub struct Key([u8; Key::BYTES]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file cannot be read: {}", system_error(.0.kind()))]
    Read(io::Error),
    #[error("the key file cannot be written: {}", system_error(.0.kind()))]
    Write(io::Error),
    #[error("the key file holds no key: 64 hexadecimal digits were expected")]
    NotAKey,
    #[error("the key file can be read by others than its owner: chmod 600 it")]
    Open,
    #[error("the system gives no random numbers")]
    NoRandom,
}

impl Key {
    const BYTES: usize = 32;

    /// A new one, from the operating system's random numbers.
    pub fn random() -> Result<Self, KeyError> {
        let mut bytes = [0; Self::BYTES];
        getrandom::fill(&mut bytes).map_err(|_| KeyError::NoRandom)?;
        Ok(Self(bytes))
    }

    /// The key of a file: 64 hexadecimal digits. Where there is no such file, a new key is made and written there,
    /// to be read by its owner alone.
    pub fn at(path: &Path) -> Result<Self, KeyError> {
        match fs::metadata(path) {
            Ok(metadata) => Self::read(path, &metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(KeyError::Read(error)),
        }
    }

    /// The key of these bytes, for tests that want the same every time.
    pub fn of(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    fn read(path: &Path, metadata: &fs::Metadata) -> Result<Self, KeyError> {
        if !metadata.is_file() {
            return Err(KeyError::NotAKey);
        }
        #[cfg(unix)]
        if std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0 {
            return Err(KeyError::Open);
        }
        #[cfg(not(unix))]
        let _ = metadata;
        let mut text = String::new();
        let file = fs::File::open(path).map_err(KeyError::Read)?;
        file.take(256).read_to_string(&mut text).map_err(|_| KeyError::NotAKey)?;
        parse(text.trim()).map(Self).ok_or(KeyError::NotAKey)
    }

    fn create(path: &Path) -> Result<Self, KeyError> {
        let key = Self::random()?;
        // Under its name from the beginning, so that of two runs at a time one alone makes the key.
        let mut file = create_new(path, Access::Owner).map_err(KeyError::Write)?;
        writeln!(file, "{}", hex(&key.0)).and_then(|()| file.sync_all()).map_err(KeyError::Write)?;
        Ok(key)
    }

    /// A hash of `value` that nobody makes without the key (RFC 2104 with SHA-256). `purpose` keeps the hashes of
    /// equal values apart that are used for different things.
    pub fn hash(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let mut out = [0; 32];
        // A key of any length will do.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) {
            mac.update(purpose.as_bytes());
            mac.update(&[0]);
            mac.update(value);
            out.copy_from_slice(&mac.finalize().into_bytes());
        }
        out
    }

    /// By which runs tell whether they had the same key.
    pub fn fingerprint(&self) -> String {
        hex(&self.hash("fingerprint", b"")[..8])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn parse(text: &str) -> Option<[u8; Key::BYTES]> {
    let digits = text.len() == 2 * Key::BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut bytes = [0; Key::BYTES];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)).filter(|_| digits) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    digits.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = Key::at(&path).unwrap();
        assert_eq!(made.0, Key::at(&path).unwrap().0);
        assert_ne!(made.0, Key::random().unwrap().0);
        assert!(!format!("{made:?}").contains(&hex(&made.0[..2])));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(Key::at(&path), Err(KeyError::Open)));
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(Key::at(&path), Err(KeyError::NotAKey)));
        assert!(Key::at(&folder.path().join("none/key")).is_err());
    }

    #[test]
    fn the_hash_is_that_of_the_rfc() {
        // RFC 4231 test case 1 has a shorter key and no purpose; this is computed with Python's hmac.
        let key = Key::of([7; 32]);
        assert_eq!(
            hex(&key.hash("uid", b"1.2.3")),
            "75711c656fc03b9c00cfe1e1f5954e686e644f5d9b929a75bcf562c839bd480d"
        );
        assert_ne!(key.hash("uid", b"1.2.3"), key.hash("date", b"1.2.3"));
    }
}
