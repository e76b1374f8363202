//! Words one after the other, looked up in single articles. (tantivy's own phrases look for
//! the first article that has one, however far away.)

use tantivy::{
    DocId, DocSet, SegmentReader, TantivyError, Term,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

/// Words in a row, in one field of a segment.
pub(super) struct Row {
    /// Each word's articles and, of its place, how many words follow; the rarest first.
    words: Vec<(SegmentPostings, u32)>,
    /// Where the row ends that began with the words so far.
    ends: Vec<u32>,
    /// The same of one more word.
    next: Vec<u32>,
}

impl Row {
    /// `None` where one of the words never stands in this segment.
    pub(super) fn of(segment: &SegmentReader, terms: &[Term]) -> Result<Option<Self>, TantivyError> {
        let mut words = Vec::new();
        for (follow, term) in (0..).zip(terms.iter().rev()) {
            let lists = segment.inverted_index(term.field())?;
            match lists.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(list) => words.push((list, follow)),
                None => return Ok(None),
            }
        }
        words.sort_by_key(|(list, _)| list.doc_freq());
        Ok(Some(Self { words, ends: Vec::new(), next: Vec::new() }))
    }

    /// Whether the row stands in an article. Articles are asked for in their order.
    pub(super) fn stands_in(&mut self, doc: DocId) -> bool {
        for (list, _) in &mut self.words {
            if list.doc() < doc {
                list.seek(doc);
            }
            if list.doc() != doc {
                return false;
            }
        }
        let (first, others) = match self.words.split_first_mut() {
            Some(words) => words,
            None => return false,
        };
        first.0.positions_with_offset(first.1, &mut self.ends);
        for (list, follow) in others {
            list.positions_with_offset(*follow, &mut self.next);
            let next = &self.next;
            self.ends.retain(|end| next.binary_search(end).is_ok());
            if self.ends.is_empty() {
                return false;
            }
        }
        true
    }
}
