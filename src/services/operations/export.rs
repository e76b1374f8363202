//! The whole publication as documented files, for whoever takes it elsewhere: one file of
//! JSON lines for each kind of thing, and the pictures as they came in. `docs/export.md`
//! says what stands in them.
//!
//! A back-up holds everything that a publication runs on, in a form of this program. This
//! holds what a newsroom has made and its readers have said, without secrets: no password,
//! no address of the network, no key, no mail. The same publication gives the same bytes,
//! whichever database it lies in.

use super::{
    backup::pictures_of,
    incoming::{Inspection, Mended},
};
use crate::services::{Site, articles::media};
use crate::{
    config::Config,
    domain::time::Timestamp,
    storage::{
        Db, StorageError,
        dump::{self, Row, Table},
    },
    store::{Store, StoreError},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Lines, Write},
    path::{Path, PathBuf},
};

/// What tells an export from another folder.
const HEAD: &str = "export.json";
/// The form of the files; 1 is the only one so far.
const FORM: u32 = 1;

/// What is exported, and which columns of it are not, with what stands for them where an
/// export comes in.
const EXPORTED: &[(&str, &[(&str, &str)])] = &[
    ("settings", &[]),
    // Which forms of a picture lie in this store: they are made again.
    ("media", &[("ready", "\"\"")]),
    ("sections", &[]),
    ("topics", &[]),
    ("authors", &[]),
    ("articles", &[]),
    ("article_topics", &[]),
    ("article_authors", &[]),
    ("pages", &[]),
    ("revisions", &[]),
    ("redirects", &[]),
    ("accounts", &[("password", "\"\"")]),
    (
        "comments",
        &[
            ("ticket", "null"),
            ("address", "\"\""),
            ("agent", "\"\""),
            ("writer", "\"\""),
            ("trained", "\"\""),
            ("reports", "0"),
        ],
    ),
    ("moderations", &[]),
];

/// What an export says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// The form of the files.
    form: u32,
    /// Lines of each file.
    rows: BTreeMap<String, u64>,
    /// Pictures.
    pictures: usize,
}

/// What went out or came in.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// Lines of all files.
    pub rows: u64,
    /// Pictures.
    pub pictures: usize,
    /// What was not as this program writes it and was made harmless.
    pub mended: Mended,
}

/// Why an export was not written or did not come in. What was stored stays.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// It is no export, or a line of it is none.
    #[error("{0}: {1}")]
    Form(String, String),
    /// Something is there already.
    #[error("{0}: there is something already; an export is written to a new place")]
    Taken(String),
    /// The database has something.
    #[error("the database is not empty; an export comes into an empty one (name another with PRESSROOM_DATABASE__URL)")]
    NotEmpty,
    /// The media store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

fn fault(path: &Path) -> impl FnOnce(io::Error) -> ExportError {
    let name = path.display().to_string();
    move |error| ExportError::File(name, error)
}

fn left_out(table: &str) -> &'static [(&'static str, &'static str)] {
    EXPORTED.iter().find(|(name, _)| *name == table).map_or(&[], |(_, columns)| columns)
}

/// Whether a place is a tar archive rather than a folder.
fn is_archive(place: &Path) -> bool {
    place.extension().is_some_and(|extension| extension == "tar")
}

/// Writes the publication into a new folder, or into a new tar archive (`….tar`).
pub async fn write(site: &Site, place: &Path) -> Result<Summary, ExportError> {
    if place.exists() && !(place.is_dir() && fs::read_dir(place).map_err(fault(place))?.next().is_none()) {
        return Err(ExportError::Taken(place.display().to_string()));
    }
    if !is_archive(place) {
        return write_folder(site, place).await;
    }
    let beside = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let work = tempfile::tempdir_in(beside).map_err(fault(beside))?;
    let folder = work.path().join("export");
    let summary = write_folder(site, &folder).await?;
    let whole = tempfile::NamedTempFile::new_in(beside).map_err(fault(beside))?;
    pack(&folder, whole.as_file()).map_err(fault(place))?;
    whole.persist(place).map_err(|e| fault(place)(e.error))?;
    Ok(summary)
}

