//! How well it finds: questions with the articles that should come first, for each kind.

use super::{
    common::{TestDb, TestSite, sqlite},
    follow, slugs, until,
};
use pressroom::{
    search::analysis::Analysis,
    services::{articles::media::Forms, import},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fs::File, io::BufReader, path::Path};

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    kind: String,
    asked: String,
    found: Vec<String>,
    #[serde(default)]
    unseen: bool,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn questions() -> Vec<Question> {
    let text = std::fs::read_to_string(root().join("tests/search/questions.toml")).unwrap();
    toml::from_str::<Questions>(&text).unwrap().question
}

async fn archive(database: &TestDb) -> TestSite {
    let test = TestSite::new(database).await;
    import::markdown::import(&test.site, &root().join("content"), Forms::Later, |_, _| ()).await.unwrap();
    let file = || BufReader::new(File::open(root().join("end2end/strange.xml")).unwrap());
    let bundle = import::wordpress::survey(file()).unwrap();
    let entries = import::wordpress::entries(file()).unwrap();
    import::load::import(&test.site, &bundle, entries, import::load::Options::default(), |_| ()).await.unwrap();
    test
}

#[tokio::test]
async fn questions_find_their_articles() {
    let database = sqlite();
    let test = archive(&database).await;
    let _followed = follow(&test.site);
    until(&test.site, "\"price tag\" container pier", &["who-pays-a-tariff"]).await;
    // Kind: questions, sum of reciprocal ranks, found among the first ten.
    let mut kinds: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for question in questions() {
        let found = slugs(&test.site, &question.asked).await;
        let rank = found.iter().take(10).position(|slug| question.found.contains(slug));
        if rank != Some(0) && !question.unseen {
            println!("{}: “{}” has it at {rank:?}: {:?}", question.kind, question.asked, &found[..found.len().min(3)]);
        }
        for kind in [question.kind.as_str(), if question.unseen { "(unseen)" } else { "(seen)" }, "(all)"] {
            let sums = kinds.entry(kind.to_owned()).or_default();
            sums.0 += 1.0;
            sums.1 += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
            sums.2 += f64::from(u8::from(rank.is_some()));
        }
    }
    for (kind, (count, ranks, found)) in &kinds {
        println!(
            "search quality, {kind}: {count} questions, MRR {:.3}, recall at 10 {:.3}",
            ranks / count,
            found / count
        );
    }
    for (kind, (count, ranks, found)) in &kinds {
        let (least, recall) = if kind == "(all)" { (0.9, 0.95) } else { (0.7, 0.0) };
        assert!(ranks / count >= least && found / count >= recall, "{kind}");
    }
}

#[tokio::test]
async fn a_third_of_the_questions_has_no_word_of_the_title() {
    let database = sqlite();
    let test = archive(&database).await;
    let mut analysis = Analysis::of("en");
    // What stands in every text tells nothing.
    let little =
        ["a", "an", "and", "by", "for", "from", "how", "in", "it", "of", "on", "the", "to", "what", "who", "with"];
    let questions = questions();
    let paraphrased: Vec<&Question> = questions.iter().filter(|question| question.kind == "paraphrase").collect();
    assert!(questions.len() >= 60 && paraphrased.len() * 3 >= questions.len());
    assert!(questions.iter().filter(|question| question.unseen).count() * 5 >= questions.len() * 2);
    let mut wrong = Vec::new();
    for question in paraphrased {
        for slug in &question.found {
            let found = slug.parse().unwrap();
            let title = pressroom::storage::articles::by_slug(&test.site.db, &found).await.unwrap().unwrap().title;
            let title: Vec<String> = analysis.words(&title).into_iter().map(|word| word.stem).collect();
            for word in analysis.words(&question.asked) {
                let shared = title.contains(&word.stem) && !little.contains(&word.stem.as_str());
                if shared {
                    wrong.push(format!("“{}” has “{}” of {slug}", question.asked, word.form));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
