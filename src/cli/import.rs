//! `pressroom import …`

use crate::services::{
    Site, articles,
    import::{
        load, markdown,
        report::Report,
        talks::{self, Service},
        wordpress,
    },
    media::Forms,
};
use anyhow::Context;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Where the archive comes from.
#[derive(Subcommand)]
pub enum Source {
    /// A WordPress export (Tools → Export; WXR 1.0 to 1.2)
    #[command(after_help = "Example:\n  pressroom import wordpress review.WordPress.2026-11-01.xml")]
    Wordpress {
        /// The export's file
        file: PathBuf,
    },
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
            Ok(told(&report))
        }
        Source::Wordpress { file } => {
            let report = wordpress(site, &file).await?;
            Ok(told(&report))
        }
        Source::Disqus { file } => talks(site, Service::Disqus, &file).await,
        Source::Commento { file } => talks(site, Service::Commento, &file).await,
        Source::Remark42 { file } => talks(site, Service::Remark42, &file).await,
    }
}

async fn talks(site: &Site, service: Service, file: &Path) -> anyhow::Result<ExitCode> {
    let name = file.display().to_string();
    let input = File::open(file).with_context(|| name.clone())?;
    let talks = talks::read(service, BufReader::new(input)).with_context(|| name.clone())?;
    Ok(told(&talks::import(site, service, &talks).await.context(name)?))
}

/// Prints a report; the exit code says whether it holds notes.
fn told(report: &Report) -> ExitCode {
    eprintln!("{report}");
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

async fn wordpress(site: &Site, file: &Path) -> anyhow::Result<Report> {
    let name = file.display().to_string();
    let open = || {
        let input = File::open(file).with_context(|| name.clone())?;
        // A pipe could not be read a second time.
        anyhow::ensure!(input.metadata()?.is_file(), "{name}: this is no file");
        Ok(BufReader::new(input))
    };
    let bundle = wordpress::survey(open()?).with_context(|| name.clone())?;
    let entries = wordpress::entries(open()?).with_context(|| name.clone())?;
    let bar = bar(bundle.entries as u64, "articles and pages");
    let report = load::import(site, &bundle, entries, |done| bar.set_position(done as u64)).await.context(name)?;
    bar.finish_and_clear();
    Ok(report)
}
