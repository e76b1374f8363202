//! `pressroom upgrade`

use super::print;
use crate::{
    config::Config,
    domain::time::Clock,
    services::operations::upgrade::{self, Rehearsal},
};
use std::{process::ExitCode, time::Duration};

/// What `pressroom upgrade` is told.
#[derive(clap::Args)]
pub struct Upgrade {
    /// Does it on a copy, says how long it takes, and changes nothing
    #[arg(long)]
    check: bool,
    /// Makes no back-up of the rows before
    #[arg(long)]
    no_backup: bool,
}

/// Brings the tables up to date, or rehearses it.
pub async fn run(mut config: Config, upgrade: Upgrade) -> anyhow::Result<ExitCode> {
    config.upgrade.backup &= !upgrade.no_backup;
    let now = Clock::system().now();
    if upgrade.check {
        print(&report(&upgrade::rehearse(&config, now).await?));
        return Ok(ExitCode::SUCCESS);
    }
    let (upgraded, database) = upgrade::run(&config, now).await?;
    if let Some(backup) = upgraded.and_then(|upgraded| upgraded.backup) {
        eprintln!("{}: all rows, read again and found whole", backup.display());
    }
    eprintln!("The tables are up to date ({database}).");
    Ok(ExitCode::SUCCESS)
}

fn report(Rehearsal { database, steps, backup, timed }: &Rehearsal) -> String {
    if steps.is_new() {
        return format!("There is nothing in the database yet ({database}), and so nothing to upgrade.\n");
    }
    if timed.is_empty() {
        return format!(
            "The tables are up to date ({database}, step {}): there is nothing to upgrade.\n",
            steps.newest()
        );
    }
    let mut lines = vec![format!("The database ({database}) has taken the steps up to {}.", steps.newest())];
    let mut all = Duration::ZERO;
    let mut line = |what: String, took: Duration| {
        all += took;
        lines.push(format!("{:>8.1} s  {what}", took.as_secs_f64()));
    };
    if let Some((rows, took)) = backup {
        line(format!("back-up of {rows} rows, read again"), *took);
    }
    for timed in timed {
        line(format!("step {}, {}", timed.step.number, timed.step.name), timed.took);
    }
    lines.push(format!("{:>8.1} s  in all. It was done on a copy; nothing was changed.", all.as_secs_f64()));
    lines.join("\n") + "\n"
}
