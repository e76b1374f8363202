//! One reader list: its heading, and what each of its lines says.

use super::{
    ImportError, Order, Reason,
    columns::{self, Kind, Proofs, Said},
    text::{self, Shape, cell},
};
use crate::{
    domain::{contact::is_email, newsletter::ConsentWay, time::Timestamp},
    storage::newsletter::consents::{Consent, Wording},
};
use csv::ByteRecord;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    path::Path,
};

/// So many records may stand before the heading.
const BEFORE: usize = 10;
/// So many unknown words of a column are told.
const TOLD: usize = 20;
/// The longest of what a file says of a consent, in characters.
const DETAILS: usize = 500;

/// Addresses, each as a number: a million of them take some megabytes.
#[derive(Default)]
pub(super) struct Addresses {
    hasher: RandomState,
    all: HashSet<u64>,
}

impl Addresses {
    fn insert(&mut self, email: &str) {
        self.all.insert(self.hasher.hash_one(email));
    }

    pub(super) fn contains(&self, email: &str) -> bool {
        self.all.contains(&self.hasher.hash_one(email))
    }
}

/// A file whose columns are understood.
pub(super) struct ReaderList {
    /// The name of the file.
    pub(super) name: String,
    shape: Shape,
    /// So many records stand before the first line.
    before: usize,
    /// The names of the columns; none where the file has no heading.
    heading: Vec<String>,
    /// The place of the address.
    email: usize,
    /// Columns that say who may be written to.
    standing: Vec<(usize, Kind)>,
    /// The column that an operator has named, with the values that come in.
    chosen: Option<(usize, Vec<String>)>,
    /// What is not known does not hinder.
    lenient: bool,
    proofs: Proofs,
}

/// What is read of a line.
pub(super) enum Read<'a> {
    /// A reader who comes in.
    In(String, &'a ByteRecord),
    /// One who does not.
    Out(Reason, String),
    /// No address stands there; so many lines.
    Nobody(usize),
}

impl ReaderList {
    /// Looks through a file; refuses it where it can't be told who has agreed.
    pub(super) fn open(file: &Path, order: &Order) -> Result<Self, ImportError> {
        let finds =
            |cells: &[String]| columns::email(cells).is_some() || cells.iter().any(|cell| address(cell).is_some());
        let shape = Shape::of(file, finds)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (before, heading, email) = heading(&shape)?;
        let standing = heading.iter().enumerate().filter(|(place, _)| *place != email);
        let standing = standing.filter_map(|(place, name)| Some((place, columns::kind(name)?))).collect();
        let proofs = columns::proofs(&heading);
        let lenient = order.ignore_status || order.status.is_some();
        let mut list = Self { name, shape, before, heading, email, standing, chosen: None, lenient, proofs };
        if let Some((column, values)) = &order.status {
            let place = list.heading.iter().position(|name| columns::plain(name) == columns::plain(column));
            let place = place.ok_or_else(|| ImportError::NoColumn(column.clone(), told(&list.heading)))?;
            list.standing.retain(|(other, _)| *other != place);
            list.chosen = Some((place, values.iter().map(|value| value.trim().to_lowercase()).collect()));
        }
        list.survey()?;
        if !lenient && list.standing.is_empty() && columns::is_warned(&list.name) {
            return Err(ImportError::Warned);
        }
        Ok(list)
    }

    /// Reads every line: columns that are about something else are taken for that, words that are
    /// not known are told.
    fn survey(&mut self) -> Result<(), ImportError> {
        let mut unknown: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut known: BTreeSet<usize> = BTreeSet::new();
        let mut anybody = false;
        let mut records = self.records()?;
        while let Some((_, record)) = records.next()? {
            if address(&at(record, self.email)).is_none() {
                continue;
            }
            anybody = true;
            for (place, kind) in &self.standing {
                let text = at(record, *place);
                match kind.read(&text) {
                    Said::Unknown => {
                        let words = unknown.entry(*place).or_default();
                        if words.len() < TOLD {
                            words.insert(format!("“{}”", text.trim().chars().take(40).collect::<String>()));
                        }
                    }
                    // An empty cell says nothing about what its column is.
                    Said::Out(Reason::NoStatus) => {}
                    Said::Fine | Said::Out(_) => drop(known.insert(*place)),
                }
            }
        }
        if !anybody {
            return Err(ImportError::Nobody);
        }
        self.standing.retain(|(place, kind)| *kind != Kind::Perhaps || known.contains(place));
        let asked = self.standing.iter().find_map(|(place, _)| Some((*place, unknown.remove(place)?)));
        match asked.filter(|_| !self.lenient) {
            Some((place, values)) => Err(ImportError::Statuses {
                column: self.heading.get(place).cloned().unwrap_or_default(),
                values: values.into_iter().collect::<Vec<_>>().join(", "),
            }),
            None => Ok(()),
        }
    }

    /// The addresses that some line leaves out.
    pub(super) fn left_out(&self) -> Result<Addresses, ImportError> {
        let mut out = Addresses::default();
        let mut lines = self.lines()?;
        while let Some((_, read)) = lines.next()? {
            if let Read::Out(_, email) = read {
                out.insert(&email);
            }
        }
        Ok(out)
    }

    /// The records after the heading.
    fn records(&self) -> Result<text::Records, ImportError> {
        let mut records = self.shape.records()?;
        for _ in 0..self.before {
            records.next()?;
        }
        Ok(records)
    }

