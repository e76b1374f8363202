//! The index's files and their life. A folder holds one index in use, in a folder of its
//! own that `current` names; a new one is built beside it and takes its place in one
//! step, so that whoever asks always has a whole one.

use super::analysis::Analysis;
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
    schema::{FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TextAnalyzer,
};

/// Of an index with another number nothing is taken: what is in it is made differently.
const VERSION: u32 = 1;
const CURRENT: &str = "current";
const ANALYSIS: &str = "words";
/// What a thread that writes keeps in memory before it puts it into a file.
const MEMORY: usize = 32_000_000;
/// The same of a writer that takes in single changes; tantivy takes no less.
const LITTLE_MEMORY: usize = 15_000_000;

/// Why the index can't be asked or written.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Its folder.
    #[error("the search index in {0} can’t be used: {1}")]
    Folder(String, io::Error),
    /// Another process is writing it.
    #[error("the search index in {0} is another server’s; each needs a folder of its own ([search] folder)")]
    Another(String),
    /// Its files, or what is in them.
    #[error("the search index: {0}")]
    Index(#[from] TantivyError),
}

impl SearchError {
    fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::Folder(path, error)
    }
}

/// An article as it is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its row.
    pub id: i64,
    /// Headline.
    pub title: String,
    /// Summary.
    pub standfirst: String,
    /// The text without markup.
    pub body: String,
    /// What readers wrote under it, where that is to be found.
    pub comments: String,
    /// Row and name.
    pub section: (i64, String),
    /// Rows and names.
    pub authors: Vec<(i64, String)>,
    /// Rows and names.
    pub topics: Vec<(i64, String)>,
    /// First publication, in UTC milliseconds.
    pub published: i64,
}

/// What an index was made of: another language, other settings make another index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    version: u32,
    language: String,
    comments: bool,
    up_to: UpTo,
}

/// Up to where an index knows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpTo {
    /// The last change that is in it.
    pub cursor: i64,
    /// What that change was: in another database it was another.
    pub mark: String,
}

/// The fields of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub title: Field,
    pub standfirst: Field,
    pub body: Field,
    pub comments: Field,
    pub section: Field,
    pub author: Field,
    pub topic: Field,
    pub section_row: Field,
    pub author_row: Field,
    pub topic_row: Field,
    pub published: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(ANALYSIS);
    let words = TextOptions::default()
        .set_indexing_options(indexing.clone().set_index_option(IndexRecordOption::WithFreqsAndPositions));
    let talk = TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs));
    let row: NumericOptions = (INDEXED | FAST).into();
    let fields = Fields {
        id: schema.add_u64_field("id", row.clone()),
        title: schema.add_text_field("title", words.clone()),
        standfirst: schema.add_text_field("standfirst", words.clone()),
        body: schema.add_text_field("body", words.clone()),
        comments: schema.add_text_field("comments", talk),
        section: schema.add_text_field("section", words.clone()),
        author: schema.add_text_field("author", words.clone()),
        topic: schema.add_text_field("topic", words),
        section_row: schema.add_u64_field("section_row", row.clone()),
        author_row: schema.add_u64_field("author_row", row.clone()),
        topic_row: schema.add_u64_field("topic_row", row),
        published: schema.add_i64_field("published", FAST),
    };
    (schema.build(), fields)
}

/// Rows are counted from 1.
fn row(id: i64) -> u64 {
    u64::try_from(id).unwrap_or(0)
}

/// An index that can be asked.
pub struct Index {
    pub(super) fields: Fields,
    index: tantivy::Index,
    reader: IndexReader,
    made: Made,
    /// The name of its folder.
    name: String,
}

impl Index {
    /// The index in use; `None` where there is none that can be used: one has to be built.
    pub fn open(folder: &Path, language: &str, comments: bool) -> Option<Self> {
        let name = fs::read_to_string(folder.join(CURRENT)).ok()?;
        let name = name.trim().to_owned();
        let path = folder.join(&name);
        let index = Self::at(&path, name, language, comments, false);
        match index {
            Ok(index) if index.is_made_of(language, comments) => {
                let broken = index.index.validate_checksum().map_err(SearchError::from);
                let sound = broken.as_ref().is_ok_and(|files| files.is_empty());
                if !sound {
                    tracing::warn!(?broken, "the search index is broken and is built again");
                }
                sound.then_some(index)
            }
            Ok(_) => None,
            Err(error) => {
                tracing::warn!(%error, "the search index can’t be read and is built again");
                None
            }
        }
    }

