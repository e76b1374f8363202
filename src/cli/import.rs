//! `pressroom import …`

use crate::services::{
    Site,
    articles::{self, media::Forms},
    import::{
        fetch::{self, Fetcher},
        load::{self, Options},
        map::Map,
        markdown,
        pictures::Supply,
        rehearsal::Rehearsal,
        report::Report,
        talks::{self, Service},
        wordpress,
    },
};
use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Where the archive comes from.
#[derive(Subcommand)]
pub enum Source {
    /// A WordPress export (Tools → Export; WXR 1.0 to 1.2)
    #[command(
        after_help = "Examples:\n  pressroom import wordpress review.WordPress.2026-11-01.xml --media uploads\n  pressroom import wordpress review.WordPress.2026-11-01.xml --fetch-media --dry-run --report report.json"
    )]
    Wordpress(Wordpress),
    /// Disqus' export: comments find the articles to which their addresses lead
    #[command(after_help = "Example:\n  pressroom import disqus review-2026-11-01.xml.gz")]
    Disqus {
        /// The export's file
        file: PathBuf,
    },
    /// Commento's export (JSON)
    #[command(after_help = "Example:\n  pressroom import commento commento-export.json.gz")]
    Commento {
        /// The export's file
        file: PathBuf,
    },
    /// Remark42's back-up
    #[command(after_help = "Example:\n  pressroom import remark42 backup-remark-20261101.gz")]
    Remark42 {
        /// The back-up's file
        file: PathBuf,
    },
    /// What `pressroom export` has written: into an empty database
    #[command(after_help = "Example:\n  pressroom import pressroom review.tar")]
    Pressroom {
        /// The folder or the .tar file
        place: PathBuf,
    },
    /// A folder of Markdown files: authors/, articles/, pages/, and the pictures that they name
    #[command(
        after_help = "Example:\n  pressroom import markdown content\n\nThe front matter is described in the README."
    )]
    Markdown {
        /// The folder
        folder: PathBuf,
        /// Does nothing where there are articles already
        #[arg(long)]
        if_empty: bool,
        /// Leaves it to the server to make the articles’ pictures in all their sizes
        #[arg(long)]
        pictures_later: bool,
    },
}

/// What is said of a WordPress export.
#[derive(Args)]
pub struct Wordpress {
    /// The export's file
    file: PathBuf,
    /// The folder in which the archive’s pictures lie (a copy of wp-content/uploads)
    #[arg(long, value_name = "DIR", conflicts_with = "fetch_media")]
    media: Option<PathBuf>,
    /// Fetches the pictures from where they still lie; run again, it goes on with those that are missing
    #[arg(long)]
    fetch_media: bool,
    /// A file that says where categories go: [categories], then slug = "/section", "/topic/name" or ""
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Writes all that came in, was altered or left out, and every old address, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Changes nothing: imports into a copy that is thrown away, and reports what would be
    #[arg(long)]
    dry_run: bool,
}

/// Brings it in and prints the report.
pub async fn run(site: &Site, source: Source) -> anyhow::Result<ExitCode> {
    match source {
        Source::Markdown { folder, if_empty, pictures_later } => {
            if if_empty && articles::any(site).await? {
                return Ok(ExitCode::SUCCESS);
            }
            let bar = bar(0, "files with their pictures");
            let leads = if pictures_later { Forms::Later } else { Forms::Now };
            let report = markdown::import(site, &folder, leads, |done, all| {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
            })
            .await?;
            bar.finish_and_clear();
            Ok(told_of(&report))
        }
        Source::Wordpress(told) => {
            if !told.dry_run {
                return wordpress(site, &told).await;
            }
            let copy = Rehearsal::of(site).await?;
            let code = wordpress(&copy.site, &told).await?;
            eprintln!("Nothing was changed: this was a rehearsal.");
            Ok(code)
        }
        // Comes in before a site is opened.
        Source::Pressroom { .. } => Ok(ExitCode::SUCCESS),
        Source::Disqus { file } => talks(site, Service::Disqus, &file).await,
        Source::Commento { file } => talks(site, Service::Commento, &file).await,
        Source::Remark42 { file } => talks(site, Service::Remark42, &file).await,
    }
}

async fn talks(site: &Site, service: Service, file: &Path) -> anyhow::Result<ExitCode> {
    let name = file.display().to_string();
    let input = File::open(file).with_context(|| name.clone())?;
    let talks = talks::read(service, BufReader::new(input)).with_context(|| name.clone())?;
    Ok(told_of(&talks::import(site, service, &talks).await.context(name)?))
}

/// So many notes are printed; the report's file has all.
const PRINTED: usize = 40;

/// Prints a report; the exit code says whether it holds notes.
fn told_of(report: &Report) -> ExitCode {
    eprintln!("{}", report.short(PRINTED));
    if report.notes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Seen on a terminal alone.
pub(super) fn bar(length: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left")) {
        bar.set_style(style);
    }
    bar
}

async fn wordpress(site: &Site, told: &Wordpress) -> anyhow::Result<ExitCode> {
    let Wordpress { file, media, fetch_media, map, report, .. } = told;
    let name = file.display().to_string();
    let supply = match media {
        Some(folder) => {
            anyhow::ensure!(folder.is_dir(), "{}: there is no such folder", folder.display());
            Supply::Folder(folder.clone())
        }
        None if *fetch_media => {
            Supply::Fetch(Fetcher::new(fetch::is_public).context("pictures can’t be fetched: no TLS could be set up")?)
        }
        None => Supply::Nowhere,
    };
    let map = match map {
        Some(file) => Map::read(file).map_err(anyhow::Error::msg).with_context(|| file.display().to_string())?,
        None => Map::default(),
    };
    // A report that can't be written is found out before anything is stored.
    let out = report
        .as_ref()
        .map(|file| Ok::<_, anyhow::Error>((file, File::create(file).with_context(|| file.display().to_string())?)));
    let out = out.transpose()?;
    let open = || {
        let input = File::open(file).with_context(|| name.clone())?;
        // A pipe could not be read a second time.
        anyhow::ensure!(input.metadata()?.is_file(), "{name}: this is no file");
        Ok(BufReader::new(input))
    };
    let bundle = wordpress::survey(open()?).with_context(|| name.clone())?;
    let entries = wordpress::entries(open()?).with_context(|| name.clone())?;
    let bar = bar(bundle.entries as u64, "articles and pages");
    let full = if out.is_some() { Report::in_full() } else { Report::default() };
    let options = Options { supply, map, report: full };
    let report =
        load::import(site, &bundle, entries, options, |done| bar.set_position(done as u64)).await.context(name)?;
    bar.finish_and_clear();
    if let Some((file, out)) = out {
        let mut out = BufWriter::new(out);
        let written = serde_json::to_writer_pretty(&mut out, &report).map_err(std::io::Error::from);
        written.and_then(|()| out.flush()).with_context(|| file.display().to_string())?;
    }
    Ok(told_of(&report))
}
