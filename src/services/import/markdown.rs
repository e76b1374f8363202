//! A folder of Markdown files with front matter: `authors/`, `articles/`,
//! `pages/` and the pictures that they name; `comments/` holds conversations. The
//! file's name is the slug.
//!
//! A file with a mistake is left out with a line in the report; the others come in.

use super::{
    comments_file,
    front_matter::{ArticleMatter, AuthorMatter, Mistake, PageMatter, parse, read, slug_of, status},
    load::{Origin, conversation},
    report::Report,
};
use crate::{
    calendar::{Calendar, parse_moment},
    domain::{
        MediaId,
        article::{CommentPolicy, Correction, Kind, Source, Status, Titles},
        comment::Subject,
        edition::is_link,
        media::Picture,
        slug::Slug,
        time::Timestamp,
    },
    services::{
        Site,
        articles::media::{self, About, Forms},
        site::settings,
        text::{html, slugs},
    },
    storage::{self, StorageError, articles::Body, authors, pages, sections, topics},
};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// Why the import stopped altogether.
#[derive(Debug, thiserror::Error)]
pub enum MarkdownError {
    /// There is no such folder.
    #[error("{0}: there is no such folder")]
    NoFolder(String),
    /// Nothing of an archive is in it.
    #[error("{0}: there is neither articles/ nor pages/ nor authors/ in it")]
    NoArchive(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Brings a folder in. `progress` is told how many of how many files are in: pictures
/// are made ready on the way, which takes its time, unless `leads` may wait for the server.
pub async fn import(
    site: &Site,
    folder: &Path,
    leads: Forms,
    mut progress: impl FnMut(usize, usize),
) -> Result<Report, MarkdownError> {
    if !folder.is_dir() {
        return Err(MarkdownError::NoFolder(folder.display().to_string()));
    }
    if !["articles", "authors", "pages"].iter().any(|kind| folder.join(kind).is_dir()) {
        return Err(MarkdownError::NoArchive(folder.display().to_string()));
    }
    let edition = settings::edition(site).await?;
    let calendar = Calendar::new(&edition.time_zone, &edition.language);
    let mut import = Import { site, folder, calendar, leads, report: Report::default() };
    let kinds = [("authors", "md"), ("pages", "md"), ("articles", "md"), ("comments", "yaml")];
    let all: Vec<_> = kinds
        .iter()
        .flat_map(|(kind, ends)| files(&folder.join(kind), ends).into_iter().map(move |f| (*kind, f)))
        .collect();
    for (n, (kind, file)) in all.iter().enumerate() {
        progress(n, all.len());
        let done = match *kind {
            "authors" => import.author(file).await,
            "pages" => import.page(file).await,
            "comments" => import.comments(file).await,
            _ => import.article(file).await,
        };
        if let Err(mistake) = done {
            import.report.note(file.display().to_string(), mistake);
        }
    }
    site.db.take_stock().await?;
    Ok(import.report)
}

/// The files of a folder whose names end so, in the order of their names.
fn files(folder: &Path, ends: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ends)).collect();
    files.sort();
    files
}

struct Import<'a> {
    site: &'a Site,
    folder: &'a Path,
    calendar: Calendar,
    leads: Forms,
    report: Report,
}

