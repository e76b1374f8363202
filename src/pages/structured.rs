//! What pages say of themselves to search engines (schema.org, as JSON-LD).

use crate::{
    domain::article::{Article, CommentPolicy, Kind, href},
    services::{Site, site::frame::Front},
};
use serde_json::{Value, json};

/// A block of JSON-LD as the text of a script element: no `<` can end it.
pub fn text(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

fn organization(site: &Site, front: &Front) -> Value {
    let profiles: Vec<&str> = front.edition.profiles.iter().map(|profile| profile.url.as_str()).collect();
    json!({
        "@type": "NewsMediaOrganization",
        "@id": site.url("/#organization"),
        "name": front.edition.name,
        "url": site.url("/"),
        "logo": { "@type": "ImageObject", "url": site.url("/icon-512.png"), "width": 512, "height": 512 },
        "sameAs": profiles,
    })
}

/// The home page: the organisation, and how the site is searched.
pub fn home(site: &Site, front: &Front) -> Value {
    json!({
        "@context": "https://schema.org",
        "@graph": [
            organization(site, front),
            {
                "@type": "WebSite",
                "@id": site.url("/#website"),
                "name": front.edition.name,
                "description": front.edition.description,
                "url": site.url("/"),
                "inLanguage": front.edition.language,
                "publisher": { "@id": site.url("/#organization") },
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {
                        "@type": "EntryPoint",
                        "urlTemplate": format!("{}?q={{search_term_string}}", site.url("/search")),
                    },
                    "query-input": "required name=search_term_string",
                },
            },
        ],
    })
}

/// The way from the home page: names and paths.
pub fn breadcrumb(site: &Site, steps: &[(&str, String)]) -> Value {
    let items: Vec<Value> = (1..)
        .zip(steps)
        .map(|(position, (name, path))| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": site.url(path) })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// An article with its way from the home page.
pub fn article(site: &Site, front: &Front, article: &Article) -> Value {
    let path = href(&article.section.slug, &article.slug);
    let url = site.url(&path);
    let kind = match article.kind {
        Kind::News => "NewsArticle",
        Kind::Opinion => "OpinionNewsArticle",
        Kind::Analysis => "AnalysisNewsArticle",
        Kind::Sponsored => "AdvertiserContentArticle",
    };
    let authors: Vec<Value> = article
        .authors
        .iter()
        .map(|author| {
            json!({ "@type": "Person", "name": author.name, "url": site.url(&format!("/author/{}", author.slug)) })
        })
        .collect();
    let authors = if authors.is_empty() { json!({ "@id": site.url("/#organization") }) } else { json!(authors) };
    let keywords: Vec<&str> = article.topics.iter().map(|topic| topic.name.as_str()).collect();
    let section_path = format!("/{}", article.section.slug);
    let mut matter = json!({
        "@type": kind,
        "@id": format!("{url}#article"),
        "mainEntityOfPage": url,
        "url": url,
        // Search engines cut what is longer.
        "headline": article.title.chars().take(110).collect::<String>(),
        "description": article.standfirst,
        "datePublished": front.calendar.machine(article.published),
        "dateModified": front.calendar.machine(article.updated.unwrap_or(article.published)),
        "author": authors,
        "publisher": organization(site, front),
        "articleSection": article.section.name,
        "keywords": keywords,
        "inLanguage": article.language.as_ref().unwrap_or(&front.edition.language),
        "wordCount": article.words,
        "isAccessibleForFree": true,
    });
    if article.comment_policy != CommentPolicy::Hidden {
        matter["commentCount"] = json!(article.comment_count);
    }
    if let Some(picture) = &article.picture {
        // Search engines ask for three ratios; of what is only there as it came there is one.
        let cuts = picture.cuts().into_iter().filter(|(name, _)| *name != "card");
        let mut images: Vec<String> = cuts.map(|(_, path)| site.url(&path)).collect();
        if images.is_empty() {
            images.push(site.url(&picture.href()));
        }
        matter["image"] = json!(images);
    }
    if let Some(source) = &article.source {
        matter["isBasedOn"] = json!(source.url);
    }
    let steps = [
        (front.words.home, "/".to_owned()),
        (article.section.name.as_str(), section_path),
        (article.title.as_str(), path),
    ];
    json!({ "@context": "https://schema.org", "@graph": [matter, breadcrumb(site, &steps)] })
}

/// A list with its way from the home page.
pub fn list(site: &Site, front: &Front, name: &str, path: &str) -> Value {
    let steps = [(front.words.home, "/".to_owned()), (name, path.to_owned())];
    let mut value = breadcrumb(site, &steps);
    value["@context"] = json!("https://schema.org");
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_script() {
        let text = text(&json!({ "headline": "</script><script>alert(1)</script>" }));
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["headline"], "</script><script>alert(1)</script>");
    }
}
