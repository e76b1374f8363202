//! How a letter looks: its matter (for the mail and for the archive on the site), the mail
//! in HTML and in plain text.
//!
//! The HTML is made of MJML, which turns columns into the tables and conditional comments
//! that Outlook needs. What a letter says of articles is looked up each time: one that was
//! taken down is in no mail from then on.

use super::{bounces, mjml::Paper, reader_token};
use crate::services::{Site, operations::workers, site::frame::front, text::html};
use crate::{
    domain::{article, listing::Summary, newsletter::Kind},
    storage::{StorageError, articles::lists, newsletter::letters::Letter},
};

/// Stands where the token of a reader comes in; texts from outside lose it.
pub(super) const READER: &str = "%READER%";

/// What stands in a letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matter {
    /// An editor's words as HTML; may be empty.
    pub words: String,
    /// Articles under headings; the first heading may be empty.
    pub blocks: Vec<(String, Vec<Summary>)>,
}

impl Matter {
    /// Nothing would be in the mail.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.blocks.iter().all(|(_, articles)| articles.is_empty())
    }
}

/// What stands in a letter, as readers may see it now. A digest is in the order of a home
/// page: a lead with a picture, the editors' picks, then section by section.
pub async fn matter(site: &Site, letter: &Letter) -> Result<Matter, StorageError> {
    let front = front(site).await?;
    let mut found = lists::of(&site.db, &letter.articles, site.now()).await?;
    lists::add_bylines(&site.db, &mut found).await?;
    // An editor may use all that an article may; pictures from elsewhere are links.
    let words =
        if letter.body.is_empty() { String::new() } else { html::clean(&html::from_markdown(&letter.body), |_| None) };
    // In the order of the letter.
    found.sort_by_key(|article| letter.articles.iter().position(|id| *id == article.id.0));
    if letter.kind != Kind::Digest {
        // An article's letter is nothing without it.
        let blocks = if found.is_empty() { Vec::new() } else { vec![(String::new(), found)] };
        let words = if letter.kind == Kind::Article && blocks.is_empty() { String::new() } else { words };
        return Ok(Matter { words, blocks });
    }
    let mut blocks = Vec::new();
    if let Some(lead) = lead(&found) {
        blocks.push((String::new(), vec![found.remove(lead)]));
    }
    let picked = |article: &Summary| front.picks.iter().any(|pick| pick.id == article.id);
    let (picks, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(picked);
    if !picks.is_empty() {
        blocks.push((front.words.editors_picks.to_owned(), picks));
    }
    let mut sections: Vec<(String, Vec<Summary>)> =
        front.sections.iter().map(|(section, _)| (section.name.clone(), Vec::new())).collect();
    for article in rest {
        let name = &article.section.1;
        match sections.iter_mut().find(|(section, _)| section == name) {
            Some((_, articles)) => articles.push(article),
            None => sections.push((name.clone(), vec![article])),
        }
    }
    blocks.extend(sections.into_iter().filter(|(_, articles)| !articles.is_empty()));
    Ok(Matter { words, blocks })
}

/// The place of the article that leads a digest: the newest that nobody paid for, one with a
/// picture before one without.
pub fn lead(articles: &[Summary]) -> Option<usize> {
    let ours = |article: &Summary| article.kind != article::Kind::Sponsored;
    let shown = articles.iter().position(|article| ours(article) && article.picture.is_some());
    shown.or_else(|| articles.iter().position(ours)).or((!articles.is_empty()).then_some(0))
}

/// A letter ready for everybody: what differs between readers is put in by [`mail`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    html: String,
    text: String,
    /// Nothing of it may be seen any more.
    pub empty: bool,
}

/// A letter for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterMail {
    /// To whom.
    pub recipient: String,
    /// Where it comes back to, by the envelope; `None`: to the sender.
    pub return_path: Option<String>,
    /// Its subject.
    pub subject: String,
    /// In HTML.
    pub html: String,
    /// The same in plain text.
    pub text: String,
    /// Where its reader leaves the newsletter with one click; the full address.
    pub stop: String,
    /// The newsletter's slug.
    pub list: String,
    /// What names this letter to this reader, and nothing else: for `Message-ID`.
    pub name: String,
    /// When it was made, in milliseconds.
    pub written: i64,
    /// What a provider tells apart its reports by (Gmail's `Feedback-ID`).
    pub feedback: String,
}

