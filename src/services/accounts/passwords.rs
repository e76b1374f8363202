//! Passwords: Argon2id, a bounded number at once, the same time for unknown names.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// So many are computed at once: each takes 19 MiB. Browsers that have signed in before have a
/// place of their own, so that a flood of guesses doesn't keep them waiting.
static ROOM: Semaphore = Semaphore::const_new(1);
static ROOM_OF_KNOWN: Semaphore = Semaphore::const_new(1);
/// So many may wait for a place, which is about a second.
static QUEUE: Semaphore = Semaphore::const_new(16);
static QUEUE_OF_KNOWN: Semaphore = Semaphore::const_new(16);

/// OWASP's second choice for Argon2id: 19 MiB, two passes, one lane.
static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// Stands for the password of those who have none, so that asking takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody’s password").unwrap_or_default());

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password can’t be hashed: {0}")]
pub struct PasswordError(String);

fn hash_now(password: &str) -> Result<String, PasswordError> {
    let hash = ARGON2.hash_password(password.as_bytes()).map_err(|e| PasswordError(e.to_string()))?;
    Ok(hash.to_string())
}

/// The PHC string of a password.
pub async fn hash(password: String) -> Result<String, PasswordError> {
    let work = tokio::task::spawn_blocking(move || hash_now(&password));
    work.await.unwrap_or_else(|e| Err(PasswordError(e.to_string())))
}

/// Whether a password is the one of a PHC string; where that is empty it is not, after
/// the same time. `None` where too many wait already; `known` waits with those who have signed in
/// before.
pub async fn verify(password: String, stored: String, known: bool) -> Option<bool> {
    let (room, queue) = if known { (&ROOM_OF_KNOWN, &QUEUE_OF_KNOWN) } else { (&ROOM, &QUEUE) };
    let _place = queue.try_acquire().ok()?;
    // The semaphore is never closed.
    let _room = room.acquire().await.ok()?;
    let work = tokio::task::spawn_blocking(move || {
        let known = !stored.is_empty();
        let text = if known { stored.as_str() } else { NOBODY.as_str() };
        let right =
            PasswordHash::new(text).is_ok_and(|hash| ARGON2.verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    });
    Some(work.await.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let stored = hash("a horse that staples".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(verify("a horse that staples".into(), stored.clone(), false).await, Some(true));
        assert_eq!(verify("another horse".into(), stored, true).await, Some(false));
        assert_eq!(verify(String::new(), String::new(), false).await, Some(false));
        assert_eq!(verify("nobody’s password".into(), String::new(), false).await, Some(false));
    }
}
