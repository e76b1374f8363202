//! Whether the database can be read and written: asked by doing both.

use super::{Db, StorageError, db::args};
use crate::domain::time::Timestamp;
use std::{io::Read, os::unix::fs::MetadataExt, path::Path};

/// Writes one row anew and reads it again. No line in `changes`: nobody shows it.
pub async fn probe(db: &Db, now: Timestamp) -> Result<(), StorageError> {
    const WRITE: &str = "INSERT INTO probes (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
    db.is_whole()?;
    let mut act = db.begin().await?;
    act.run(WRITE, args![now]).await?;
    act.commit(now).await?;
    let (at,): (i64,) = db.one("SELECT at FROM probes WHERE id = 1", args![]).await?;
    // Another server on the same database may have written since.
    if at >= now.0 || !db.is_ours_alone() { Ok(()) } else { Err(StorageError::stored("what was written is not read")) }
}

/// Which file a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(u64, u64);

impl FileId {
    /// The file at a path.
    pub fn of(path: &Path) -> Result<Self, StorageError> {
        let meta = std::fs::metadata(path).map_err(|_| StorageError::File("the file of the database is gone"))?;
        Ok(Self(meta.dev(), meta.ino()))
    }
}

/// Whether a file of SQLite is as long as its own head says (its file format, 1.3). A file that
/// was cut, or replaced, answers for a while out of what is in memory.
pub fn is_whole(path: &Path, opened: FileId) -> Result<(), StorageError> {
    if FileId::of(path)? != opened {
        return Err(StorageError::File("the file of the database is another one than was opened"));
    }
    let cut = StorageError::File("the file of the database was cut");
    let mut head = [0; 100];
    let mut file =
        std::fs::File::open(path).map_err(|_| StorageError::File("the file of the database can’t be read"))?;
    let length = file.metadata().map_or(0, |meta| meta.len());
    // One that was just made has its first page in the write-ahead log alone.
    if length == 0 && path.with_extension(wal(path)).metadata().is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    if file.read_exact(&mut head).is_err() || !head.starts_with(b"SQLite format 3\0") {
        return Err(cut);
    }
    let number =
        |at: usize, bytes: usize| head[at..at + bytes].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let page = match number(16, 2) {
        1 => 65_536,
        size => size,
    };
    // The number of pages is good where the head was written by the last change.
    let pages = if number(24, 4) == number(92, 4) { number(28, 4) } else { 0 };
    if length < page * pages { Err(cut) } else { Ok(()) }
}

fn wal(path: &Path) -> String {
    format!("{}-wal", path.extension().map_or_else(String::new, |end| end.to_string_lossy().into_owned()))
}