    pub(super) fn lines(&self) -> Result<Lines<'_>, ImportError> {
        Ok(Lines { list: self, records: self.records()? })
    }

    /// How many lines a quotation mark that is not closed has swallowed: those within a cell that
    /// have as many cells as a record, and an address in the place of one. A note that only names
    /// an address is none.
    fn swallowed(&self, record: &ByteRecord) -> usize {
        let inside = record.iter().filter(|bytes| bytes.contains(&b'\n'));
        let lines = inside.flat_map(|bytes| bytes.split(|byte| *byte == b'\n').skip(1));
        let whole = |line: &&[u8]| {
            let cells: Vec<&[u8]> = line.split(|byte| *byte == self.shape.delimiter).collect();
            let email = cells.get(self.email).and_then(|bytes| address(&cell(bytes)));
            cells.len() >= self.heading.len() && email.is_some()
        };
        lines.filter(whole).count()
    }

    /// Why a record does not come in, if it does not.
    fn against(&self, record: &ByteRecord) -> Option<Reason> {
        if let Some((place, values)) = &self.chosen
            && !values.contains(&at(record, *place).trim().to_lowercase())
        {
            return Some(Reason::NotAskedFor);
        }
        if self.heading.is_empty() {
            let others = (0..record.len()).filter(|place| *place != self.email);
            return others.into_iter().find_map(|place| columns::against(&at(record, place)));
        }
        self.standing.iter().find_map(|(place, kind)| match kind.read(&at(record, *place)) {
            Said::Out(Reason::NoStatus) if self.lenient => None,
            Said::Out(reason) => Some(reason),
            Said::Fine | Said::Unknown => None,
        })
    }

    /// How somebody agreed, as the file says it.
    pub(super) fn consent(
        &self,
        record: &ByteRecord,
        source: String,
        wording: &Wording,
        order: &Order,
        now: Timestamp,
    ) -> Consent {
        let moment = |place: Option<usize>| columns::moment(&at(record, place?)).filter(|at| *at <= now);
        let (asked, confirmed) = (moment(self.proofs.asked), moment(self.proofs.confirmed));
        let network = self.proofs.network.and_then(|place| at(record, place).trim().parse::<IpAddr>().ok());
        let told = self.proofs.all.iter().filter_map(|place| {
            let text = at(record, *place);
            (!text.trim().is_empty()).then(|| format!("{}: {}", self.heading[*place], text.trim()))
        });
        Consent {
            at: confirmed.or(asked).unwrap_or(now),
            asked: asked.filter(|_| confirmed.is_some()),
            way: ConsentWay::File,
            source,
            details: told.collect::<Vec<_>>().join("; ").chars().take(DETAILS).collect(),
            lists: vec![order.list.clone()],
            wording: wording.clone(),
            address: network.map(|address| address.to_string()).unwrap_or_default(),
        }
    }
}

/// The lines of a list, one after the other.
pub(super) struct Lines<'a> {
    list: &'a ReaderList,
    records: text::Records,
}

impl Lines<'_> {
    pub(super) fn next(&mut self) -> Result<Option<(u64, Read<'_>)>, ImportError> {
        let list = self.list;
        let Some((line, record)) = self.records.next()? else { return Ok(None) };
        let read = match address(&at(record, list.email)) {
            _ if list.swallowed(record) > 0 => Read::Nobody(1 + list.swallowed(record)),
            None => Read::Nobody(1),
            Some(email) => match list.against(record) {
                Some(reason) => Read::Out(reason, email),
                None => Read::In(email, record),
            },
        };
        Ok(Some((line, read)))
    }
}

/// How many records before the first line, the names of the columns, and which holds addresses.
fn heading(shape: &Shape) -> Result<(usize, Vec<String>, usize), ImportError> {
    let mut records = shape.records()?;
    let (mut first, mut last): (Vec<String>, Vec<String>) = Default::default();
    for place in 0..BEFORE {
        let Some((_, record)) = records.next()? else { break };
        let cells: Vec<String> = record.iter().map(|bytes| cell(bytes).trim().to_owned()).collect();
        if let Some(email) = columns::email(&cells) {
            return Ok((place + 1, cells, email));
        }
        let addresses: Vec<usize> = (0..cells.len()).filter(|n| address(&cells[*n]).is_some()).collect();
        match addresses.as_slice() {
            // Excel's word on what parts the cells, and lines of nothing.
            [] if cells[0].starts_with("sep=") || cells.iter().all(String::is_empty) => {}
            [] => {
                if first.is_empty() {
                    first.clone_from(&cells);
                }
                last = cells;
            }
            // No heading at all, or one that says something else than we know.
            [email, ..] if last.is_empty() => return Ok((place, Vec::new(), *email)),
            [email] => return Ok((place, last, *email)),
            _ => break,
        }
    }
    Err(if first.is_empty() { ImportError::Nobody } else { ImportError::NoEmail(told(&first)) })
}

fn told(names: &[String]) -> String {
    let names = names.iter().take(TOLD).map(|name| format!("“{}”", name.chars().take(40).collect::<String>()));
    names.collect::<Vec<_>>().join(", ")
}

/// A cell of a record; empty where the record is shorter.
fn at(record: &ByteRecord, place: usize) -> Cow<'_, str> {
    cell(record.get(place).unwrap_or_default())
}

/// The address in a cell: `name@example.org`, `Name <name@example.org>`, with whatever stands
/// around it; in lower case. `None` where there is none, or more than one.
pub(super) fn address(text: &str) -> Option<String> {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || "\"'\u{feff}\u{200b}".contains(c));
    if let Some((_, rest)) = text.split_once('<') {
        text = rest.split_once('>')?.0.trim();
    }
    let text = text.strip_prefix("mailto:").unwrap_or(text).to_lowercase();
    is_email(&text).then_some(text)
}
