//! The demo edition keeps what it promises: enough of everything that the pages know,
//! nothing said twice, each article with sources that can be looked up.
#![cfg(feature = "ssr")]

use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

#[derive(Deserialize)]
struct Matter {
    title: String,
    section: String,
    topics: Vec<String>,
    authors: Vec<String>,
    kind: Option<String>,
    standfirst: String,
    published: String,
    picture: Option<String>,
    #[serde(default)]
    picture_alt: String,
    pick: Option<i64>,
    source_url: Option<String>,
    #[serde(default)]
    corrections: Vec<serde::de::IgnoredAny>,
}

struct Article {
    name: String,
    matter: Matter,
    body: String,
}

#[derive(Deserialize)]
struct Comment {
    text: String,
    #[serde(default)]
    answers: Vec<Self>,
}

impl Comment {
    fn count(&self) -> usize {
        1 + self.answers.iter().map(Self::count).sum::<usize>()
    }

    fn depth(&self) -> usize {
        1 + self.answers.iter().map(Self::depth).max().unwrap_or(0)
    }
}

fn content(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn articles() -> Vec<Article> {
    let read = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        let (matter, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let matter = serde_saphyr::from_str(matter).unwrap_or_else(|e| panic!("{name}: {e}"));
        Article { name, matter, body: body.trim().to_owned() }
    };
    content("articles").iter().map(read).collect()
}

impl Article {
    /// The words that a reader counts: of the text as it is shown.
    fn words(&self) -> Vec<String> {
        let html = pressroom::services::text::html::from_markdown(&self.body);
        let text = pressroom::services::text::html::plain_text(&html);
        let letters = |c: char| c.is_alphanumeric() || c == '’' || c == '\'';
        text.split(|c| !letters(c)).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    }

    /// The addresses elsewhere to which it leads.
    fn sources(&self) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> = self.matter.source_url.as_deref().into_iter().collect();
        for at in self.body.match_indices("http").map(|(at, _)| at) {
            let end = self.body[at..].find([')', '"', '>', ' ', '\n']).map_or(self.body.len(), |n| at + n);
            found.insert(&self.body[at..end]);
        }
        found
    }

    fn is(&self, kind: &str) -> bool {
        self.matter.kind.as_deref().unwrap_or("news") == kind
    }
}

#[test]
fn there_is_enough_of_everything() {
    let all = articles();
    assert!(all.len() >= 60, "{} articles", all.len());
    let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
    for article in &all {
        *sections.entry(&article.matter.section).or_default() += 1;
    }
    assert!(sections.len() == 9 && sections.values().all(|n| *n >= 6), "{sections:?}");
    let people = content("authors").into_iter().filter(|file| file.file_stem().unwrap() != "newsroom").count();
    assert!(people >= 5, "{people} authors");
    let topics: BTreeSet<_> = all.iter().flat_map(|a| &a.matter.topics).map(|t| t.replace(' ', "-")).collect();
    let topics: BTreeSet<_> = topics.iter().map(|t| t.to_lowercase()).collect();
    assert!(topics.len() >= 20, "{topics:?}");
    for topic in [
        "donald-trump",
        "kamala-harris",
        "elections-2024",
        "elon-musk",
        "israel-war",
        "ukraine-war",
        "policy",
        "immigration",
    ] {
        assert!(topics.contains(topic), "no article about {topic}");
    }
    assert!(all.iter().filter(|a| a.matter.pick.is_some()).count() >= 5);
}

#[test]
fn each_kind_of_content_occurs() {
    let all = articles();
    let some = |what: &str, test: &dyn Fn(&Article) -> bool| assert!(all.iter().any(test), "no article with {what}");
    for kind in ["news", "opinion", "analysis", "sponsored"] {
        some(kind, &|a| a.is(kind));
    }
    some("a correction", &|a| !a.matter.corrections.is_empty());
    some("a day more than a year back", &|a| a.matter.published.as_str() < "2025-11");
    some("a source credit", &|a| a.matter.source_url.is_some());
    some("two authors", &|a| a.matter.authors.len() == 2);
    some("no picture", &|a| a.matter.picture.is_none());
    some("a table", &|a| a.body.contains("\n| ---"));
    some("a pull quote", &|a| a.body.contains("<blockquote class=\"pull\">"));
    some("a list", &|a| a.body.contains("\n- "));
    some("a numbered list", &|a| a.body.contains("\n1. "));
    some("a gallery", &|a| a.body.contains("<div class=\"gallery\">"));
    some("a link card", &|a| a.body.contains("<figure class=\"embed\">"));
    some("a title of 15 characters", &|a| a.matter.title.chars().count() == 15);
    some("a title of 175 characters", &|a| a.matter.title.chars().count() == 175);
    some("2,000 words", &|a| a.words().len() >= 2_000);
}

#[test]
fn most_are_short_and_some_are_long() {
    let all: Vec<(String, usize)> = articles().iter().map(|a| (a.name.clone(), a.words().len())).collect();
    let short = all.iter().filter(|(_, words)| (200..=450).contains(words)).count();
    assert!(short * 2 > all.len(), "{short} of {} have 200 to 450 words", all.len());
    let long = all.iter().filter(|(_, words)| *words >= 900).count();
    assert!(long >= 5, "{long} have 900 words");
    assert!(all.iter().all(|(_, words)| *words >= 200), "{all:?}");
}

#[test]
fn no_eight_words_stand_in_two_articles() {
    let mut seen: HashMap<Vec<String>, String> = HashMap::new();
    let mut twice = Vec::new();
    for article in articles() {
        let words = article.words();
        for eight in words.windows(8) {
            let first = seen.entry(eight.to_vec()).or_insert_with(|| article.name.clone());
            if *first != article.name {
                twice.push(format!("{} and {first}: {}", article.name, eight.join(" ")));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn each_article_names_two_sources() {
    for article in articles() {
        let sources = article.sources();
        assert!(sources.len() >= 2, "{}: {sources:?}", article.name);
        assert!(!article.matter.standfirst.is_empty(), "{} has no standfirst", article.name);
    }
}

/// As no two share a picture, no two on a page are alike; and what the script draws is
/// what is shown.
#[test]
fn each_picture_is_drawn_and_used_once() {
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for article in articles() {
        let Some(picture) = article.matter.picture else { continue };
        assert!(article.matter.picture_alt.len() > 20, "{}: its picture has no words", article.name);
        let name = picture.trim_start_matches("pictures/").trim_end_matches(".jpg").to_owned();
        let scene = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tools/draw/scenes/{name}.mjs"));
        assert!(scene.is_file(), "{}: no scene draws {name}", article.name);
        if let Some(other) = used.insert(name, article.name.clone()) {
            panic!("{} and {other} share a picture", article.name);
        }
    }
    assert!(used.len() >= 12, "{} pictures", used.len());
}

#[test]
fn readers_have_talked() {
    let talks: Vec<Vec<Comment>> = content("comments")
        .iter()
        .map(|file| serde_saphyr::from_str(&fs::read_to_string(file).unwrap()).unwrap())
        .collect();
    let counts: Vec<usize> = talks.iter().map(|talk| talk.iter().map(Comment::count).sum()).collect();
    assert!(counts.len() >= 4 && counts.contains(&60), "{counts:?}");
    assert!(talks.iter().flatten().any(|c| c.depth() >= 3), "nobody answers an answer");
    assert!(talks.iter().flatten().all(|c| c.text.trim().len() > 2));
}
