//! The article page.

use super::{ArticleTags, Head, shell, sidebar::sidebar, structured};
use crate::{
    components::{
        Card, Dress, IntoPiece, Piece, Shown, Stage, ad, author_box, body, byline_links, card, comments, icon, picture,
        portrait, share_row,
    },
    domain::{
        article::{Article, CommentPolicy, Status, href, minutes},
        comment::Order,
        edition::Place,
        share::Shared,
        words::Words,
    },
    services::{Site, articles::Reading, site::frame::Front},
};
use leptos::prelude::*;

/// The page of an article; `preview` says that it is not public.
pub fn page(site: &Site, front: &Front, reading: &Reading, preview: bool) -> String {
    let article = &reading.article;
    let path = href(&article.section.slug, &article.slug);
    let head = Head {
        title: article.titles.search.clone().unwrap_or_else(|| article.title.clone()),
        description: article.standfirst.clone(),
        canonical: (!preview).then(|| path.clone()),
        noindex: preview,
        social_title: article.titles.social.clone().or_else(|| Some(article.title.clone())),
        social_text: article.titles.social_text.clone(),
        picture: article.picture.clone(),
        article: Some(ArticleTags {
            published: front.calendar.machine(article.published),
            updated: article.updated.map(|at| front.calendar.machine(at)),
            section: article.section.name.clone(),
            authors: article.authors.iter().map(|a| site.url(&format!("/author/{}", a.slug))).collect(),
            topics: article.topics.iter().map(|t| t.name.clone()).collect(),
        }),
        structured: Some(structured::article(site, front, article)),
        feeds: Some((format!("/{}", article.section.slug), article.section.name.clone())),
        source: article
            .source
            .as_ref()
            .filter(|_| !preview && front.edition.machines.canonical_is_source)
            .map(|source| source.url.clone()),
        current: format!("/{}", article.section.slug),
        language: article.language.clone(),
    };
    shell::page(site, front, head, |dress| {
        view! {
            <div class="columns">
                {matter(site, front, dress, reading, &path, preview)}
                {sidebar(front, dress, Some(&article.slug))}
            </div>
        }
        .piece()
    })
}

fn matter(site: &Site, front: &Front, dress: &Dress, reading: &Reading, path: &str, preview: bool) -> Piece {
    let article = &reading.article;
    let words = front.words;
    let url = site.url(path);
    let image = article.picture.as_ref().map(|p| site.url(&p.href()));
    let shared = Shared {
        url: &url,
        title: &article.title,
        text: &article.standfirst,
        picture: image.as_deref(),
        slug: article.slug.as_str(),
    };
    let rows = &front.edition.sharing;
    let language = article.language.clone().filter(|tag| *tag != front.edition.language);
    let standfirst =
        (!article.standfirst.is_empty()).then(|| view! { <p class="standfirst">{article.standfirst.clone()}</p> });
    view! {
        <article class="article" lang=language>
            {preview.then(|| view! { <p class="notice notice--preview">{words.preview_line}</p> })}
            {breadcrumb(article, words)}
            <header class="article__head">
                {label(article, words)}
                <h1 class="article__title">{article.title.clone()}</h1>
                {byline(dress, article, reading.policy)}
            </header>
            {share_row(dress, words.share, &rows.top, shared)}
            {lead_picture(article)}
            {standfirst}
            {notices(front, dress, article)}
            {body(&article.body, ad(dress, &front.edition, Place::Article))}
            {source_line(article, words)}
            <p class="article__address">{url.clone()}</p>
            {share_row(dress, words.share_again, &rows.bottom, shared)}
            {topics(article, words)}
            {about_authors(article, words)}
            {related(dress, reading)}
            {conversation(front, dress, reading)}
        </article>
    }
    .piece()
}

fn conversation(front: &Front, dress: &Dress, reading: &Reading) -> Option<Piece> {
    let stage = Stage {
        article: &reading.article,
        policy: reading.policy,
        rules: &front.edition.conversation,
        order: Order::Oldest,
    };
    comments(dress, &stage, &reading.talk)
}

fn breadcrumb(article: &Article, words: &'static Words) -> Piece {
    view! {
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol>
                <li><a href="/">{words.home}</a></li>
                <li><a href=format!("/{}", article.section.slug)>{article.section.name.clone()}</a></li>
                <li aria-current="page">{article.title.clone()}</li>
            </ol>
        </nav>
    }
    .piece()
}

