//! A rehearsal: the whole import in a copy of the database that is thrown away, so that its
//! report is that of the real one and nothing is changed.

use crate::{
    domain::time::Timestamp,
    services::{Site, site::OpenError},
    storage::{Db, StorageError, dump},
};
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Lines, Write},
};
use tempfile::TempDir;

/// A copy of the site in a folder that goes with it. Its pictures are those of the original
/// as far as the database knows them; files are written into the folder alone.
pub struct Rehearsal {
    /// The copy.
    pub site: Site,
    _folder: TempDir,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The folder for it.
    #[error("the copy for the rehearsal could not be written: {0}")]
    Folder(#[from] std::io::Error),
    /// A database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The copy could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl Rehearsal {
    /// Copies the database (of either kind) into a SQLite file.
    pub async fn of(site: &Site) -> Result<Self, RehearsalError> {
        let folder = tempfile::tempdir()?;
        let rows = folder.path().join("rows");
        std::fs::create_dir(&rows)?;
        let url = format!("sqlite:{}", folder.path().join("copy.db").display());
        let mut act = site.db.snapshot().await?;
        for table in dump::TABLES {
            let mut out = BufWriter::new(File::create(rows.join(table.name))?);
            dump::read(&mut act, table, |line| writeln!(out, "{line}")).await?;
            out.flush()?;
        }
        drop(act);
        let copy = Db::open(&url).await?;
        copy.migrate().await?;
        let mut open: Option<(&str, Lines<BufReader<File>>)> = None;
        let fault = |e| StorageError::Folder("the copy".into(), e);
        let next = |table: &dump::Table| {
            if open.as_ref().is_none_or(|(name, _)| *name != table.name) {
                let file = File::open(rows.join(table.name)).map_err(fault)?;
                open = Some((table.name, BufReader::new(file).lines()));
            }
            open.as_mut().and_then(|(_, lines)| lines.next()).transpose().map_err(fault)
        };
        dump::write(&copy, next, Timestamp(site.now().0)).await?;
        drop(copy);
        let mut config = site.config.clone();
        config.database.url = url;
        config.media.url = folder.path().join("media").display().to_string();
        Ok(Self { site: Site::open(config, site.clock.clone()).await?, _folder: folder })
    }
}
