//! A question's answer: which articles, in which order, and how many of each section,
//! author, topic and year.
//!
//! A word counts more in a headline than in the text (BM25 for each field, the best of
//! them and a little of the others); articles in which the words stand one after the
//! other come first; among the best 200, news counts more than what is old.

use super::{
    Index, SearchError,
    analysis::Word,
    expand::{Other, endings, near, used},
    index::Fields,
    question::{Question, Scope},
    rank::{Plan, rank},
    score::{Clock, Stand},
    suggest::{Unknown, meant, unknown},
};
use std::{collections::HashSet, time::Duration};
use tantivy::{
    Searcher, TantivyError, Term,
    query::{
        Bm25StatisticsProvider, Bm25Weight, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery,
        PhraseQuery, Query, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

/// What an article has in advance in which the words stand as they were typed.
pub(super) const EXACT: f32 = 1_000.0;

/// The order of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first.
    Date,
}

/// Only articles of these; rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Of this section.
    pub section: Option<i64>,
    /// By this author.
    pub author: Option<i64>,
    /// On this topic.
    pub topic: Option<i64>,
    /// Published at this moment or later, in UTC milliseconds.
    pub from: Option<i64>,
    /// Published before this moment.
    pub until: Option<i64>,
    /// Published in this year: its first moment, and that of the next.
    pub year: Option<(i64, i64)>,
}

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The question.
    pub question: &'a Question,
    /// Only of these.
    pub filters: Filters,
    /// In this order.
    pub sort: Sort,
    /// The first moments of years, the earliest first: so many counts of periods.
    pub years: &'a [i64],
    /// Counts of sections and the like are wanted.
    pub counts: bool,
    /// What time it is, in UTC milliseconds.
    pub now: i64,
    /// A question that takes longer is cut.
    pub limit: Duration,
}

/// An article that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its row.
    pub id: i64,
    /// How well it answers.
    pub score: f32,
    /// When it was published, in UTC milliseconds.
    pub published: i64,
}

/// How many articles of each: rows with numbers, the greatest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of sections.
    pub sections: Vec<(i64, usize)>,
    /// By authors.
    pub authors: Vec<(i64, usize)>,
    /// On topics.
    pub topics: Vec<(i64, usize)>,
    /// Of years, in the order in which they were asked for.
    pub years: Vec<usize>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The best, at most 200; by date 1,000.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// Others may have the words in their text alone: it was not looked through.
    pub more: bool,
    /// How many of each.
    pub counts: Counts,
    /// Not everything was looked through.
    pub cut: bool,
    /// Not all of the words stand in these.
    pub some_words: bool,
    /// The words that were found, as they are compared.
    pub matched: HashSet<String>,
    /// Words that stand nowhere, each with those that were looked for in its place.
    pub similar: Vec<(String, Vec<String>)>,
    /// What may have been meant, where nothing was found.
    pub meant: Option<String>,
    /// Names that nobody and nothing has, where nothing was found.
    pub unknown: Vec<Unknown>,
    /// How many articles there would be with what was to be left out, where there are none
    /// without it; told by [`Index::ask_in_full`] alone.
    pub left_out: usize,
}

/// Fewer letters begin too many words, once somebody has typed to the end.
const SHORTEST_BEGINNING: usize = 3;
/// While somebody types, texts are not looked through where headlines, standfirsts and
/// names alone have the words in so many articles: a text's score hardly ever lifts an article
/// above those, and its lists are by far the longest.
const ENOUGH: usize = 100;
/// In fewer articles no word is common.
const FEW_ARTICLES: u64 = 10;

/// In more articles than this the two forms of a word are not told apart.
const MANY_ARTICLES: u64 = 10_000;

type Clause = Box<dyn Query>;

/// A word with all that stands for it.
#[derive(Default)]
struct Meant {
    /// Where it is to be looked for.
    stands: Vec<Stand>,
    /// The forms that are marked where they stand.
    forms: Vec<String>,
    /// The word stands nowhere: these were looked for in its place, the likeliest first.
    others: Vec<String>,
    /// It stands in so many articles that it tells little.
    common: bool,
}