async fn write_folder(site: &Site, folder: &Path) -> Result<Summary, ExportError> {
    let pictures = folder.join("media");
    fs::create_dir_all(&pictures).map_err(fault(&pictures))?;
    let mut head = Head { form: FORM, rows: BTreeMap::new(), pictures: 0 };
    let mut act = site.db.snapshot().await?;
    for table in dump::TABLES.iter().filter(|table| EXPORTED.iter().any(|(name, _)| *name == table.name)) {
        let path = folder.join(format!("{}.jsonl", table.name));
        let mut out = BufWriter::new(File::create(&path).map_err(fault(&path))?);
        let secret = left_out(table.name);
        let rows = dump::read(&mut act, table, |line| {
            let row = table.row(line).map_err(io::Error::other)?;
            let shown = row.into_iter().filter(|(name, _)| !secret.iter().any(|(left, _)| left == name));
            let object: Map<String, Value> = shown.map(|(name, value)| (name.to_owned(), value)).collect();
            serde_json::to_writer(&mut out, &object)?;
            out.write_all(b"\n")
        })
        .await?;
        out.flush().map_err(fault(&path))?;
        head.rows.insert(table.name.to_owned(), rows);
    }
    drop(act);
    for stored in pictures_of(site).await? {
        let Some(bytes) = site.store.read(&stored).await? else {
            tracing::warn!(file = stored, "a picture is missing in the store");
            continue;
        };
        let path = pictures.join(&stored);
        fs::write(&path, &bytes).map_err(fault(&path))?;
        head.pictures += 1;
    }
    let path = folder.join(HEAD);
    let text = serde_json::to_vec_pretty(&head).map_err(|e| fault(&path)(e.into()))?;
    fs::write(&path, text).map_err(fault(&path))?;
    Ok(Summary { rows: head.rows.values().sum(), pictures: head.pictures, mended: Mended::default() })
}

/// A folder as a tar archive that says nothing of this machine and this hour.
fn pack(folder: &Path, out: &File) -> io::Result<()> {
    let mut archive = tar::Builder::new(BufWriter::new(out));
    let mut files = files_of(folder)?;
    files.extend(files_of(&folder.join("media"))?);
    for path in files {
        let name = path.strip_prefix(folder).map_err(io::Error::other)?.to_owned();
        let mut header = tar::Header::new_gnu();
        header.set_size(fs::metadata(&path)?.len());
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, File::open(&path)?)?;
    }
    archive.into_inner()?.flush()
}

fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.sort();
    Ok(files)
}

/// Brings an export (a folder or a tar archive) into an empty database. No site is opened
/// for it: that would fill the empty database with an edition.
pub async fn read(config: &Config, place: &Path, now: Timestamp) -> Result<Summary, ExportError> {
    let work = tempfile::tempdir().map_err(fault(place))?;
    let folder = if place.is_dir() {
        place.to_owned()
    } else {
        unpack(place, work.path())?;
        work.path().to_owned()
    };
    let name = place.display().to_string();
    let text = fs::read(folder.join(HEAD))
        .map_err(|_| ExportError::Form(name.clone(), format!("this is no export: there is no {HEAD} in it")))?;
    let head: Head = serde_json::from_slice(&text)
        .map_err(|e| ExportError::Form(name.clone(), format!("{HEAD} can’t be read: {e}")))?;
    if head.form != FORM {
        let line = format!("it has form {}; this program reads form {FORM}", head.form);
        return Err(ExportError::Form(name, line));
    }
    // All is looked at before anything is stored.
    let rows = check(&folder)?;
    if rows != head.rows {
        let line = "its files have not as many lines as it says: it is damaged, or was changed".to_owned();
        return Err(ExportError::Form(name, line));
    }
    let pictures = pictures_in(&folder).len();
    if pictures != head.pictures {
        let line =
            format!("it says that it has {} pictures, and there are {pictures} in its folder media", head.pictures);
        return Err(ExportError::Form(name, line));
    }
    let store = Store::open(&config.media)?;
    let db = Db::open(&config.database.url).await?;
    db.migrate().await?;
    let done = read_into(&db, &store, &folder, now).await;
    db.close().await;
    done
}

