//! Scores the articles of a segment, word after word: each list of articles is gone
//! through in one stretch, which is many times quicker than asking all lists about one
//! article after the other, and counts all of them besides.

use std::time::{Duration, Instant};
use tantivy::{
    DocId, DocSet, SegmentReader, TERMINATED, TantivyError, Term,
    query::{Bm25Weight, Scorer},
    schema::IndexRecordOption,
};

/// Beside the best of its fields each other one counts so much of what it would alone.
const OTHER_FIELDS: f32 = 0.2;
/// How often the clock is looked at: every so many articles.
const TICK: usize = 2_048;
/// In the place of a number of words: whatever stands there, it is no answer.
const OUT: u8 = u8::MAX;

/// When it is enough.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    started: Instant,
    limit: Duration,
}

impl Clock {
    pub(super) fn start(limit: Duration) -> Self {
        Self { started: Instant::now(), limit }
    }

    pub(super) fn is_over(&self) -> bool {
        self.started.elapsed() > self.limit
    }
}

/// A word in one field.
pub(super) struct Stand {
    pub term: Term,
    pub weight: Bm25Weight,
}

/// What is known of an article.
#[derive(Clone, Copy, Default)]
struct Mark {
    score: f32,
    /// How many of the telling words stand in it.
    words: u8,
}

/// An article in which a telling word stands.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub doc: DocId,
    pub score: f32,
    /// How many of the telling words stand in it.
    pub words: u8,
}

/// The articles of a segment with their scores. One sheet serves all segments, one after
/// the other.
#[derive(Default)]
pub(super) struct Sheet {
    marks: Vec<Mark>,
    /// Of the word that is looked at: its best field's score, and the sum of all.
    word: Vec<[f32; 2]>,
    /// The articles in which that word stands, and room for one more.
    touched: Vec<DocId>,
    found: Vec<DocId>,
}

impl Sheet {
    /// Empties it, for so many articles.
    pub(super) fn begin(&mut self, articles: DocId) {
        let articles = articles as usize;
        self.marks.clear();
        self.marks.resize(articles, Mark::default());
        // Left empty by every word.
        self.word.resize(articles, [0.0; 2]);
        self.touched.resize(articles + 1, 0);
        self.found.clear();
    }

    /// What was found.
    pub(super) fn found(&self) -> impl Iterator<Item = Found> {
        let found = |doc: &DocId| {
            let Mark { score, words } = self.marks[*doc as usize];
            Found { doc: *doc, score, words }
        };
        self.found.iter().map(found)
    }

    /// Leaves these alone in, with their own scores.
    pub(super) fn restrict(&mut self, scorer: &mut dyn Scorer, clock: &Clock) -> bool {
        self.marks.fill(Mark { score: 0.0, words: OUT });
        let mut looked = 0;
        while scorer.doc() != TERMINATED {
            self.marks[scorer.doc() as usize] = Mark { score: scorer.score(), words: 0 };
            looked += 1;
            if looked % TICK == 0 && clock.is_over() {
                return false;
            }
            scorer.advance();
        }
        true
    }

    /// Takes these out.
    pub(super) fn without(&mut self, docs: &mut dyn DocSet) {
        while docs.doc() != TERMINATED {
            self.marks[docs.doc() as usize].words = OUT;
            docs.advance();
        }
    }

    /// Takes articles out in which a word stands.
    pub(super) fn without_word(&mut self, segment: &SegmentReader, term: &Term) -> Result<(), TantivyError> {
        let lists = segment.inverted_index(term.field())?;
        if let Some(mut list) = lists.read_postings(term, IndexRecordOption::Basic)? {
            self.without(&mut list);
        }
        Ok(())
    }

    /// Adds what a word says of every article; `false` where the time was over before its end.
    /// Telling words alone find articles.
    pub(super) fn add<'a>(
        &mut self,
        segment: &SegmentReader,
        stands: impl Iterator<Item = &'a Stand>,
        telling: bool,
        clock: &Clock,
    ) -> Result<bool, TantivyError> {
        let mut in_time = true;
        let mut touched = 0;
        for Stand { term, weight } in stands {
            let lists = segment.inverted_index(term.field())?;
            let Some(mut list) = lists.read_block_postings(term, IndexRecordOption::WithFreqs)? else { continue };
            let lengths = segment.get_fieldnorms_reader(term.field())?;
            let mut looked = 0;
            // All of a block are counted before they are noted, which is quicker.
            let mut scores: Vec<f32> = Vec::new();
            while !list.docs().is_empty() {
                let entries = list.docs().iter().zip(list.freqs());
                scores.clear();
                scores.extend(entries.map(|(doc, times)| weight.score(lengths.fieldnorm_id(*doc), *times)));
                // Without branches, which nobody could foretell.
                for (doc, score) in list.docs().iter().zip(&scores) {
                    let [best, sum] = &mut self.word[*doc as usize];
                    self.touched[touched] = *doc;
                    touched += usize::from(*sum == 0.0);
                    *best = if *score > *best { *score } else { *best };
                    *sum += *score;
                }
                looked += list.docs().len();
                if looked >= TICK {
                    looked = 0;
                    in_time = !clock.is_over();
                    if !in_time {
                        break;
                    }
                }
                list.advance();
            }
        }
        for &doc in &self.touched[..touched] {
            let [best, sum] = std::mem::take(&mut self.word[doc as usize]);
            let mark = &mut self.marks[doc as usize];
            if mark.words == OUT {
                continue;
            }
            mark.score += best + OTHER_FIELDS * (sum - best);
            if telling {
                if mark.words == 0 {
                    self.found.push(doc);
                }
                mark.words += 1;
            }
        }
        Ok(in_time)
    }

    /// Where no words are asked for, everything that is not out is found.
    pub(super) fn add_all(&mut self) {
        let docs = (0..).zip(&self.marks).filter(|(_, mark)| mark.words != OUT);
        self.found = docs.map(|(doc, _)| doc).collect();
    }
}