fn label(article: &Article, words: &'static Words) -> Piece {
    let kind = article.kind.label(words).map(|word| view! { <span class="label__kind">{word}</span> });
    view! {
        <p class="label">
            <a class="label__section" href=format!("/{}", article.section.slug)>{article.section.name.clone()}</a>
            {kind}
        </p>
    }
    .piece()
}

fn byline(dress: &Dress, article: &Article, policy: CommentPolicy) -> Piece {
    let words = dress.words;
    let faces: Vec<_> = article.authors.iter().map(portrait).collect();
    let names = (!article.authors.is_empty()).then(|| byline_links(dress, &article.authors));
    let updated =
        article.updated.map(|at| view! { <span class="byline__item">{words.updated}" "{dress.date(at)}</span> });
    let count = (policy != CommentPolicy::Hidden).then(|| {
        view! {
            <a class="byline__item byline__comments" href="#comments">{icon("comment")}{(words.comments)(article.comment_count)}</a>
        }
    });
    let when = if article.status == Status::Draft { None } else { Some(dress.date(article.published)) };
    view! {
        <div class="byline">
            <span class="byline__faces">{faces}</span>
            {names}
            <span class="byline__facts">
                <span class="byline__item">{when}</span>
                {updated}
                {count}
                <span class="byline__item">{(words.minutes)(minutes(&article.standfirst, article.words))}</span>
            </span>
        </div>
    }
    .piece()
}

fn lead_picture(article: &Article) -> Option<Piece> {
    let shown = article.picture.as_ref()?;
    let credit = (!shown.credit.is_empty()).then(|| view! { <span class="credit">{shown.credit.clone()}</span> });
    let caption = (!shown.caption.is_empty() || !shown.credit.is_empty())
        .then(|| view! { <figcaption>{shown.caption.clone()}" "{credit}</figcaption> });
    Some(view! { <figure class="lead-picture">{picture(shown, Shown::LEAD, true)}{caption}</figure> }.piece())
}

fn notices(front: &Front, dress: &Dress, article: &Article) -> Piece {
    let words = front.words;
    let old = front
        .calendar
        .over_a_year(article.published, front.now)
        .then(|| view! { <p class="notice">{words.old_article}</p> });
    let corrections: Vec<_> = article
        .corrections
        .iter()
        .map(|correction| {
            view! {
                <p class="notice notice--correction">
                    <strong>{words.correction}", "{dress.date(correction.at)}": "</strong>
                    {correction.text.clone()}
                </p>
            }
        })
        .collect();
    view! { {old}{corrections} }.piece()
}

fn source_line(article: &Article, words: &'static Words) -> Option<Piece> {
    let source = article.source.as_ref()?;
    let name = (!source.name.is_empty()).then(|| format!(" ({})", source.name));
    Some(
        view! {
            <p class="source-line"><a href=source.url.clone() rel="noopener">{words.read_full_article}{name}</a></p>
        }
        .piece(),
    )
}

fn topics(article: &Article, words: &'static Words) -> Option<Piece> {
    if article.topics.is_empty() {
        return None;
    }
    let tags: Vec<_> = article
        .topics
        .iter()
        .map(|topic| view! { <li><a class="tag" rel="tag" href=format!("/topic/{}", topic.slug)>{topic.name.clone()}</a></li> })
        .collect();
    Some(view! { <nav class="tags" aria-label=words.topics_here><ul>{tags}</ul></nav> }.piece())
}

fn about_authors(article: &Article, words: &'static Words) -> Option<Piece> {
    if article.authors.is_empty() {
        return None;
    }
    let boxes: Vec<_> = article.authors.iter().map(author_box).collect();
    Some(
        view! {
            <section class="about-authors" aria-labelledby="about-author">
                <h2 class="visually-hidden" id="about-author">{words.about_the_author}</h2>
                {boxes}
            </section>
        }
        .piece(),
    )
}

fn related(dress: &Dress, reading: &Reading) -> Option<Piece> {
    if reading.related.is_empty() {
        return None;
    }
    let cards: Vec<_> = reading.related.iter().map(|a| view! { <li>{card(dress, a, Card::TILE)}</li> }).collect();
    Some(
        view! {
            <section class="related" aria-labelledby="related">
                <h2 class="block-heading" id="related">{dress.words.related_articles}</h2>
                <ul class="grid">{cards}</ul>
            </section>
        }
        .piece(),
    )
}
