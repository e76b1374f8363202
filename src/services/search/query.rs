//! The archive is searched. The index (`search_index`) answers with rows; what is found is
//! looked up in storage once more, so that nothing is shown that readers may not see.

use super::indexer::words_of;
use crate::services::{
    Site,
    articles::lists,
    site::frame::{Front, front},
};
use crate::{
    calendar::parse_moment,
    domain::{
        change::Noun,
        listing::{Month, Summary},
        slug::Slug,
    },
    search::{
        Answer, Filters, Index, Wanted,
        analysis::Analysis,
        passages,
        question::{Day, Question, without_exclusions},
    },
    storage::{StorageError, articles::lists as list_storage, search as texts},
};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

pub use super::indexer::IndexError;
pub use crate::search::{Sort, Unknown, passages::Piece as Mark, question::Scope};

/// Results on one page.
pub const SIZE: usize = 10;
/// What stands below the field while somebody types.
pub const SUGGESTED: usize = 7;
/// A question that takes longer is cut.
const LIMIT: Duration = Duration::from_millis(400);
/// The same while somebody types.
const QUICK: Duration = Duration::from_millis(120);
/// So many names stand in a filter.
const NAMES: usize = 12;
/// So many years are counted.
const YEARS: i16 = 60;

/// What a reader asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// As typed.
    pub typed: String,
    /// In which order.
    pub sort: Sort,
    /// Only of this section.
    pub section: Option<Slug>,
    /// Only by this author.
    pub author: Option<Slug>,
    /// Only on this topic.
    pub topic: Option<Slug>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Which page of the results, from 1; beyond the last it is the last.
    pub page: usize,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its card.
    pub article: Summary,
    /// Its headline with the words marked.
    pub title: Vec<Mark>,
    /// The passage that answers; empty where no word stands in the text.
    pub passage: Vec<Mark>,
}

/// A choice by which results can be made fewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How it stands in an address.
    pub value: String,
    /// Its name.
    pub name: String,
    /// So many results it has.
    pub count: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// A page of them.
    pub items: Vec<Found>,
    /// How many there are.
    pub total: usize,
    /// Which page of them, from 1.
    pub page: usize,
    /// How many pages can be leafed through.
    pub pages: usize,
    /// Sections with numbers, which are those of the question without one; what was chosen is
    /// among them. So with authors, topics and years.
    pub sections: Vec<Choice>,
    /// Authors with numbers.
    pub authors: Vec<Choice>,
    /// Topics with numbers.
    pub topics: Vec<Choice>,
    /// Years with numbers, the newest first.
    pub years: Vec<Choice>,
    /// Not everything was looked through.
    pub cut: bool,
    /// Not all of the words stand in these.
    pub some_words: bool,
    /// Words that stand nowhere, each with those that were looked for in its place.
    pub similar: Vec<(String, Vec<String>)>,
    /// What may have been meant, where nothing was found.
    pub meant: Option<String>,
    /// What should be dates, and is none.
    pub no_dates: Vec<String>,
    /// Names that nobody and nothing has, where nothing was found.
    pub unknown: Vec<Unknown>,
    /// The question with nothing left out, and how many articles it has, where nothing was found
    /// for that alone.
    pub left_out: Option<(String, usize)>,
    /// There was nothing to look for.
    pub no_words: bool,
    /// Nothing was looked for: only what must not be there was named.
    pub only_without: bool,
    /// Words were typed that are signs elsewhere: AND, OR, NOT.
    pub operators: bool,
}