/// The files of a tar archive, in a folder; nothing else of it, and nothing outside.
fn unpack(file: &Path, into: &Path) -> Result<(), ExportError> {
    let name = file.display().to_string();
    let open = File::open(file).map_err(fault(file))?;
    let mut archive = tar::Archive::new(BufReader::new(open));
    fs::create_dir_all(into.join("media")).map_err(fault(into))?;
    let broken = |_| ExportError::Form(name.clone(), "this is no export, or it was cut short".into());
    for part in archive.entries().map_err(broken)? {
        let mut part = part.map_err(broken)?;
        let path = part.path().map_err(broken)?.display().to_string();
        let known = path == HEAD
            || EXPORTED.iter().any(|(table, _)| path == format!("{table}.jsonl"))
            || path.strip_prefix("media/").is_some_and(|picture| media::kind_of(picture).is_some());
        if !part.header().entry_type().is_file() || !known {
            return Err(ExportError::Form(name, format!("{path} is no part of an export")));
        }
        let to = into.join(&path);
        let mut out = File::create(&to).map_err(fault(&to))?;
        io::copy(&mut part, &mut out).map_err(broken)?;
    }
    Ok(())
}

/// The lines of a table's file; none where an older export has no such file.
fn lines(folder: &Path, table: &str) -> Result<Option<Lines<BufReader<File>>>, ExportError> {
    let path = folder.join(format!("{table}.jsonl"));
    match File::open(&path) {
        Ok(file) => Ok(Some(BufReader::new(file).lines())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault(&path)(error)),
    }
}

/// A line as a row of its table.
fn row(table: &'static Table, line: &str) -> Result<Row, String> {
    let mut object: Map<String, Value> = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let secret = left_out(table.name);
    let mut row = Row::new();
    for name in table.column_names() {
        match secret.iter().find(|(left, _)| *left == name) {
            Some((_, stand_in)) => {
                let value = serde_json::from_str(stand_in).map_err(|e| e.to_string())?;
                row.push((name, value));
            }
            None => row.extend(object.remove(name).map(|value| (name, value))),
        }
    }
    match object.keys().next() {
        Some(foreign) => Err(format!("“{foreign}” is no field of {}", table.name)),
        None => Ok(row),
    }
}

fn tables() -> impl Iterator<Item = &'static Table> {
    dump::TABLES.iter().filter(|table| EXPORTED.iter().any(|(name, _)| *name == table.name))
}

/// Reads every line; answers how many each file has.
fn check(folder: &Path) -> Result<BTreeMap<String, u64>, ExportError> {
    let mut rows = BTreeMap::new();
    for table in tables() {
        let Some(lines) = lines(folder, table.name)? else { continue };
        let file = format!("{}.jsonl", table.name);
        let mut count = 0;
        for line in lines {
            count += 1;
            let wrong = |what: String| ExportError::Form(format!("{file}, line {count}"), what);
            row(table, &line.map_err(|e| wrong(e.to_string()))?).map_err(wrong)?;
        }
        rows.insert(table.name.to_owned(), count);
    }
    Ok(rows)
}

/// The pictures of an export: their names and files.
fn pictures_in(folder: &Path) -> Vec<(String, PathBuf)> {
    // A publication without pictures may have no folder for them.
    let files = files_of(&folder.join("media")).unwrap_or_default().into_iter();
    let named = files.filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)));
    named.filter(|(name, _)| media::kind_of(name).is_some()).collect()
}

async fn read_into(db: &Db, store: &Store, folder: &Path, now: Timestamp) -> Result<Summary, ExportError> {
    if !dump::is_empty(db).await? {
        return Err(ExportError::NotEmpty);
    }
    let found = pictures_in(folder);
    let pictures = found.len();
    for (name, path) in found {
        store.keep(&name, fs::read(&path).map_err(fault(&path))?.into()).await?;
    }
    let mut current: Option<(&'static str, Option<Lines<BufReader<File>>>)> = None;
    let mut inspection = Inspection::default();
    let stored = |e: &dyn std::fmt::Display| StorageError::Stored(e.to_string());
    let next = |table: &'static Table| {
        if !tables().any(|exported| exported.name == table.name) {
            return Ok(None);
        }
        if current.as_ref().is_none_or(|(open, _)| *open != table.name) {
            current = Some((table.name, lines(folder, table.name).map_err(|e| stored(&e))?));
        }
        let line = current.as_mut().and_then(|(_, lines)| lines.as_mut()?.next());
        let line = line.transpose().map_err(|e| stored(&e))?;
        let row = line.map(|line| row(table, &line).map_err(|e| stored(&e))).transpose()?;
        Ok(row.map(|row| inspection.row(table.name, row)))
    };
    let rows = dump::write_rows(db, dump::TABLES, next, now).await?;
    Ok(Summary { rows, pictures, mended: inspection.mended })
}
