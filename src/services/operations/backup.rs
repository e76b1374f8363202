//! Back-ups: database and pictures in one file, taken while the server runs.
//!
//! The file is a plain tar archive: one file of JSON lines for each table, the
//! pictures, and at its end a manifest with the SHA-256 of each part. It holds
//! no keys for signing. Since rows are written in one form for both databases,
//! a back-up of one can be restored into the other.

use super::incoming::{Inspection, Mended};
use crate::services::{Site, articles::media, newsletter::issues, site::secrets::hex};
use crate::{
    config::Config,
    domain::time::Timestamp,
    storage::{Db, StorageError, dump, migrations::newest_step},
    store::{Store, StoreError},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::Path,
};

const MANIFEST: &str = "manifest.json";

/// What a back-up says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// The form of the file; 1 is the only one so far.
    form: u32,
    /// When it was taken, milliseconds since 1970.
    taken: i64,
    /// The newest step that its database had taken (`storage/migrations.rs`); older back-ups don't say.
    #[serde(default)]
    step: Option<i64>,
    /// Rows of each table.
    rows: BTreeMap<String, u64>,
    /// SHA-256 of each part.
    parts: BTreeMap<String, String>,
}

/// What was saved or brought back.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows of all tables.
    pub rows: u64,
    /// Pictures.
    pub pictures: usize,
    /// What was not as this program writes it and was made harmless.
    pub mended: Mended,
}

/// Why a back-up was not taken or not brought back. What was stored stays.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// The back-up is damaged or is none.
    #[error("{0}: {1}")]
    Damaged(String, String),
    /// There is something already, which a restore would mix up.
    #[error(
        "the database is not empty; a back-up is restored into an empty one (name another with PRESSROOM_DATABASE__URL)"
    )]
    NotEmpty,
    /// A newer program made it.
    #[error(
        "{0} is of a newer pressroom (its database had taken step {1}; this one knows the steps up to {2}): restore it \
         with that one"
    )]
    Newer(String, i64, i64),
    /// The media store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Writes a back-up, reads it again and compares.
pub async fn take(site: &Site, file: &Path) -> Result<Summary, BackupError> {
    write(&site.db, Some(site), file, site.now()).await
}

/// Writes a back-up without pictures, whichever steps the database has taken; reads it again and
/// compares. The store's files never change, so with it beside it is all of a publication.
pub async fn take_rows(db: &Db, file: &Path, now: Timestamp) -> Result<Summary, BackupError> {
    write(db, None, file, now).await
}

async fn write(db: &Db, pictures_of: Option<&Site>, file: &Path, now: Timestamp) -> Result<Summary, BackupError> {
    let name = file.display().to_string();
    let fault = |e| BackupError::File(name.clone(), e);
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let work = tempfile::tempdir_in(folder).map_err(fault)?;
    let whole = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
    let mut archive = tar::Builder::new(BufWriter::new(whole.reopen().map_err(fault)?));
    let step = Some(db.steps().await?.newest());
    let mut manifest = Manifest { form: 1, taken: now.0, step, rows: BTreeMap::new(), parts: BTreeMap::new() };
    let mut act = db.snapshot().await?;
    for table in dump::TABLES {
        let path = work.path().join(table.name);
        let mut out = BufWriter::new(File::create(&path).map_err(fault)?);
        let rows = dump::read(&mut act, table, |line| {
            out.write_all(line.as_bytes())?;
            out.write_all(b"\n")
        })
        .await?;
        out.flush().map_err(fault)?;
        manifest.rows.insert(table.name.to_owned(), rows);
        add(&mut archive, &mut manifest, &format!("tables/{}.jsonl", table.name), &path).map_err(fault)?;
        std::fs::remove_file(&path).map_err(fault)?;
    }
    drop(act);
    let pictures = match pictures_of {
        Some(site) => add_pictures(&mut archive, &mut manifest, site, &name).await?,
        None => 0,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|e| BackupError::Damaged(name.clone(), e.to_string()))?;
    append(&mut archive, MANIFEST, &text).map_err(fault)?;
    archive.into_inner().and_then(|mut out| out.flush()).map_err(fault)?;
    whole.as_file().sync_all().map_err(fault)?;
    check(whole.path(), &name)?;
    whole.persist(file).map_err(|e| fault(e.error))?;
    Ok(Summary { rows: manifest.rows.values().sum(), pictures, mended: Mended::default() })
}

