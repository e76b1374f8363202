//! Which articles answer, how many there are, and which are the best of them: the words
//! find and score (`score`), what stands as it was typed comes first, and among the best
//! news counts more than what is old.

use super::{
    ask::{Answer, EXACT, Hit, Sort, Wanted},
    count::{Columns, Counting},
    row::Row,
    score::{Clock, Found, Sheet, Stand},
};
use std::{cmp::Reverse, collections::BinaryHeap, sync::LazyLock};
use tantivy::{
    DocId, Searcher, SegmentReader, TantivyError, Term,
    query::{EnableScoring, Query, Weight},
    schema::Field,
};

/// Of so many the order is made anew by what they are worth today.
const RANKED: usize = 200;
/// By date so many can be leafed through.
const DATED: usize = 1_000;
/// In so many of the best it is looked up whether the words stand there as they were
/// typed; while somebody types, in …
const EXACT_AMONG: usize = 10_000;
/// … so many.
const EXACT_AMONG_QUICKLY: usize = 500;
/// In fewer articles another thread takes longer to begin than to help.
const WORTH_TWO: u64 = 20_000;
/// So many threads look for one answer: more would be taken from other readers.
static WORKERS: LazyLock<usize> = LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from).min(4));
/// What is published today counts so much more, and half of that after …
const FRESH: f64 = 0.25;
/// … so many days.
const HALF_LIFE: f64 = 120.0;
const DAY: f64 = 86_400_000.0;

/// What a question comes to.
#[derive(Default)]
pub(super) struct Plan {
    /// The telling words, each wherever it and what may stand for it stands.
    pub find: Vec<Vec<Stand>>,
    /// Common words: they find nothing, and count where others have found.
    pub add: Vec<Vec<Stand>>,
    /// The words are not looked for in these fields.
    pub but: Vec<Field>,
    /// So many telling words have to be there; where nothing has as many, so many; or so many.
    pub least: [usize; 3],
    /// Only what answers this as well.
    pub only: Option<Box<dyn Query>>,
    /// Nothing in which one of these stands …
    pub without_words: Vec<Term>,
    /// … or that answers one of these.
    pub without: Vec<Box<dyn Query>>,
    /// Where these words stand one after the other, in one of the fields, that stands before
    /// all else.
    pub exact: Vec<Vec<Term>>,
}

/// A plan made ready for the segments of an index.
struct Ready {
    only: Option<Box<dyn Weight>>,
    without: Vec<Box<dyn Weight>>,
}

/// Goes through all that answers: counts it, and keeps the best.
pub(super) fn rank(
    searcher: &Searcher,
    plan: &Plan,
    wanted: &Wanted<'_>,
    clock: &Clock,
) -> Result<Answer, TantivyError> {
    let scored = EnableScoring::enabled_from_searcher(searcher);
    let plain = EnableScoring::disabled_from_searcher(searcher);
    let ready = Ready {
        only: plan.only.as_ref().map(|query| query.weight(scored)).transpose()?,
        without: plan.without.iter().map(|query| query.weight(plain)).collect::<Result<_, _>>()?,
    };
    let workers = if searcher.num_docs() < WORTH_TWO { 1 } else { *WORKERS };
    let parts = in_parallel(searcher.segment_readers().iter().collect(), workers, |sheet, segment| {
        let columns = Columns::of(segment)?;
        let (found, in_time) = found(segment, sheet, &columns, plan, &ready, wanted, clock)?;
        Ok(Part { segment, columns, found, in_time })
    })?;
    let mut answer = Answer { cut: parts.iter().any(|part| !part.in_time), ..Answer::default() };
    // How many articles have how many of the words.
    let mut having = vec![0; plan.find.len() + 1];
    for article in parts.iter().flat_map(|part| &part.found) {
        having[usize::from(article.words)] += 1;
    }
    let at_least = |least: usize| having.get(least..).unwrap_or_default().iter().sum::<usize>();
    let least = plan.least.into_iter().find(|least| at_least(*least) > 0).unwrap_or(plan.least[0]);
    answer.some_words = least < plan.least[0];
    answer.total = at_least(least);
    let among = if wanted.question.typing { EXACT_AMONG_QUICKLY } else { EXACT_AMONG };
    let among = among.div_ceil(parts.len().max(1));
    let ranked = in_parallel(parts, workers, |(): &mut (), Part { segment, columns, mut found, .. }| {
        found.retain(|article| usize::from(article.words) >= least);
        if wanted.sort == Sort::Relevance && !clock.is_over() {
            raise_exact(segment, &mut found, plan, among)?;
        }
        let mut top = Top::new(wanted.sort);
        let mut counting = Counting::new(wanted.years.len());
        for Found { doc, score, .. } in found {
            top.offer(if wanted.sort == Sort::Date { 0.0 } else { score }, doc, &columns);
            if wanted.counts {
                counting.count(&columns, doc, wanted.years);
            }
        }
        Ok((top, counting))
    })?;
    let mut top = Top::new(wanted.sort);
    let mut counting = Counting::new(wanted.years.len());
    for (best, counts) in ranked {
        best.best.into_iter().for_each(|Reverse(entry)| top.take(entry));
        counting.join(counts);
    }
    answer.hits = top.hits(wanted);
    answer.counts = counting.done();
    Ok(answer)
}