/// Searches; `None` while there is no index.
pub async fn ask(site: &Site, asked: &Asked) -> Result<Option<Results>, IndexError> {
    let front = front(site).await?;
    let mut analysis = Analysis::of(&front.edition.language);
    let question = Question::of(&asked.typed, &mut analysis, false);
    let mut results = Results { no_dates: no_dates(&front, &question), ..Results::default() };
    results.no_words = question.is_empty();
    results.only_without = question.is_empty() && !question.without.is_empty();
    results.operators = asked.typed.split_whitespace().any(|word| matches!(word, "AND" | "OR" | "NOT"));
    if question.is_empty() {
        return Ok(Some(results));
    }
    let Some(filters) = filters(site, &front, asked, &question).await? else { return Ok(Some(results)) };
    let this_year = front.calendar.year(site.now());
    let years: Vec<(i16, i64)> = (this_year - YEARS..=this_year)
        .filter_map(|year| Some((year, front.calendar.span(Month { year, month: 1 })?.0.0)))
        .collect();
    let answer = {
        let (sort, now) = (asked.sort, site.now().0);
        let starts: Vec<i64> = years.iter().map(|(_, start)| *start).collect();
        let asking = move |index: &Index| {
            let wanted = Wanted { question: &question, filters, sort, years: &starts, counts: true, now, limit: LIMIT };
            index.ask_in_full(&wanted)
        };
        let Some(answer) = site.search.ask(asking).await? else { return Ok(None) };
        answer
    };
    let Answer { hits, total, counts, cut, some_words, matched, similar, meant, unknown, left_out, .. } = answer;
    (results.total, results.cut, results.some_words, results.meant) = (total, cut, some_words, meant);
    (results.similar, results.unknown) = (similar, unknown);
    results.left_out = (left_out > 0).then(|| (without_exclusions(&asked.typed), left_out));
    results.pages = hits.len().div_ceil(SIZE).max(1);
    results.page = asked.page.clamp(1, results.pages);
    let ids: Vec<i64> = hits.iter().skip((results.page - 1) * SIZE).take(SIZE).map(|hit| hit.id).collect();
    let mut cards = list_storage::of(&site.db, &ids, site.now()).await?;
    list_storage::add_bylines(&site.db, &mut cards).await?;
    results.items = found(site, &ids, cards, &matched, &mut analysis).await?;
    results.sections = choices(site, Noun::Section, &counts.sections, filters.section).await?;
    results.authors = choices(site, Noun::Author, &counts.authors, filters.author).await?;
    results.topics = choices(site, Noun::Topic, &counts.topics, filters.topic).await?;
    results.years = years
        .iter()
        .zip(&counts.years)
        .rev()
        .filter(|((year, _), count)| **count > 0 || asked.year == Some(*year))
        .map(|((year, _), count)| Choice { value: year.to_string(), name: year.to_string(), count: *count })
        .collect();
    Ok(Some(results))
}

/// What is shown while somebody types.
#[derive(Debug, Default)]
pub struct Typed {
    /// The first few articles.
    pub items: Vec<Found>,
    /// How many there are in all; `None` where so many have the words in their headlines that
    /// the texts were not gone through.
    pub total: Option<usize>,
    /// Not all of the words stand in these.
    pub some_words: bool,
    /// Words that stand nowhere, each with those that were looked for in its place.
    pub similar: Vec<(String, Vec<String>)>,
    /// Names that nobody and nothing has.
    pub unknown: Vec<Unknown>,
    /// What should be dates, and is none.
    pub no_dates: Vec<String>,
}

/// The first few articles for what somebody is typing; `None` while there is no index.
pub async fn as_typed(site: &Site, typed: &str) -> Result<Option<Typed>, IndexError> {
    let front = front(site).await?;
    let mut analysis = Analysis::of(&front.edition.language);
    let question = Question::of(typed, &mut analysis, true);
    if question.is_empty() {
        return Ok(Some(Typed { total: Some(0), ..Typed::default() }));
    }
    let filters = filters(site, &front, &Asked::default(), &question).await?.unwrap_or_default();
    let no_dates = no_dates(&front, &question);
    let now = site.now().0;
    let asking = move |index: &Index| {
        let question = &question;
        let wanted = Wanted { question, filters, sort: Sort::Relevance, years: &[], counts: false, now, limit: QUICK };
        index.ask(&wanted)
    };
    let Some(answer) = site.search.ask(asking).await? else { return Ok(None) };
    let ids: Vec<i64> = answer.hits.iter().take(SUGGESTED).map(|hit| hit.id).collect();
    // Nobody's name stands in the list.
    let cards = list_storage::of(&site.db, &ids, site.now()).await?;
    let items = found(site, &ids, cards, &answer.matched, &mut analysis).await?;
    let Answer { total, more, some_words, similar, unknown, .. } = answer;
    Ok(Some(Typed { items, total: (!more).then_some(total), some_words, similar, unknown, no_dates }))
}