impl Index {
    /// Answers a question.
    pub fn ask(&self, wanted: &Wanted<'_>) -> Result<Answer, SearchError> {
        let clock = Clock::start(wanted.limit);
        let searcher = self.searcher();
        let question = wanted.question;
        let last = question.words.len().saturating_sub(1);
        let mut words = Vec::new();
        for (n, word) in question.words.iter().enumerate() {
            words.push(self.meant(&searcher, word, question.typing && n == last, last > 0)?);
        }
        // Where every word is common, none is.
        if words.iter().all(|word| word.common) {
            words.iter_mut().for_each(|word| word.common = false);
        }
        let mut matched: HashSet<String> =
            words.iter().filter(|word| !word.common).flat_map(|word| word.forms.iter().cloned()).collect();
        matched.extend(question.phrases.iter().flatten().map(|word| word.form.clone()));
        let mut plan = self.plan(wanted, &mut words);
        let mut answer = Answer::default();
        if question.typing {
            plan.but = vec![self.fields.body, self.fields.comments];
            answer = rank(&searcher, &plan, wanted, &clock)?;
            answer.more = answer.total >= ENOUGH && !answer.some_words;
            plan.but.clear();
        }
        if !answer.more {
            answer = rank(&searcher, &plan, wanted, &clock)?;
        }
        if answer.total == 0 {
            answer.unknown = unknown(&searcher, &self.fields, question)?;
            let others: Vec<_> = words.iter().map(|word| word.others.first().map(String::as_str)).collect();
            answer.meant = meant(question, &others, &answer.unknown);
        }
        let other =
            |(word, meant): (&Word, &Meant)| (word.form.clone(), meant.others.iter().take(2).cloned().collect());
        answer.similar =
            question.words.iter().zip(&words).filter(|(_, meant)| !meant.others.is_empty()).map(other).collect();
        answer.matched = matched;
        Ok(answer)
    }

    fn fields_of_words(&self) -> [(Field, f32); 7] {
        let f = &self.fields;
        [
            (f.title, 3.0),
            (f.standfirst, 2.0),
            (f.author, 2.0),
            (f.topic, 1.5),
            (f.section, 1.2),
            (f.body, 1.0),
            (f.comments, 0.5),
        ]
    }

    /// A word wherever it may stand, and what may stand for it.
    ///
    /// One letter `after` other words, while somebody types, may become almost any word: it is
    /// looked for as it is, and what the others find is found without it.
    fn meant(&self, searcher: &Searcher, word: &Word, typing: bool, after: bool) -> Result<Meant, TantivyError> {
        let f = &self.fields;
        let fields = self.fields_of_words();
        let all: Vec<Field> = fields.iter().map(|(field, _)| *field).collect();
        let own = |word: &str, weight| Other { word: word.to_owned(), weight, used: 0 };
        let mut meant = vec![own(&word.form, 1.0)];
        if word.stem != word.form {
            meant.push(own(&word.stem, 0.8));
        }
        let mut most = 0;
        for own in &meant {
            most = most.max(used(searcher, &all, &own.word)?);
        }
        let short = [f.title, f.author, f.topic, f.section, f.standfirst];
        let mut instead = Vec::new();
        let begun = typing && after && word.form.len() == 1;
        if typing && !begun {
            meant.extend(endings(searcher, &short, &word.form)?);
        } else if most == 0 && (word.form.len() >= SHORTEST_BEGINNING || !word.form.is_ascii()) {
            // What somebody has not typed to its end, as in the list while typing.
            instead = endings(searcher, &short, &word.form)?;
        }
        if most == 0 && !begun && instead.is_empty() && (!typing || meant.len() <= 2) {
            let fields = [f.title, f.standfirst, f.author, f.topic, f.body];
            instead = near(searcher, &fields, &word.form, typing)?;
        }
        // The likeliest alone: what is said to have been looked for is what was.
        let best = instead.first().map_or(0.0, |other| other.weight);
        instead.retain(|other| other.weight >= best);
        let others = instead.iter().map(|other| other.word.clone()).collect();
        let mut stands = Vec::new();
        let mut forms: Vec<String> = Vec::new();
        let articles = searcher.total_num_docs()?;
        for other in meant.into_iter().chain(instead) {
            if forms.contains(&other.word) {
                continue;
            }
            let mut known = false;
            for (field, worth) in fields {
                let term = Term::from_field_text(field, &other.word);
                let used = searcher.doc_freq(&term)?;
                known = known || used > 0;
                // The stem's list has the same articles, and there is no need to go through both.
                let twice = used > MANY_ARTICLES && other.word == word.form && word.stem != word.form;
                if used > 0 && !twice {
                    let length = searcher.total_num_tokens(field)? as f32 / articles as f32;
                    let weight = Bm25Weight::for_one_term_without_explain(used, articles, length);
                    stands.push(Stand { term, weight: weight.boost_by(worth * other.weight) });
                }
            }
            if known {
                forms.push(other.word);
            }
        }
        let many = searcher.num_docs() >= FEW_ARTICLES && most * 2 > searcher.num_docs();
        let common = begun || many && !typing;
        Ok(Meant { stands, forms, others, common })
    }