/// A segment with what was found in it.
struct Part<'a> {
    segment: &'a SegmentReader,
    columns: Columns,
    found: Vec<Found>,
    in_time: bool,
}

/// Does something with each item, in so many threads, and answers in the order of the items.
/// Each thread has something of its own to work with.
fn in_parallel<Item: Send, Done: Send, Own: Default>(
    items: Vec<Item>,
    threads: usize,
    work: impl Fn(&mut Own, Item) -> Result<Done, TantivyError> + Sync,
) -> Result<Vec<Done>, TantivyError> {
    let threads = threads.min(items.len()).max(1);
    let mut shares: Vec<Vec<(usize, Item)>> = (0..threads).map(|_| Vec::new()).collect();
    for (n, item) in items.into_iter().enumerate() {
        shares[n % threads].push((n, item));
    }
    let share = |items: Vec<(usize, Item)>| -> Result<Vec<(usize, Done)>, TantivyError> {
        let mut own = Own::default();
        items.into_iter().map(|(n, item)| Ok((n, work(&mut own, item)?))).collect()
    };
    let mut done = std::thread::scope(|scope| {
        let mine = shares.pop().unwrap_or_default();
        let others: Vec<_> = shares.into_iter().map(|items| scope.spawn(|| share(items))).collect();
        let mut done = share(mine)?;
        for other in others {
            let theirs = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            done.extend(theirs?);
        }
        Ok::<_, TantivyError>(done)
    })?;
    done.sort_unstable_by_key(|(n, _)| *n);
    Ok(done.into_iter().map(|(_, done)| done).collect())
}

/// The articles of a segment in which at least one of the words stands, and whether the
/// time was enough.
fn found(
    segment: &SegmentReader,
    sheet: &mut Sheet,
    columns: &Columns,
    plan: &Plan,
    ready: &Ready,
    wanted: &Wanted<'_>,
    clock: &Clock,
) -> Result<(Vec<Found>, bool), TantivyError> {
    sheet.begin(segment.max_doc());
    let mut in_time = true;
    if let Some(only) = &ready.only {
        in_time = sheet.restrict(only.scorer(segment, 1.0)?.as_mut(), clock);
    }
    for without in &ready.without {
        sheet.without(without.scorer(segment, 1.0)?.as_mut());
    }
    for term in &plan.without_words {
        sheet.without_word(segment, term)?;
    }
    for (words, telling) in [(&plan.find, true), (&plan.add, false)] {
        for stands in words {
            let stands = stands.iter().filter(|stand| !plan.but.contains(&stand.term.field()));
            in_time = in_time && sheet.add(segment, stands, telling, clock)?;
        }
    }
    if wanted.question.words.is_empty() {
        sheet.add_all();
    }
    let (from, until) = wanted.filters.year.unwrap_or((i64::MIN, i64::MAX));
    let from = wanted.filters.from.map_or(from, |at| at.max(from));
    let until = wanted.filters.until.map_or(until, |at| at.min(until)).min(wanted.now.saturating_add(1));
    let mut found: Vec<Found> = sheet.found().collect();
    if from > columns.published.min_value() || until <= columns.published.max_value() {
        found.retain(|article| (from..until).contains(&columns.published.get_val(article.doc)));
    }
    if let Some(alive) = segment.alive_bitset() {
        found.retain(|article| alive.is_alive(article.doc));
    }
    Ok((found, in_time))
}