    fn at(path: &Path, name: String, language: &str, comments: bool, new: bool) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(path).map_err(TantivyError::from)?;
        let index = if new {
            tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())?
        } else {
            tantivy::Index::open(directory)?
        };
        index.tokenizers().register(ANALYSIS, TextAnalyzer::from(Analysis::of(language)));
        // Whoever writes says when there is something new to read.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let fresh = Made { version: VERSION, language: language.to_owned(), comments, up_to: UpTo::default() };
        let stored = || serde_json::from_str(&index.load_metas().ok()?.payload?).ok();
        let made = if new { fresh } else { stored().unwrap_or(Made { version: 0, ..fresh }) };
        Ok(Self { fields, index, reader, made, name })
    }

    fn is_made_of(&self, language: &str, comments: bool) -> bool {
        let Made { version, language: own, comments: with, .. } = &self.made;
        *version == VERSION && own == language && *with == comments
    }

    /// Begins an index beside the one in use.
    pub fn build(folder: &Path, name: &str, language: &str, comments: bool) -> Result<Building, SearchError> {
        let path = folder.join(name);
        fs::create_dir_all(&path).map_err(SearchError::folder(&path))?;
        let index = Self::at(&path, name.to_owned(), language, comments, true)?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let writer = index.index.writer_with_num_threads(threads, threads * MEMORY)?;
        Ok(Building {
            writer: Writer { writer, fields: index.fields, made: index.made.clone() },
            index,
            folder: folder.to_owned(),
        })
    }

    /// Takes in changes; there is one writer at a time, in whatever process.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        let writer = self.index.writer_with_num_threads(1, LITTLE_MEMORY).map_err(|error| match error {
            TantivyError::LockFailure(..) => SearchError::Another(self.name.clone()),
            error => error.into(),
        })?;
        Ok(Writer { writer, fields: self.fields, made: self.made.clone() })
    }

    /// Whether another index has taken this one's place.
    pub fn is_replaced(&self, folder: &Path) -> bool {
        fs::read_to_string(folder.join(CURRENT)).map_or(true, |name| name.trim() != self.name)
    }

    /// Reads what was written meanwhile.
    pub fn look_again(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// Up to where it knew everything when it was opened.
    pub fn up_to(&self) -> &UpTo {
        &self.made.up_to
    }

    /// How many articles it holds.
    pub fn count(&self) -> u64 {
        self.searcher().num_docs()
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}

/// Takes documents into an index.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
    made: Made,
}

impl Writer {
    /// Puts an article in, in the place of what is there of it.
    pub fn put(&self, document: &Document) -> Result<(), SearchError> {
        self.remove(document.id);
        self.add(document)
    }

    /// Takes an article out.
    pub fn remove(&self, id: i64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.id, row(id)));
    }

    fn add(&self, document: &Document) -> Result<(), SearchError> {
        let f = self.fields;
        let mut entry = TantivyDocument::default();
        entry.add_u64(f.id, row(document.id));
        entry.add_text(f.title, &document.title);
        entry.add_text(f.standfirst, &document.standfirst);
        entry.add_text(f.body, &document.body);
        if self.made.comments {
            entry.add_text(f.comments, &document.comments);
        }
        entry.add_u64(f.section_row, row(document.section.0));
        entry.add_text(f.section, &document.section.1);
        for (id, name) in &document.authors {
            entry.add_u64(f.author_row, row(*id));
            entry.add_text(f.author, name);
        }
        for (id, name) in &document.topics {
            entry.add_u64(f.topic_row, row(*id));
            entry.add_text(f.topic, name);
        }
        entry.add_i64(f.published, document.published);
        self.writer.add_document(entry)?;
        Ok(())
    }

    /// Makes what was put in and taken out last, and known up to where it is all.
    pub fn commit(&mut self, up_to: UpTo) -> Result<(), SearchError> {
        self.made.up_to = up_to;
        let made = serde_json::to_string(&self.made).map_err(|error| TantivyError::InternalError(error.to_string()))?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&made);
        commit.commit()?;
        Ok(())
    }
}

/// An index that is being built.
pub struct Building {
    writer: Writer,
    index: Index,
    folder: PathBuf,
}

impl Building {
    /// Puts an article in that is not there yet.
    pub fn add(&self, document: &Document) -> Result<(), SearchError> {
        self.writer.add(document)
    }

    /// Puts it in the place of the one in use, and takes that one away.
    pub fn finish(mut self, up_to: UpTo) -> Result<Index, SearchError> {
        self.writer.commit(up_to.clone())?;
        self.writer.writer.wait_merging_threads()?;
        let new = self.folder.join(format!("{CURRENT}.new"));
        let write = || {
            fs::write(&new, &self.index.name)?;
            fs::rename(&new, self.folder.join(CURRENT))
        };
        write().map_err(SearchError::folder(&self.folder))?;
        for old in fs::read_dir(&self.folder).map_err(SearchError::folder(&self.folder))?.flatten() {
            if old.file_name() != *self.index.name && old.path().is_dir() {
                // Whoever has its files open keeps them until they are closed.
                let _ = fs::remove_dir_all(old.path());
            }
        }
        self.index.made.up_to = up_to;
        self.index.look_again()?;
        Ok(self.index)
    }
}
