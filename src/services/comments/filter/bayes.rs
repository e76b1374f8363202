//! The filter's own judgement, learnt from what this newsroom decides: Robinson's
//! method with Fisher's way of combining (G. Robinson, "A Statistical Approach to the
//! Spam Problem", Linux Journal 107, 2003).

use crate::services::{Site, text::word_lists::fold};
use crate::{
    domain::{CommentId, reply::links},
    storage::{
        StorageError,
        comments::filter::{self, Weights},
    },
};
use std::collections::BTreeSet;

/// Before so many good and bad comments were decided, it has no opinion.
const ENOUGH: i64 = 20;
/// How much a word counts that was hardly seen, and for what (Robinson's s and x).
const STRENGTH: f64 = 0.45;
const UNKNOWN: f64 = 0.5;
/// Words nearer to the middle than this say nothing.
const DULL: f64 = 0.1;
/// So many words decide.
const MOST: usize = 150;

/// What the filter learns of a comment: its words, where its links lead, how many.
pub fn marks(words: &str) -> Vec<String> {
    let mut marks = BTreeSet::new();
    for word in fold(words).split_whitespace().filter(|word| (2..=24).contains(&word.len())) {
        marks.insert(word.to_owned());
    }
    for rest in words.split("://").skip(1) {
        let host: String = rest.chars().take_while(|c| c.is_alphanumeric() || ".-".contains(*c)).take(80).collect();
        marks.insert(format!("to:{}", host.to_lowercase()));
    }
    marks.insert(format!("links:{}", links(words).min(3)));
    marks.into_iter().take(600).collect()
}

/// Between 0 (good) and 1 (spam); `None` while too little was learnt.
pub fn score(marks: &[String], weights: &Weights) -> Option<f64> {
    let (good, bad) = weights.get("").copied().unwrap_or_default();
    if good < ENOUGH || bad < ENOUGH {
        return None;
    }
    let mut chances: Vec<f64> = marks
        .iter()
        .filter_map(|mark| {
            let (in_good, in_bad) = *weights.get(mark)?;
            let (g, b) = (in_good.max(0) as f64 / good as f64, in_bad.max(0) as f64 / bad as f64);
            let seen = (in_good + in_bad) as f64;
            (g + b > 0.0).then(|| (STRENGTH * UNKNOWN + seen * (b / (g + b))) / (STRENGTH + seen))
        })
        .filter(|chance| (chance - 0.5).abs() >= DULL)
        .collect();
    chances.sort_by(|a, b| (b - 0.5).abs().total_cmp(&(a - 0.5).abs()));
    chances.truncate(MOST);
    if chances.is_empty() {
        return Some(0.5);
    }
    let n = chances.len();
    let h = chi_square(-2.0 * chances.iter().map(|c| c.ln()).sum::<f64>(), n);
    let s = chi_square(-2.0 * chances.iter().map(|c| (1.0 - c).ln()).sum::<f64>(), n);
    Some((1.0 + h - s) / 2.0)
}

/// The chance that a sum of `2n` squares is at least `x`.
fn chi_square(x: f64, n: usize) -> f64 {
    let half = x / 2.0;
    let mut term = (-half).exp();
    let mut sum = term;
    for i in 1..n {
        term *= half / i as f64;
        sum += term;
    }
    sum.min(1.0)
}

/// What the filter thinks of some words.
pub async fn ask(site: &Site, words: &str) -> Result<Option<f64>, StorageError> {
    let mut marks = marks(words);
    marks.push(String::new());
    let weights = filter::weights(&site.db, &marks).await?;
    marks.pop();
    Ok(score(&marks, &weights))
}

/// Learns what was decided about a comment; `None` takes back what was learnt.
pub async fn learn(site: &Site, id: CommentId, words: &str, good: Option<bool>) -> Result<(), StorageError> {
    filter::learn(&site.db, id, &marks(words), good, site.now()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A labelled set made of parts, in an order that no part decides.
    fn labelled() -> Vec<(String, bool)> {
        const WHO: [&str; 8] = [
            "The committee",
            "My senator",
            "The author",
            "This ruling",
            "The court",
            "Our county",
            "The bill",
            "Congress",
        ];
        const DOES: [&str; 7] = [
            "forgets the rural districts",
            "got the budget numbers right",
            "should have waited for the hearing",
            "ignores what the amendment says",
            "was fair to both sides",
            "left out the vote of last March",
            "needs a second reading",
        ];
        const THEN: [&str; 6] = [
            "Thank you for the article.",
            "I disagree, and here is why: turnout fell.",
            "See https://www.congress.gov/bill for the text.",
            "My family pays for it either way.",
            "Please write more about this.",
            "It was cheap to say and will be expensive to do.",
        ];
        const GOODS: [&str; 7] = [
            "replica watches",
            "casino bonus",
            "payday loans",
            "weight loss pills",
            "crypto signals",
            "essay writing",
            "backlinks",
        ];
        const PRAISE: [&str; 6] = [
            "Great post, very informative!",
            "Make money from home,",
            "Best price today:",
            "I was sceptical but",
            "Click here for",
            "Thank you for the article.",
        ];
        const SHOPS: [&str; 5] = [
            "http://best-shop.example",
            "http://win.example/now",
            "https://cheap.example/x",
            "www.deal.example",
            "http://fast.example",
        ];
        let mut set = Vec::new();
        for (i, who) in WHO.iter().enumerate() {
            for (j, does) in DOES.iter().enumerate() {
                set.push((format!("{who} {does}. {}", THEN[(i + j) % THEN.len()]), false));
            }
        }
        for (i, goods) in GOODS.iter().enumerate() {
            for (j, praise) in PRAISE.iter().enumerate() {
                set.push((format!("{praise} {goods} at {}", SHOPS[(i * 2 + j) % SHOPS.len()]), true));
            }
        }
        let mut random = 7_u64;
        set.sort_by_cached_key(|_| {
            // Knuth's constants (MMIX).
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            random
        });
        set
    }

    #[test]
    fn most_spam_is_caught_and_hardly_anything_else() {
        let mut weights = Weights::new();
        let set = labelled();
        for (text, spam) in set.iter().step_by(2) {
            for mark in marks(text).into_iter().chain([String::new()]) {
                let weight = weights.entry(mark).or_default();
                if *spam { weight.1 += 1 } else { weight.0 += 1 }
            }
        }
        let (mut caught, mut spams, mut falsely, mut goods) = (0, 0, 0, 0);
        for (text, spam) in set.iter().skip(1).step_by(2) {
            let held = score(&marks(text), &weights).unwrap() >= super::super::rules::SUSPICIOUS;
            if *spam {
                spams += 1;
                caught += usize::from(held);
            } else {
                goods += 1;
                falsely += usize::from(held);
            }
        }
        println!("Bayes: caught {caught} of {spams}, falsely held {falsely} of {goods}");
        assert!(caught * 100 >= spams * 95 && falsely * 100 <= goods * 2, "{caught}/{spams}, {falsely}/{goods}");
        assert_eq!(score(&marks("anything"), &Weights::new()), None, "it has to learn first");
    }
}