/// Raises those of the best in which the words stand one after the other.
fn raise_exact(segment: &SegmentReader, found: &mut [Found], plan: &Plan, among: usize) -> Result<(), TantivyError> {
    let mut rows = Vec::new();
    for terms in &plan.exact {
        rows.extend(Row::of(segment, terms)?);
    }
    if rows.is_empty() {
        return Ok(());
    }
    for place in best(found, plan.find.len(), among) {
        let article = &mut found[place];
        if rows.iter_mut().any(|row| row.stands_in(article.doc)) {
            article.score += EXACT;
        }
    }
    Ok(())
}

/// The places of the best articles that have all of the words, in the order of articles.
fn best(found: &[Found], words: usize, among: usize) -> Vec<usize> {
    let mut best: BinaryHeap<Reverse<(Score, usize)>> = BinaryHeap::new();
    for (place, article) in found.iter().enumerate() {
        let entry = (Score(article.score), place);
        let full = best.len() >= among;
        if usize::from(article.words) != words || full && best.peek().is_some_and(|Reverse(least)| entry <= *least) {
            continue;
        }
        if full {
            best.pop();
        }
        best.push(Reverse(entry));
    }
    let mut places: Vec<usize> = best.into_iter().map(|Reverse((_, place))| place).collect();
    places.sort_unstable_by_key(|place| found[*place].doc);
    places
}

/// The score with what the day of its publication is worth; those in which the words
/// stand as typed stay before the others.
fn today(score: f32, published: i64, now: i64) -> f32 {
    let exact = if score >= EXACT { EXACT } else { 0.0 };
    let days = (now.saturating_sub(published).max(0) as f64) / DAY;
    let fresh = 1.0 + FRESH * 0.5_f64.powf(days / HALF_LIFE);
    exact + ((score - exact) as f64 * fresh) as f32
}

/// The best so far.
struct Top {
    best: BinaryHeap<Reverse<Ranked>>,
    most: usize,
}

impl Top {
    fn new(sort: Sort) -> Self {
        Self { best: BinaryHeap::new(), most: if sort == Sort::Date { DATED } else { RANKED } }
    }

    fn offer(&mut self, score: f32, doc: DocId, columns: &Columns) {
        // Mostly this is all that has to be looked at.
        if self.least().is_some_and(|(least, ..)| score < least.0) {
            return;
        }
        self.take((Score(score), columns.published.get_val(doc), u64::MAX - columns.id.get_val(doc)));
    }

    /// The least of them, where there is no more room.
    fn least(&self) -> Option<Ranked> {
        self.best.peek().map(|Reverse(least)| *least).filter(|_| self.best.len() >= self.most)
    }

    fn take(&mut self, ranked: Ranked) {
        match self.least() {
            Some(least) if ranked <= least => return,
            Some(_) => drop(self.best.pop()),
            None => {}
        }
        self.best.push(Reverse(ranked));
    }

    fn hits(self, wanted: &Wanted<'_>) -> Vec<Hit> {
        let hit = |Reverse((Score(score), published, id)): Reverse<Ranked>| Hit {
            id: i64::try_from(u64::MAX - id).unwrap_or(0),
            score: if wanted.sort == Sort::Date { 0.0 } else { today(score, published, wanted.now) },
            published,
        };
        let mut hits: Vec<Hit> = self.best.into_iter().map(hit).collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.published.cmp(&a.published)).then(a.id.cmp(&b.id)));
        hits
    }
}

/// A score that can be put in order.
#[derive(Clone, Copy, PartialEq)]
struct Score(f32);

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A place among the best: score, then the newer, then the earlier row.
type Ranked = (Score, i64, u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_share_the_work_and_keep_its_order() {
        for threads in [0, 1, 3, 20] {
            let doubled = in_parallel((0..10).collect(), threads, |seen: &mut u32, n: u32| {
                *seen += 1;
                Ok((n * 2, *seen))
            });
            let doubled = doubled.unwrap();
            assert!(doubled.iter().map(|(n, _)| *n).eq((0..10).map(|n| n * 2)), "{threads}: {doubled:?}");
            // Each has one in its turn.
            let most = doubled.iter().map(|(_, seen)| *seen).max();
            assert_eq!(most, Some(10_u32.div_ceil(threads.clamp(1, 10) as u32)));
            let fault = in_parallel((0..10).collect(), threads, |(): &mut (), n: u32| match n {
                7 => Err(TantivyError::InternalError("seven".into())),
                n => Ok(n),
            });
            assert!(fault.unwrap_err().to_string().contains("seven"));
        }
    }
}