impl Import<'_> {
    async fn author(&mut self, file: &Path) -> Result<(), Mistake> {
        let (matter, text): (AuthorMatter, String) = read(file)?;
        let about = About { alt: matter.picture_alt, ..About::default() };
        let picture = self.picture(file, matter.picture.as_deref(), &about).await?;
        if let Some(link) = matter.links.iter().find(|link| !is_link(&link.url)) {
            return Err(format!("links: “{}” is no address", link.url));
        }
        let draft = authors::Draft {
            slug: slug_of(file)?,
            name: matter.name,
            role: matter.role,
            bio: text.split_whitespace().collect::<Vec<_>>().join(" "),
            email: matter.email,
            picture,
            links: matter.links,
            position: matter.position,
            key: None,
        };
        authors::save(&self.site.db, &draft, self.site.now()).await.map_err(|e| e.to_string())?;
        Ok(())
    }

    async fn page(&mut self, file: &Path) -> Result<(), Mistake> {
        let (matter, text): (PageMatter, String) = read(file)?;
        let slug = slug_of(file)?.top_level().map_err(|e| e.to_string())?;
        let body = self.body(file, text).await?;
        let now = self.site.now();
        // A page that reads as before keeps the date of its last change.
        let updated = match storage::pages::by_slug(&self.site.db, &slug).await.map_err(|e| e.to_string())? {
            Some(page) if page.body == body.html && page.title == matter.title => page.updated,
            _ => now,
        };
        let draft = pages::Draft {
            slug,
            title: matter.title,
            standfirst: matter.standfirst,
            body,
            status: status(matter.status.as_deref())?,
            updated,
            key: None,
        };
        let (_, saved) = pages::save(&self.site.db, &draft, now).await.map_err(|e| e.to_string())?;
        self.report.count(saved);
        Ok(())
    }

    async fn article(&mut self, file: &Path) -> Result<(), Mistake> {
        let (matter, text): (ArticleMatter, String) = read(file)?;
        let db = &self.site.db;
        let fault = |e: StorageError| e.to_string();
        let slug = slug_of(file)?.below_section().map_err(|e| format!("file name: {e}"))?;
        if matter.title.trim().is_empty() {
            return Err("title: is empty".into());
        }
        let section: Slug = matter.section.parse().map_err(|e| format!("section: {e}"))?;
        let section = sections::by_slug(db, &section)
            .await
            .map_err(fault)?
            .ok_or(format!("section: there is no section “{section}”"))?;
        let focus = matter.picture_focus.as_deref().map(str::parse).transpose();
        let about = About {
            alt: matter.picture_alt,
            caption: matter.picture_caption,
            credit: matter.picture_credit,
            focus: focus.map_err(|e| format!("picture_focus: {e}"))?,
        };
        let picture = self.picture(file, matter.picture.as_deref(), &about).await?;
        let body = self.body(file, text).await?;
        let source = match (matter.source_name, matter.source_url) {
            (_, Some(url)) if !url.starts_with("http") || !is_link(&url) => {
                return Err(format!("source_url: “{url}” is no web address"));
            }
            (name, Some(url)) => Some(Source { name: name.unwrap_or_default(), url }),
            _ => None,
        };
        let mut authors = Vec::new();
        for name in &matter.authors {
            let slug: Slug = name.parse().map_err(|e| format!("authors: {e}"))?;
            let author = authors::by_slug(db, &slug).await.map_err(fault)?;
            authors.push(author.ok_or(format!("authors: there is no author “{name}”"))?.id);
        }
        let mut topics = Vec::new();
        for name in &matter.topics {
            topics.push(self.topic(name).await?);
        }
        let corrections = matter
            .corrections
            .into_iter()
            .map(|c| Ok(Correction { at: self.moment("corrections", &c.at)?, text: c.text }))
            .collect::<Result<_, Mistake>>()?;
        let now = self.site.now();
        let mut status = status(matter.status.as_deref())?;
        let stored = storage::articles::by_slug(db, &slug).await.map_err(fault)?;
        let mut published = match &matter.published {
            Some(text) => self.moment("published", text)?,
            // What nobody sees yet needs no moment; `publish` gives it one.
            None if matches!(status, Status::Draft | Status::Review) => stored.as_ref().map_or(now, |a| a.published),
            None => return Err("published: is missing; a moment like 2025-05-21T09:30:00-04:00".into()),
        };
        if status == Status::Published && published > now {
            status = Status::Scheduled;
        }
        // What an editor has taken down or picked since stays so: the file doesn't know.
        if stored.as_ref().is_some_and(|a| a.status == Status::Removed) {
            status = Status::Removed;
        }
        // Nor does it know of a moment that was set since, unless it names a new one itself.
        if let Some(article) = stored.as_ref().filter(|a| a.published != published && a.status != Status::Removed)
            && storage::articles::was_published(db, article.id, published).await.map_err(fault)?
        {
            (status, published) = (article.status, article.published);
        }
        if stored.as_ref().is_some_and(|a| a.status == Status::Published) && status == Status::Scheduled {
            status = Status::Published;
        }
        let says = parse("comments", matter.comments.as_deref(), CommentPolicy::Open)?;
        let draft = storage::articles::Draft {
            slug,
            section: section.id,
            kind: parse("kind", matter.kind.as_deref(), Kind::News)?,
            status,
            title: matter.title,
            titles: Titles {
                card: matter.card_title,
                search: matter.search_title,
                social: matter.social_title,
                social_text: matter.social_text,
            },
            standfirst: matter.standfirst,
            body,
            picture,
            source,
            language: matter.language,
            comment_policy: storage::articles::policy_of_archive(db, stored.as_ref(), says).await.map_err(fault)?,
            pick: match &stored {
                Some(article) => article.pick,
                None => matter.pick,
            },
            corrections,
            published,
            updated: matter.updated.as_deref().map(|text| self.moment("updated", text)).transpose()?,
            authors,
            topics,
            key: None,
        };
        let (_, saved) = storage::articles::save(db, &draft, now).await.map_err(fault)?;
        self.report.count(saved);
        Ok(())
    }

    /// The conversation under the article of the same name.
    async fn comments(&mut self, file: &Path) -> Result<(), Mistake> {
        let slug = slug_of(file)?;
        let article = storage::articles::by_slug(&self.site.db, &slug).await.map_err(|e| e.to_string())?;
        let article = article.ok_or(format!("there is no article “{slug}”"))?.id;
        let all = comments_file::read(file, slug.as_str(), &self.calendar)?;
        conversation(self.site, Origin("markdown"), Subject::Article(article), &all, &mut self.report)
            .await
            .map_err(|e| e.to_string())
    }

    fn moment(&self, key: &str, text: &str) -> Result<Timestamp, Mistake> {
        parse_moment(text, &self.calendar)
            .ok_or_else(|| format!("{key}: “{text}” is no moment like 2025-05-21T09:30:00-04:00"))
    }

    /// A topic by slug or name; one that isn't there yet is made.
    async fn topic(&self, name: &str) -> Result<crate::domain::TopicId, Mistake> {
        let slug =
            name.parse().ok().or_else(|| slugs::slugify(name)).ok_or(format!("topics: “{name}” has no letters"))?;
        if let Some(topic) = topics::by_slug(&self.site.db, &slug).await.map_err(|e| e.to_string())? {
            return Ok(topic.id);
        }
        let name = if name == slug.as_str() { name.replace('-', " ") } else { name.to_owned() };
        let draft = topics::Draft { slug, name, description: String::new(), bar_position: None, key: None };
        topics::save(&self.site.db, &draft, self.site.now()).await.map_err(|e| e.to_string())
    }

    async fn picture(&mut self, file: &Path, name: Option<&str>, about: &About) -> Result<Option<MediaId>, Mistake> {
        let Some(name) = name else { return Ok(None) };
        let path = self.find(file, name)?;
        let key = format!("markdown:lead:{}", file.strip_prefix(self.folder).unwrap_or(file).display());
        Ok(Some(self.take_in(&path, &key, about, self.leads).await?.id))
    }

    async fn take_in(&mut self, path: &Path, key: &str, about: &About, forms: Forms) -> Result<Picture, Mistake> {
        let (picture, new) =
            media::take_in(self.site, path, key, about, forms).await.map_err(|e| format!("picture: {e}"))?;
        self.report.pictures += usize::from(new);
        Ok(picture)
    }

    /// A picture's file, by its name from the file that names it or from the
    /// folder; never outside the folder.
    fn find(&self, file: &Path, name: &str) -> Result<PathBuf, Mistake> {
        let inside = self.folder.canonicalize().map_err(|e| format!("{}: {e}", self.folder.display()))?;
        let beside = file.parent().unwrap_or(self.folder);
        let found = [beside.join(name), self.folder.join(name)].into_iter().find_map(|p| p.canonicalize().ok());
        match found {
            Some(path) if path.starts_with(&inside) => Ok(path),
            Some(_) => Err(format!("picture: “{name}” lies outside the folder")),
            None => Err(format!("picture: there is no file “{name}”")),
        }
    }

    async fn body(&mut self, file: &Path, source: String) -> Result<Body, Mistake> {
        let raw = html::from_markdown(&source);
        // First all pictures of the text are taken in, then it is cleaned in one go.
        let mut names = Vec::new();
        html::clean(&raw, |src| {
            names.push(src.to_owned());
            None
        });
        let mut placed = HashMap::new();
        for name in names {
            if name.contains("://") {
                self.report.note(
                    file.display().to_string(),
                    format!("the picture {name} lies elsewhere; a link stands in its place"),
                );
                continue;
            }
            let path = self.find(file, &name)?;
            let key = format!("markdown:body:{}", path.strip_prefix(self.folder).unwrap_or(&path).display());
            // Their forms stand in the text, which is not written again.
            placed.insert(name, self.take_in(&path, &key, &About::default(), Forms::Now).await?);
        }
        let html = html::clean(&raw, |src| {
            placed.get(src).map(|p| html::Placed { sources: p.sources(1_920), width: p.width, height: p.height })
        });
        let words = i64::try_from(crate::domain::article::count_words(&html::plain_text(&html))).unwrap_or(i64::MAX);
        Ok(Body { html, source, format: "markdown".into(), cleaner: html::CLEANER, words })
    }
}
