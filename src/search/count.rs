//! How many articles there are of each section, author, topic and year.

use super::ask::Counts;
use std::{cmp::Reverse, sync::Arc};
use tantivy::{
    DocId, SegmentReader, TantivyError,
    columnar::{Column, ColumnValues},
};

/// What is read of a document while going through.
pub(super) struct Columns {
    pub id: Arc<dyn ColumnValues<u64>>,
    pub published: Arc<dyn ColumnValues<i64>>,
    section: Arc<dyn ColumnValues<u64>>,
    authors: Column<u64>,
    topics: Column<u64>,
}

impl Columns {
    pub(super) fn of(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let fast = segment.fast_fields();
        Ok(Self {
            id: fast.u64("id")?.first_or_default_col(0),
            published: fast.i64("published")?.first_or_default_col(0),
            section: fast.u64("section_row")?.first_or_default_col(0),
            authors: fast.u64("author_row")?,
            topics: fast.u64("topic_row")?,
        })
    }
}

/// Numbers of articles by row; rows are counted from 1 and have few gaps.
#[derive(Default)]
pub(super) struct Counting {
    sections: Vec<usize>,
    authors: Vec<usize>,
    topics: Vec<usize>,
    years: Vec<usize>,
}

fn add(counts: &mut Vec<usize>, row: u64) {
    let row = usize::try_from(row).unwrap_or(0);
    if counts.len() <= row {
        counts.resize(row + 1, 0);
    }
    counts[row] += 1;
}

impl Counting {
    /// Nothing yet, of so many years.
    pub(super) fn new(years: usize) -> Self {
        Self { years: vec![0; years], ..Self::default() }
    }

    /// Adds what another one has counted.
    pub(super) fn join(&mut self, other: Self) {
        let pairs = [
            (&mut self.sections, other.sections),
            (&mut self.authors, other.authors),
            (&mut self.topics, other.topics),
            (&mut self.years, other.years),
        ];
        for (counts, more) in pairs {
            if counts.len() < more.len() {
                counts.resize(more.len(), 0);
            }
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
    }

    pub(super) fn count(&mut self, columns: &Columns, doc: DocId, years: &[i64]) {
        add(&mut self.sections, columns.section.get_val(doc));
        for author in columns.authors.values_for_doc(doc) {
            add(&mut self.authors, author);
        }
        for topic in columns.topics.values_for_doc(doc) {
            add(&mut self.topics, topic);
        }
        let at = columns.published.get_val(doc);
        if let Some(year) = years.partition_point(|first| *first <= at).checked_sub(1) {
            self.years[year] += 1;
        }
    }

    pub(super) fn done(self) -> Counts {
        let sorted = |counts: Vec<usize>| {
            let mut counts: Vec<(i64, usize)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
            counts.sort_by_key(|(row, count)| (Reverse(*count), *row));
            counts
        };
        Counts {
            sections: sorted(self.sections),
            authors: sorted(self.authors),
            topics: sorted(self.topics),
            years: self.years,
        }
    }
}
