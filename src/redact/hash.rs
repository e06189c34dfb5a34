//! SHA-256 of what passes by.

use crossbeam_channel::{Sender, bounded};
use sha2::{Digest, Sha256};
use std::{
    io,
    thread::{self, JoinHandle},
};

/// Bytes from which it is worth a thread to hash them beside what else is done with them.
const LARGE: u64 = 32 << 20;
/// Pieces that may wait to be hashed.
const WAITING: usize = 8;

/// Hashes what it is given, of a large file on a thread of its own.
pub(super) enum Hash {
    Here(Sha256),
    Beside(Sender<Vec<u8>>, JoinHandle<[u8; 32]>),
}

impl Hash {
    /// For about so many bytes.
    pub fn of(size: u64) -> Self {
        if size < LARGE {
            return Self::Here(Sha256::new());
        }
        let (sender, pieces) = bounded::<Vec<u8>>(WAITING);
        let work = move || {
            let mut hash = Sha256::new();
            pieces.iter().for_each(|piece| hash.update(piece));
            hash.finalize().into()
        };
        match thread::Builder::new().spawn(work) {
            Ok(thread) => Self::Beside(sender, thread),
            // The system gives no more threads.
            Err(_) => Self::Here(Sha256::new()),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Here(hash) => hash.update(bytes),
            // It is only gone where it failed, which the end tells.
            Self::Beside(sender, _) => drop(sender.send(bytes.to_vec())),
        }
    }

    pub fn finish(self) -> io::Result<[u8; 32]> {
        match self {
            Self::Here(hash) => Ok(hash.finalize().into()),
            Self::Beside(sender, thread) => {
                drop(sender);
                thread.join().map_err(|_| io::Error::other("a thread failed"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_here_and_beside() {
        let bytes: Vec<u8> = (0..100_000u32).map(|at| at as u8).collect();
        let expected: [u8; 32] = Sha256::digest(&bytes).into();
        for size in [0, LARGE] {
            let mut hash = Hash::of(size);
            assert_eq!(matches!(hash, Hash::Here(_)), size == 0);
            bytes.chunks(777).for_each(|piece| hash.update(piece));
            assert_eq!(hash.finish().unwrap(), expected);
        }
    }
}
