//! What may have been meant, where a question finds nothing.

use super::{
    analysis::Word,
    expand::{endings, near, used},
    index::Fields,
    question::{Day, Question, Scope},
};
use tantivy::{Searcher, TantivyError};

/// Fewer letters begin too many names.
const SHORTEST_BEGINNING: usize = 3;

/// A name that nobody and nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Whose name it should be.
    pub scope: Scope,
    /// The part of it that stands in none.
    pub typed: String,
    /// The likeliest that there is.
    pub meant: Option<String>,
}

/// The names in a question that no author, section or topic of the archive has.
pub(super) fn unknown(searcher: &Searcher, fields: &Fields, question: &Question) -> Result<Vec<Unknown>, TantivyError> {
    let mut unknown = Vec::new();
    for (scope, names) in question.names() {
        let field = [fields.of(scope)];
        for Word { form, stem, .. } in names {
            if used(searcher, &field, form)? > 0 || used(searcher, &field, stem)? > 0 {
                continue;
            }
            let mut others = near(searcher, &field, form, false)?;
            if others.is_empty() && form.chars().count() >= SHORTEST_BEGINNING {
                others = endings(searcher, &field, form)?;
                // A stem stands beside its word, and it is the word that is shown.
                others.sort_by_key(|other| std::cmp::Reverse((other.used, other.word.len())));
            }
            let meant = others.into_iter().next().map(|other| other.word);
            unknown.push(Unknown { scope, typed: form.clone(), meant });
        }
    }
    Ok(unknown)
}

/// The question once more with words and names that stand somewhere, and its phrases as
/// words; `others` has what may stand for each of the words.
pub(super) fn meant(question: &Question, others: &[Option<&str>], unknown: &[Unknown]) -> Option<String> {
    let known = |scope: Scope, name: &str| {
        let found = unknown.iter().find(|unknown| unknown.scope == scope && unknown.typed == name);
        found.and_then(|unknown| unknown.meant.clone()).unwrap_or_else(|| name.to_owned())
    };
    let changed = others.iter().any(Option::is_some)
        || !question.phrases.is_empty()
        || unknown.iter().any(|unknown| unknown.meant.is_some());
    let words = question.words.iter().zip(others).map(|(word, other)| other.unwrap_or(&word.form).to_owned());
    let phrases = question.phrases.iter().flatten().map(|word| word.form.clone());
    let mut said: Vec<String> = words.chain(phrases).collect();
    for (scope, names) in question.names() {
        let names: Vec<String> = names.iter().map(|name| known(scope, &name.form)).collect();
        said.extend((!names.is_empty()).then(|| format!("{}{}", scope.key(), one(&names))));
    }
    for (key, day) in [("after:", question.after), ("before:", question.before)] {
        said.extend(day.map(|Day { year, month, day }| format!("{key}{year:04}-{month:02}-{day:02}")));
    }
    let somewhere = !said.is_empty();
    for without in &question.without {
        let words: Vec<String> = without.iter().map(|word| word.form.clone()).collect();
        said.push(format!("-{}", one(&words)));
    }
    (changed && somewhere).then(|| said.join(" "))
}

/// Words that belong together, as they are typed.
fn one(words: &[String]) -> String {
    match words {
        [word] => word.clone(),
        words => format!("\"{}\"", words.join(" ")),
    }
}