/// Files of the store never change, so those of the snapshot are all still there.
async fn add_pictures(
    archive: &mut tar::Builder<BufWriter<File>>,
    manifest: &mut Manifest,
    site: &Site,
    name: &str,
) -> Result<usize, BackupError> {
    let mut pictures = 0;
    for stored in pictures_of(site).await? {
        let Some(bytes) = site.store.read(&stored).await? else {
            tracing::warn!(file = stored, "a picture is missing in the store");
            continue;
        };
        let part = format!("media/{stored}");
        append(archive, &part, &bytes).map_err(|e| BackupError::File(name.to_owned(), e))?;
        manifest.parts.insert(part, hex(&Sha256::digest(&bytes)));
        pictures += 1;
    }
    Ok(pictures)
}

pub(super) async fn pictures_of(site: &Site) -> Result<Vec<String>, StorageError> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let after = all.last().cloned().unwrap_or_default();
        let names = crate::storage::media::files(&site.db, &after, 1_000).await?;
        if names.is_empty() {
            return Ok(all);
        }
        all.extend(names);
    }
}

fn append(archive: &mut tar::Builder<BufWriter<File>>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    archive.append_data(&mut header, name, bytes)
}

fn add(
    archive: &mut tar::Builder<BufWriter<File>>,
    manifest: &mut Manifest,
    name: &str,
    path: &Path,
) -> io::Result<()> {
    let mut file = File::open(path)?;
    let digest = digest(&mut file)?;
    archive.append_file(name, &mut File::open(path)?)?;
    manifest.parts.insert(name.to_owned(), digest);
    Ok(())
}

fn digest(input: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = input.read(&mut chunk)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&chunk[..read]);
    }
}

/// Reads the whole file and compares each part with the manifest.
fn check(file: &Path, name: &str) -> Result<Manifest, BackupError> {
    let damaged = |what: String| BackupError::Damaged(name.to_owned(), what);
    let open = File::open(file).map_err(|e| BackupError::File(name.to_owned(), e))?;
    let mut archive = tar::Archive::new(BufReader::new(open));
    let mut found = BTreeMap::new();
    let mut manifest: Option<Manifest> = None;
    let no_backup = |_| damaged("this is no back-up, or it was cut short".into());
    for part in archive.entries().map_err(no_backup)? {
        let mut part = part.map_err(no_backup)?;
        let path = part.path().map_err(no_backup)?.display().to_string();
        if !part.header().entry_type().is_file() || found.contains_key(&path) {
            return Err(damaged(format!("{path} is no part of a back-up")));
        }
        if path == MANIFEST && manifest.is_none() {
            manifest = Some(
                serde_json::from_reader(&mut part).map_err(|e| damaged(format!("the manifest can’t be read: {e}")))?,
            );
        } else {
            found.insert(path, digest(&mut part).map_err(no_backup)?);
        }
    }
    let manifest = manifest.ok_or_else(|| damaged("this is no back-up, or it was cut short".into()))?;
    if manifest.form != 1 {
        return Err(damaged(format!("it has form {}; this program reads form 1", manifest.form)));
    }
    if let Some(foreign) = found.keys().find(|part| !manifest.parts.contains_key(*part)) {
        return Err(damaged(format!("{foreign} is no part of this back-up")));
    }
    for (part, digest) in &manifest.parts {
        match found.get(part) {
            None => return Err(damaged(format!("{part} is missing in it"))),
            Some(other) if other != digest => return Err(damaged(format!("{part} is damaged in it"))),
            Some(_) => {}
        }
    }
    Ok(manifest)
}

