//! What is stored of one person: given to them, or erased. And all comments, for the
//! operator who takes them elsewhere.

use crate::services::{Site, newsletter::proof, site::secrets::digest};
use crate::storage::{StorageError, privacy};
use serde_json::{Value, json};

/// Everything that is stored under an address of mail, as JSON.
pub async fn export(site: &Site, email: &str) -> Result<Value, StorageError> {
    let email = email.trim().to_lowercase();
    let comments = privacy::comments_of(&site.db, &email).await?;
    let rest = privacy::rest_of(&site.db, &email).await?;
    let account = rest.account.map(|(name, role, since)| json!({ "name": name, "role": role, "since": since }));
    Ok(json!({
        "email": email,
        "account": account,
        "comments": comments,
        "recommends": rest.recommends,
        "reports": rest.reports.iter().map(|(id, reason, words)| json!({ "comment": id, "reason": reason, "words": words })).collect::<Vec<_>>(),
        "mails": rest.mails.iter().map(|(subject, text)| json!({ "subject": subject, "text": text })).collect::<Vec<_>>(),
        "bans": rest.bans,
        "newsletter": rest.newsletter.map(|(standing, asked, confirmed)| json!({
            "standing": standing,
            "asked": asked,
            "confirmed": confirmed,
            "since": rest.stood.as_ref().and_then(|(at, _)| *at),
            "fault": rest.stood.as_ref().and_then(|(_, fault)| fault.clone()),
            "lists": rest.newsletters.iter().map(|(list, since)| json!({ "newsletter": list, "since": since })).collect::<Vec<_>>(),
            "consents": rest.consents.iter().map(|consent| proof(consent, |at| at.0.into())).collect::<Vec<_>>(),
        })),
    }))
}

/// Erases it; answers the number of comments.
pub async fn erase(site: &Site, email: &str) -> Result<usize, StorageError> {
    let email = email.trim().to_lowercase();
    privacy::erase(&site.db, &email, &digest(&email), site.now()).await
}

/// Gives every comment to `write` as a line of JSON, in the order of their rows; answers
/// how many.
pub async fn all_comments(
    site: &Site,
    mut write: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<u64, StorageError> {
    const CHUNK: i64 = 1_000;
    let (mut after, mut count) = (0, 0);
    loop {
        let some = privacy::comments(&site.db, after, CHUNK).await?;
        let Some(last) = some.last() else { return Ok(count) };
        after = last.id;
        for comment in &some {
            // Plain data, so it has a form in JSON.
            let line = serde_json::to_string(comment).unwrap_or_default();
            write(&line).map_err(|e| StorageError::Folder("the export".into(), e))?;
            count += 1;
        }
    }
}