    fn plan(&self, wanted: &Wanted<'_>, words: &mut [Meant]) -> Plan {
        let question = wanted.question;
        let telling = words.iter().filter(|word| !word.common).count();
        // Of many words one or some may be missing; all have to be there of few.
        let first = match telling {
            0..=3 => telling,
            4..=5 => telling - 1,
            n => (n * 7).div_ceil(10),
        };
        // Telling words first: they find, the others only add.
        let (mut find, mut add) = (Vec::new(), Vec::new());
        for word in words {
            let of = if word.common { &mut add } else { &mut find };
            of.push(std::mem::take(&mut word.stands));
        }
        let mut only: Vec<Clause> = question.phrases.iter().map(|phrase| self.phrase(phrase)).collect();
        let f = &self.fields;
        for (scope, names) in question.names() {
            only.extend(names.iter().map(|name| either(f.of(scope), name)));
        }
        let Filters { section, author, topic, .. } = wanted.filters;
        for (field, row) in [(f.section_row, section), (f.author_row, author), (f.topic_row, topic)] {
            if let Some(row) = row {
                let term = Term::from_field_u64(field, u64::try_from(row).unwrap_or(0));
                let row = TermQuery::new(term, IndexRecordOption::Basic);
                only.push(Box::new(ConstScoreQuery::new(Box::new(row), 0.0)));
            }
        }
        let mut plan = Plan {
            find,
            add,
            least: [first, telling.div_ceil(2), 1.min(telling)],
            only: (!only.is_empty()).then(|| Box::new(BooleanQuery::intersection(only)) as Clause),
            ..Plan::default()
        };
        for without in &question.without {
            match &without[..] {
                [word] => plan.without_words.extend(
                    self.fields_of_words()
                        .into_iter()
                        .flat_map(|(field, _)| [&word.form, &word.stem].map(|form| Term::from_field_text(field, form))),
                ),
                words => plan.without.push(self.phrase(words)),
            }
        }
        if question.words.len() > 1 && question.phrases.is_empty() {
            plan.exact = self.rows(&question.words).map(|(terms, _)| terms).collect();
        }
        plan
    }

    /// Words one after the other, in each field, and what they are worth there.
    fn rows(&self, words: &[Word]) -> impl Iterator<Item = (Vec<Term>, f32)> {
        let f = &self.fields;
        let fields =
            [(f.title, 3.0), (f.standfirst, 2.0), (f.body, 1.0), (f.author, 2.0), (f.topic, 1.5), (f.section, 1.2)];
        let term = |field: Field| words.iter().map(move |word| Term::from_field_text(field, &word.form)).collect();
        fields.into_iter().map(move |(field, worth)| (term(field), worth))
    }

    /// Words one after the other, in whichever field.
    fn phrase(&self, words: &[Word]) -> Clause {
        let any = self.rows(words).map(|(terms, worth)| {
            let phrase = Box::new(PhraseQuery::new(terms));
            Box::new(BoostQuery::new(phrase, worth)) as Clause
        });
        Box::new(DisjunctionMaxQuery::with_tie_breaker(any.collect(), 0.2))
    }
}

/// A word in one field, as written or by its stem.
fn either(field: Field, word: &Word) -> Clause {
    let term = |text: &str| {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs)) as Clause
    };
    Box::new(BooleanQuery::union(vec![term(&word.form), term(&word.stem)]))
}

impl Fields {
    /// Where the names of these stand.
    pub(super) fn of(&self, scope: Scope) -> Field {
        match scope {
            Scope::Author => self.author,
            Scope::Section => self.section,
            Scope::Topic => self.topic,
        }
    }
}
