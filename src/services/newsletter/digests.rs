//! Digests: made of what is new, by the clock.

use super::{issues, render};
use crate::services::{
    Site,
    site::{frame::front, supervision},
};
use crate::{
    domain::{
        listing::Summary,
        newsletter::{Kind, MAX_PREHEADER, MAX_SUBJECT, Newsletter, State},
        time::Timestamp,
    },
    storage::{
        StorageError,
        articles::lists::{self, Span},
        newsletter::letters::{self as stored, Draft},
    },
};

/// The most articles in one letter: more are not read, and Gmail cuts mails of over 102 KB.
const MOST: i64 = 30;

/// Makes the digests whose time has come; answers when the next one's comes.
pub async fn make_due(site: &Site) -> Result<Option<Timestamp>, StorageError> {
    let front = front(site).await?;
    let now = site.now();
    let mut next: Option<Timestamp> = None;
    for list in front.edition.newsletters.iter().filter(|list| !list.digest.is_empty()) {
        let since = stored::looked(&site.db, list.slug.as_str(), now).await?;
        // Settings are checked when they are stored.
        let Ok([latest, after]) = front.calendar.latest(&list.digest, now) else { continue };
        next = next.into_iter().chain(after).min();
        let Some(due) = latest.filter(|due| *due > since) else { continue };
        let name = format!("the digest of {}", list.slug);
        match make(site, list, since, due).await {
            Ok(()) => supervision::well(site, &name).await,
            // One newsletter's articles are no other's fault.
            Err(error) if error.is_of_data() => supervision::failed(site, &name, &error.to_string()).await,
            Err(error) => return Err(error),
        }
    }
    Ok(next)
}

async fn make(site: &Site, list: &Newsletter, since: Timestamp, due: Timestamp) -> Result<(), StorageError> {
    let now = site.now();
    let slug = list.slug.as_str();
    let articles = lists::within(&site.db, Span { from: since, until: due }, MOST).await?;
    let Some(lead) = render::lead(&articles).and_then(|place| articles.get(place)) else {
        stored::look(&site.db, slug, since, due, None, now).await?;
        return Ok(());
    };
    let draft = Draft {
        list: slug.to_owned(),
        kind: Kind::Digest,
        subject: cut(&format!("{}: {}", list.name, lead.title), MAX_SUBJECT),
        preheader: cut(&titles(&articles, lead), MAX_PREHEADER),
        body: String::new(),
        articles: articles.iter().map(|article| article.id.0).collect(),
    };
    let (state, why) = if issues::is_held(site).await? {
        (State::Paused, issues::RESTORED)
    } else if list.approve {
        (State::Draft, "Made by the schedule: it goes out when an editor approves it.")
    } else {
        (State::Approved, "")
    };
    let name = issues::name(site, slug, due).await?;
    if stored::look(&site.db, slug, since, due, Some((&draft, &name, state, why)), now).await? {
        tracing::info!(list = slug, articles = draft.articles.len(), "a digest was made");
    }
    Ok(())
}

/// The next headlines, for the line beside the subject.
fn titles(articles: &[Summary], lead: &Summary) -> String {
    let others = articles.iter().filter(|article| article.id != lead.id).take(2);
    others.map(|article| article.title.as_str()).collect::<Vec<_>>().join(" · ")
}

/// One line of at most so many characters, in whole words where that is possible.
pub(super) fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = line.chars().filter(|c| !c.is_control()).collect();
    if text.chars().count() <= most {
        return text;
    }
    let head: String = text.chars().take(most - 1).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_headline_ends_with_a_whole_word() {
        assert_eq!(cut("one two", 7), "one two");
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("undividable", 5), "undi…");
        assert_eq!(cut(" one\r\ntwo\0 ", 9), "one two");
    }
}
