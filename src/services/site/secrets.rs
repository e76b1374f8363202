//! Keys with which the program signs what it gives away and must know again.
//!
//! The first key signs; all are believed. So a key is rotated by putting a new
//! one first, and taking the old one away once nothing signed with it is about.

use crate::config;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{io::Write, path::Path};

/// The keys; never printed.
pub struct Secrets(Vec<[u8; 32]>);

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The file can't be read or made.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// A line is no key.
    #[error("{0}: line {1} is no key; a key is 64 hexadecimal digits")]
    NoKey(String, usize),
    /// The operating system has no randomness to give.
    #[error("no randomness from the operating system: {0}")]
    Random(getrandom::Error),
    /// Others on the machine may read the file.
    #[error("{0}: others can read this file; allow it to its owner alone (chmod 600)")]
    Open(String),
}

impl Secrets {
    /// Takes the keys from the settings, else from the file, which is made where it is missing.
    pub fn load(settings: &config::Secrets) -> Result<Self, SecretsError> {
        if !settings.keys.trim().is_empty() {
            return Self::parse(&settings.keys.replace(',', "\n"), "secrets.keys");
        }
        let name = settings.file.display().to_string();
        match std::fs::read_to_string(&settings.file) {
            Ok(text) => {
                refuse_open_file(&settings.file, &name)?;
                Self::parse(&text, &name)
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = new_key()?;
                write_private(&settings.file, &format!("{}\n", hex(&key))).map_err(|e| SecretsError::File(name, e))?;
                Ok(Self(vec![key]))
            }
            Err(e) => Err(SecretsError::File(name, e)),
        }
    }

    /// Puts a new key first in the file; the old ones stay believed.
    pub fn rotate(settings: &config::Secrets) -> Result<usize, SecretsError> {
        let Self(mut keys) = Self::load(settings)?;
        keys.insert(0, new_key()?);
        let text: String = keys.iter().map(|key| format!("{}\n", hex(key))).collect();
        let name = settings.file.display().to_string();
        write_private(&settings.file, &text).map_err(|e| SecretsError::File(name, e))?;
        Ok(keys.len())
    }

    fn parse(text: &str, name: &str) -> Result<Self, SecretsError> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let keys: Vec<[u8; 32]> = lines
            .map(|(n, line)| unhex(line.trim()).ok_or_else(|| SecretsError::NoKey(name.to_owned(), n + 1)))
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(SecretsError::NoKey(name.to_owned(), 1));
        }
        Ok(Self(keys))
    }

    /// A signature of a text for one purpose, in hexadecimal digits. A signature
    /// for one purpose is worth nothing for another.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        self.0.first().map(|key| hex(&mac(key, purpose, text).finalize().into_bytes())).unwrap_or_default()
    }

    /// A signature of 80 bits in 20 hexadecimal digits, where there is little room. Guessing one takes
    /// longer than anything signed by it lives.
    pub fn sign_short(&self, purpose: &str, text: &str) -> String {
        let mut signature = self.sign(purpose, text);
        signature.truncate(SHORT * 2);
        signature
    }

    /// Whether one of the keys made this short signature; compared in constant time.
    pub fn verify_short(&self, purpose: &str, text: &str, signature: &str) -> bool {
        let Some(bytes) = unhex::<SHORT>(signature) else { return false };
        self.0.iter().any(|key| mac(key, purpose, text).verify_truncated_left(&bytes).is_ok())
    }

    /// Secrets for one purpose, one of each key, in hexadecimal digits: for what signs by
    /// itself. The first is for signing.
    pub fn derived(&self, purpose: &str) -> Vec<String> {
        self.0.iter().map(|key| hex(&mac(key, purpose, "").finalize().into_bytes())).collect()
    }

    /// Whether one of the keys made this signature; compared in constant time.
    pub fn verify(&self, purpose: &str, text: &str, signature: &str) -> bool {
        let Some(bytes) = unhex::<32>(signature) else { return false };
        self.0.iter().any(|key| mac(key, purpose, text).verify_slice(&bytes).is_ok())
    }
}

/// The bytes of a short signature.
const SHORT: usize = 10;

fn mac(key: &[u8; 32], purpose: &str, text: &str) -> Hmac<Sha256> {
    // HMAC pads a key that is shorter than the hash's block of 64 bytes with zeros (RFC
    // 2104, 2); padded here, it has the one length that no check is needed for.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac
}

fn new_key() -> Result<[u8; 32], SecretsError> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(SecretsError::Random)?;
    Ok(key)
}

/// Random bytes as hexadecimal digits, for what nobody may guess.
pub fn random<const N: usize>() -> Result<String, SecretsError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(SecretsError::Random)?;
    Ok(hex(&bytes))
}

/// The SHA-256 of a token, under which it is stored. Tokens are random, so they need
/// no salt.
pub fn digest(token: &str) -> String {
    hex(&Sha256::digest(token))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(unix)]
fn refuse_open_file(path: &Path, name: &str) -> Result<(), SecretsError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(|e| SecretsError::File(name.to_owned(), e))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(SecretsError::Open(name.to_owned()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_open_file(_: &Path, _: &str) -> Result<(), SecretsError> {
    Ok(())
}

/// Writes a file that only its owner can read, whole or not at all.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // The library makes its files with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(folder: &Path) -> config::Secrets {
        config::Secrets { file: folder.join("secrets"), keys: String::new() }
    }

    #[test]
    fn what_an_old_key_signed_is_believed_after_a_rotation() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let before = Secrets::load(&settings).unwrap().sign("preview", "a");
        assert_eq!(Secrets::rotate(&settings).unwrap(), 2);
        let secrets = Secrets::load(&settings).unwrap();
        assert!(secrets.verify("preview", "a", &before));
        assert_ne!(secrets.sign("preview", "a"), before);
        assert!(!secrets.verify("other", "a", &before));
        assert!(!secrets.verify("preview", "b", &before));
        assert!(!secrets.verify("preview", "a", "zz"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_private_and_must_stay_so() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        Secrets::load(&settings).unwrap();
        let mode = std::fs::metadata(&settings.file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&settings.file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Secrets::load(&settings), Err(SecretsError::Open(_))));
    }

    #[test]
    fn a_broken_line_is_told() {
        let error = Secrets::parse("abc", "secrets").err().unwrap().to_string();
        assert_eq!(error, "secrets: line 1 is no key; a key is 64 hexadecimal digits");
    }
}