/// The first moment of a day; none of a day that doesn't exist.
fn start(front: &Front, day: Day) -> Option<i64> {
    let Day { year, month, day } = day;
    parse_moment(&format!("{year:04}-{month:02}-{day:02}"), &front.calendar).map(|at| at.0)
}

/// What should be dates, and is none: in its letters, or in the calendar.
fn no_dates(front: &Front, question: &Question) -> Vec<String> {
    let days = [question.before, question.after].into_iter().flatten().filter(|day| start(front, *day).is_none());
    let days = days.map(|Day { year, month, day }| format!("{year:04}-{month:02}-{day:02}"));
    question.no_dates.iter().cloned().chain(days).collect()
}

/// Which articles alone are asked for; `None` where a name in the address is nobody's.
async fn filters(
    site: &Site,
    front: &Front,
    asked: &Asked,
    question: &Question,
) -> Result<Option<Filters>, StorageError> {
    let mut filters = Filters {
        from: question.after.and_then(|day| start(front, day)),
        until: question.before.and_then(|day| start(front, day)),
        ..Filters::default()
    };
    if let Some(slug) = &asked.section {
        let Some(lists::Subject::Section(section)) = lists::section(site, slug).await? else { return Ok(None) };
        filters.section = Some(section.id.0);
    }
    if let Some(slug) = &asked.author {
        let Some(lists::Subject::Author(author)) = lists::author(site, slug).await? else { return Ok(None) };
        filters.author = Some(author.id.0);
    }
    if let Some(slug) = &asked.topic {
        let Some(lists::Subject::Topic(topic)) = lists::topic(site, slug).await? else { return Ok(None) };
        filters.topic = Some(topic.id.0);
    }
    if let Some(year) = asked.year {
        let first = |year| front.calendar.span(Month { year, month: 1 }).map(|(start, _)| start.0);
        let (Some(from), Some(until)) = (first(year), first(year.saturating_add(1))) else { return Ok(None) };
        filters.year = Some((from, until));
    }
    Ok(Some(filters))
}

/// The greatest of a kind, and the one that was chosen.
async fn choices(
    site: &Site,
    noun: Noun,
    counts: &[(i64, usize)],
    chosen: Option<i64>,
) -> Result<Vec<Choice>, StorageError> {
    let (greatest, others) = counts.split_at(counts.len().min(NAMES));
    let mut counts = greatest.to_vec();
    if let Some(row) = chosen.filter(|chosen| !greatest.iter().any(|(row, _)| row == chosen)) {
        counts.push(others.iter().find(|(other, _)| *other == row).copied().unwrap_or((row, 0)));
    }
    let rows: Vec<i64> = counts.iter().map(|(row, _)| *row).collect();
    let names = texts::shelves(&site.db, noun, &rows).await?;
    let choice = |(row, count): &(i64, usize)| {
        let (value, name) = names.get(row)?.clone();
        Some(Choice { value, name, count: *count })
    };
    Ok(counts.iter().filter_map(choice).collect())
}

/// The passages of articles that were found, in their order; those of which there is no card
/// (readers may not see them any more) are left out.
async fn found(
    site: &Site,
    ids: &[i64],
    cards: Vec<Summary>,
    matched: &HashSet<String>,
    analysis: &mut Analysis,
) -> Result<Vec<Found>, StorageError> {
    let bodies = list_storage::texts(&site.db, &cards).await?;
    let mut by_row: HashMap<i64, Summary> = cards.into_iter().map(|card| (card.id.0, card)).collect();
    let mut items = Vec::new();
    for id in ids {
        let Some(article) = by_row.remove(id) else { continue };
        let text = bodies.get(&article.id).map(|(html, _)| words_of(html)).unwrap_or_default();
        let passage = passages::passage(analysis, &text, matched)
            .or_else(|| passages::passage(analysis, &article.standfirst, matched))
            .unwrap_or_default();
        let title = passages::mark(analysis, &article.title, matched);
        items.push(Found { article, title, passage });
    }
    Ok(items)
}