/// For whom a letter is made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Its readers.
    Readers,
    /// The newsroom, which looks at it: nothing of it is counted.
    Newsroom,
}

/// Makes a letter ready.
pub async fn content(site: &Site, letter: &Letter, whom: For) -> Result<Content, StorageError> {
    let matter = matter(site, letter).await?;
    let front = front(site).await?;
    let list = front.edition.newsletters.iter().find(|list| list.slug.as_str() == letter.list);
    let paper = Paper {
        site,
        letter,
        publication: &front.edition.name,
        owner: match front.edition.postal_address.as_str() {
            "" => front.edition.owner.clone(),
            address => format!("{} · {address}", front.edition.owner),
        },
        newsletter: list.map_or(letter.list.as_str(), |list| list.name.as_str()),
        date: front.calendar.date(letter.due.unwrap_or(letter.made)),
        language: &front.edition.language,
        words: front.words,
        counts: whom == For::Readers && list.is_some_and(|list| list.count),
    };
    Ok(Content { html: paper.html(&matter)?, text: paper.text(&matter), empty: matter.is_empty() })
}

/// Why a letter can't be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// What stands in it makes no mail; in words.
    #[error("{0}")]
    Unmade(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Makes a letter ready, whatever stands in it: a letter that can't be made, by an error or a
/// panic, is its own fault alone.
pub async fn try_content(site: &Site, letter: &Letter, whom: For) -> Result<Content, PreviewError> {
    let (site, letter) = (site.clone(), letter.clone());
    match tokio::spawn(async move { content(&site, &letter, whom).await }).await {
        Ok(Ok(content)) => Ok(content),
        Ok(Err(error)) if error.is_of_data() => Err(PreviewError::Unmade(error.to_string())),
        Ok(Err(error)) => Err(error.into()),
        Err(error) => Err(PreviewError::Unmade(workers::words(error))),
    }
}

/// The letter for one reader.
pub fn mail(site: &Site, letter: &Letter, content: &Content, email: &str, id: i64, key: &str) -> LetterMail {
    let token = reader_token(site, id, key);
    let mail = personal(site, letter, content, email, &token, &bounces::name(site, letter.id, id));
    LetterMail { return_path: bounces::return_path(site, letter.id, id), ..mail }
}

/// A letter to somebody of the newsroom: its links lead to no reader's page.
pub fn test_mail(site: &Site, letter: &Letter, content: &Content, email: &str) -> LetterMail {
    let name = format!("{}.test.{}", letter.id, site.now().0);
    let mail = personal(site, letter, content, email, NOBODYS[1], &name);
    LetterMail { subject: format!("[Test] {}", letter.subject), written: site.now().0, ..mail }
}

fn personal(site: &Site, letter: &Letter, content: &Content, email: &str, token: &str, name: &str) -> LetterMail {
    LetterMail {
        recipient: email.to_owned(),
        return_path: None,
        subject: letter.subject.clone(),
        html: content.html.replace(READER, token),
        text: content.text.replace(READER, token),
        stop: site.url(&format!("/newsletter/leave/{}/{token}", letter.list)),
        list: letter.list.clone(),
        name: name.to_owned(),
        written: letter.due.unwrap_or(letter.made).0,
        feedback: format!("{}:{}:newsletter", letter.id, letter.list),
    }
}

/// The tokens of mails that go to no reader.
const NOBODYS: [&str; 2] = ["preview", "test"];

/// Whether this token stands in previews and test mails.
pub fn is_nobodys(token: &str) -> bool {
    NOBODYS.contains(&token)
}

/// The HTML of a letter as a mail program shows it, for the newsroom.
pub async fn preview(site: &Site, letter: &Letter) -> Result<(String, String), PreviewError> {
    let content = try_content(site, letter, For::Newsroom).await?;
    Ok((content.html.replace(READER, NOBODYS[0]), content.text.replace(READER, NOBODYS[0])))
}
