//! `pressroom doctor`

use super::import::bar;
use crate::services::{
    Site,
    import::{address_check, report::Report},
    operations::doctor::{self, State},
};
use anyhow::Context;
use clap::Args;
use std::{fs::File, io::BufReader, path::PathBuf, process::ExitCode};

/// What is looked at.
#[derive(Args)]
pub struct Doctor {
    /// The report of an import: asks the running site for every old address in it
    #[arg(long, value_name = "REPORT")]
    addresses: Option<PathBuf>,
    /// Where the site answers, if not at [site] base_url
    #[arg(long, value_name = "URL", requires = "addresses")]
    at: Option<String>,
}

/// Examines and prints what to mend.
pub async fn run(site: &Site, what: Doctor) -> anyhow::Result<ExitCode> {
    if let Some(report) = &what.addresses {
        let base = what.at.as_deref().unwrap_or(&site.config.site.base_url);
        return addresses(report, base.trim_end_matches('/')).await;
    }
    let mut code = ExitCode::SUCCESS;
    for finding in doctor::examine(site).await {
        let (mark, text) = match finding.state {
            State::Good(text) => ("ok  ", text),
            State::Weak(text) => ("note", text),
            State::Bad(text) => {
                code = ExitCode::FAILURE;
                ("BAD ", text)
            }
        };
        super::print(&format!("{mark}  {}: {text}\n", finding.what));
    }
    Ok(code)
}

/// Prints how many old addresses answer how, and each that is lost.
async fn addresses(file: &PathBuf, base: &str) -> anyhow::Result<ExitCode> {
    let name = || file.display().to_string();
    let input = File::open(file).with_context(name)?;
    let report: Report = serde_json::from_reader(BufReader::new(input))
        .with_context(|| format!("{}: this is no report of an import", name()))?;
    anyhow::ensure!(
        !report.addresses.is_empty(),
        "{}: there are no old addresses in it; it is written by `pressroom import wordpress FILE --report FILE`",
        name()
    );
    let bar = bar(report.addresses.len() as u64, "addresses");
    let answers = address_check::check(base, &report.addresses, |done| bar.set_position(done as u64))
        .await
        .map_err(|error| error.without_url())
        .with_context(|| {
            format!("nothing answers at {base}: is the site running there? (--at names another address)")
        })?;
    bar.finish_and_clear();
    super::print(&format!("{:<12} {:>7} {:>7} {:>7} {:>10}\n", "", "200", "301", "lost", "never had"));
    let mut all = address_check::Counts::default();
    let line = |what: &str, counts: &address_check::Counts| {
        let address_check::Counts { here, moved, lost, not_had } = counts;
        super::print(&format!("{what:<12} {here:>7} {moved:>7} {lost:>7} {not_had:>10}\n"));
    };
    for (of, counts) in &answers.counts {
        line(&format!("{of:?}").to_lowercase(), counts);
        all.here += counts.here;
        all.moved += counts.moved;
        all.lost += counts.lost;
        all.not_had += counts.not_had;
    }
    line("all", &all);
    for (path, why) in &answers.lost {
        super::print(&format!("lost  {path}: {why}\n"));
    }
    Ok(if all.lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