/// Brings a back-up into an empty database, after it was checked as a whole. No
/// site is opened for it: that would fill the empty database with an edition.
pub async fn restore(config: &Config, file: &Path, now: Timestamp) -> Result<Summary, BackupError> {
    // Looked at first: what is refused leaves nothing behind.
    let manifest = check(file, &file.display().to_string())?;
    let known = newest_step();
    if let Some(step) = manifest.step.filter(|step| *step > known) {
        return Err(BackupError::Newer(file.display().to_string(), step, known));
    }
    let store = Store::open(&config.media)?;
    let db = Db::open(&config.database.url).await?;
    let done = restore_at_its_step(&db, &store, file, &manifest, now).await;
    db.close().await;
    done
}

/// Rows come into tables as they were, and take the steps since then together with them: so
/// steps that change rows change these, too.
async fn restore_at_its_step(
    db: &Db,
    store: &Store,
    file: &Path,
    manifest: &Manifest,
    now: Timestamp,
) -> Result<Summary, BackupError> {
    if db.steps().await?.is_new() {
        db.migrate_to(manifest.step.unwrap_or(i64::MAX)).await?;
    } else {
        db.migrate().await?;
        if !dump::is_empty(db).await? {
            return Err(BackupError::NotEmpty);
        }
    }
    let summary = restore_into(db, store, file, manifest, now).await?;
    db.migrate().await?;
    // What was sent since the back-up was made nobody here knows.
    issues::hold(db, now).await?;
    Ok(summary)
}

async fn restore_into(
    db: &Db,
    store: &Store,
    file: &Path,
    manifest: &Manifest,
    now: Timestamp,
) -> Result<Summary, BackupError> {
    let name = file.display().to_string();
    let fault = |e| BackupError::File(name.clone(), e);
    let work = tempfile::tempdir().map_err(fault)?;
    let mut archive = tar::Archive::new(BufReader::new(File::open(file).map_err(fault)?));
    let mut pictures = 0;
    for part in archive.entries().map_err(fault)? {
        let mut part = part.map_err(fault)?;
        let path = part.path().map_err(fault)?.display().to_string();
        if let Some(table) = path
            .strip_prefix("tables/")
            .filter(|t| dump::TABLES.iter().any(|known| format!("{}.jsonl", known.name) == **t))
        {
            io::copy(&mut part, &mut File::create(work.path().join(table)).map_err(fault)?).map_err(fault)?;
        } else if let Some(picture) = path.strip_prefix("media/").filter(|p| media::kind_of(p).is_some()) {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).map_err(fault)?;
            store.keep(picture, bytes.into()).await?;
            pictures += 1;
        }
    }
    let mut current: Option<(&'static str, io::Lines<BufReader<File>>)> = None;
    let mut inspection = Inspection::default();
    let next = |table: &'static dump::Table| {
        if current.as_ref().is_none_or(|(open, _)| *open != table.name) {
            let path = work.path().join(format!("{}.jsonl", table.name));
            if !manifest.rows.contains_key(table.name) {
                // The program that made it had no such table.
                return Ok(None);
            }
            let file = File::open(&path).map_err(|e| StorageError::Folder(table.name.to_owned(), e))?;
            current = Some((table.name, BufReader::new(file).lines()));
        }
        let line = current.as_mut().and_then(|(_, lines)| lines.next());
        let line = line.transpose().map_err(|e| StorageError::Folder(table.name.to_owned(), e))?;
        let row = line.map(|line| table.row(&line)).transpose()?;
        Ok(row.map(|row| inspection.row(table.name, row)))
    };
    let rows = dump::write_rows(db, dump::TABLES, next, now).await?;
    if rows != manifest.rows.values().sum::<u64>() {
        return Err(BackupError::Damaged(
            name,
            format!("{rows} rows came in instead of {}", manifest.rows.values().sum::<u64>()),
        ));
    }
    Ok(Summary { rows, pictures, mended: inspection.mended })
}
