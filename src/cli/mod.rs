//! The command line: one file per command. Data goes to the standard output,
//! everything else to the standard error.

mod articles;
mod backup;
mod comments;
mod doctor;
mod export;
mod import;
mod media;
mod newsletter;
mod privacy;
mod search;
mod serve;
mod settings;
mod upgrade;
mod user;

use crate::{
    calendar::{Calendar, parse_moment},
    config::Config,
    domain::{
        slug::Slug,
        time::{Clock, Timestamp},
    },
    services::{Site, operations::incoming::Mended},
};
use anyhow::Context;
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// A self-hosted news publication in one binary.
#[derive(Parser)]
#[command(
    name = "pressroom",
    version,
    after_help = "Examples:\n  pressroom serve\n  pressroom import wordpress archive.xml\n  \
    PRESSROOM_DATABASE__URL=sqlite:///srv/review/review.db pressroom --config /etc/pressroom.toml serve\n\n\
    Exit codes: 0 done; 1 failed; 2 the command line or the settings are wrong; 3 done, but something was altered or left out (see the report)."
)]
struct Cli {
    /// The settings file [default: Leptos.toml here, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Without a command it serves: so `cargo leptos watch` starts it.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the publication (also without a command)
    #[command(
        after_help = "Example:\n  PRESSROOM_SERVER__ADDRESS=127.0.0.1:4000 pressroom serve\n\nStops on Ctrl-C or SIGTERM, after running requests are finished."
    )]
    Serve {
        /// Makes no back-up of the rows where the tables must change first
        #[arg(long)]
        no_backup: bool,
    },
    /// Brings an archive in; run again, it brings what has changed
    #[command(subcommand)]
    Import(import::Source),
    /// Publishes an article, now or at a time, or a page
    #[command(
        after_help = "Examples:\n  pressroom publish the-senate-votes\n  pressroom publish the-senate-votes --at 2027-01-04T06:00:00-05:00\n  pressroom publish the-senate-votes --at '2027-01-04 06:00'   (in the publication's time zone)"
    )]
    Publish(articles::Act),
    /// Takes an article or a page down: its address answers 410, no list names it
    #[command(
        after_help = "Examples:\n  pressroom unpublish the-senate-votes\n  pressroom unpublish the-senate-votes --at '2027-01-04 18:00'"
    )]
    Unpublish(articles::Act),
    /// Makes an article an editors' pick
    #[command(
        after_help = "Examples:\n  pressroom pick the-senate-votes            (the first: the lead of the home page)\n  pressroom pick the-senate-votes --place 3\n  pressroom pick the-senate-votes --off\n  pressroom pick the-senate-votes --at '2027-01-04 06:00'   (then the first)"
    )]
    Pick(articles::Pick),
    /// Prints an address under which an unpublished article or page can be seen for a week
    #[command(after_help = "Example:\n  pressroom preview the-senate-votes")]
    Preview {
        /// The slug of an article (or else of a page)
        slug: Slug,
    },
    /// Decides about comments
    #[command(subcommand)]
    Comments(comments::Way),
    /// Writes, sends and follows letters to readers of newsletters
    #[command(subcommand)]
    Newsletter(newsletter::Way),
    /// Prints or erases what is stored of one person
    #[command(subcommand)]
    Privacy(privacy::Way),
    /// Makes and changes accounts: who signs in to the newsroom
    #[command(subcommand)]
    User(user::Way),
    /// Brings pictures in that the settings name
    #[command(subcommand)]
    Media(media::Way),
    /// Prints or takes the edition: name, sections, topics, menus
    #[command(subcommand)]
    Settings(settings::Way),
    /// Writes database and pictures into one file, also while the server runs
    #[command(
        after_help = "Example:\n  pressroom backup /srv/backup/review-$(date +%F).tar\n\nThe file is read again and checked before it takes its name. It holds no keys for signing."
    )]
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Writes the whole publication as documented files (JSON lines and pictures), without secrets
    #[command(
        after_help = "Examples:\n  pressroom export /srv/export/review\n  pressroom export /srv/export/review.tar\n\n`pressroom import pressroom` brings it into an empty database, SQLite or PostgreSQL. docs/export.md says what stands in the files."
    )]
    Export {
        /// A new folder, or a new file that ends in .tar
        place: PathBuf,
    },
    /// Brings a back-up into an empty database, SQLite or PostgreSQL
    #[command(
        after_help = "Example:\n  PRESSROOM_DATABASE__URL=postgres://review@localhost/review pressroom restore review.tar"
    )]
    Restore {
        /// The file to read
        file: PathBuf,
    },
    /// Builds the search index anew, also beside a running server
    #[command(
        after_help = "Example:\n  pressroom reindex\n\nThe server searches in the old one until the new one is whole, and takes it up by itself."
    )]
    Reindex,
    /// Brings the database of an older version up to date, after a back-up (serve does so by itself)
    #[command(
        alias = "migrate",
        after_help = "Examples:\n  pressroom upgrade --check      (what it would do and how long it takes, tried on a copy)\n  pressroom upgrade\n\nThe back-up goes into [upgrade] folder. Killed at any moment, it can be run again."
    )]
    Upgrade(upgrade::Upgrade),
    /// Puts a new key for signing first; what older keys signed stays good
    #[command(after_help = "Example:\n  pressroom rotate-secrets")]
    RotateSecrets,
    /// Checks settings, database, folders, clock, and says what to mend
    #[command(
        after_help = "Examples:\n  pressroom doctor\n  pressroom doctor --addresses report.json\n\nExits with 1 where something does not work."
    )]
    Doctor(doctor::Doctor),
    /// Prints the names and SHA-256 of the browser's files inside this program
    #[command(hide = true)]
    Assets,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve { no_backup: false });
    log();
    if matches!(command, Command::Assets) {
        for (name, hash) in crate::assets::list() {
            print(&format!("{hash}  {name}\n"));
        }
        return ExitCode::SUCCESS;
    }
    let config = match Config::load(cli.config.as_deref()) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("pressroom: {error}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("pressroom: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(act(command, config)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("pressroom: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Structured logs on the standard error: for people on a terminal, as JSON lines
/// elsewhere. `PRESSROOM_LOG` says how much (`pressroom=debug`).
fn log() {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    // Not a setting of the publication, so not one of Leptos.toml's.
    let filter = EnvFilter::try_from_env("PRESSROOM_LOG").unwrap_or_else(|_| EnvFilter::new("warn,pressroom=info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.compact().init();
    } else {
        logs.json().init();
    }
}

async fn act(command: Command, mut config: Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Upgrade(what) => {
            let url = shown(&config.database.url);
            return upgrade::run(config, what).await.with_context(|| url);
        }
        Command::Serve { no_backup } => config.upgrade.backup &= !no_backup,
        Command::RotateSecrets => {
            let count = crate::services::site::secrets::Secrets::rotate(&config.secrets)?;
            eprintln!("There are {count} keys now; the new one signs. Restart every server that shares them.");
            return Ok(ExitCode::SUCCESS);
        }
        Command::Restore { file } => return backup::restore(&config, &file).await,
        // No site is opened for it: that would fill the empty database.
        Command::Import(import::Source::Pressroom { place }) => return export::read(&config, &place).await,
        _ => {}
    }
    let url = shown(&config.database.url);
    if matches!(command, Command::Doctor(_))
        && let Some(line) =
            crate::services::operations::doctor::before_opening(&config).await.with_context(|| url.clone())?
    {
        print(&format!("{line}\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let site = Site::open(config, Clock::system()).await.with_context(|| url)?;
    let code = match command {
        Command::Serve { .. } => serve::run(&site).await,
        Command::Import(source) => import::run(&site, source).await,
        Command::Publish(act) => articles::publish(&site, &act).await,
        Command::Unpublish(act) => articles::unpublish(&site, &act).await,
        Command::Pick(pick) => articles::pick(&site, &pick).await,
        Command::Preview { slug } => articles::preview(&site, &slug).await,
        Command::Comments(way) => comments::run(&site, way).await,
        Command::Newsletter(way) => newsletter::run(&site, way).await,
        Command::User(way) => user::run(&site, way).await,
        Command::Privacy(way) => privacy::run(&site, way).await,
        Command::Media(way) => media::run(&site, way).await,
        Command::Settings(way) => settings::run(&site, way).await,
        Command::Backup { file } => backup::take(&site, &file).await,
        Command::Export { place } => export::write(&site, &place).await,
        Command::Reindex => search::reindex(&site).await,
        Command::Doctor(what) => doctor::run(&site, what).await,
        Command::Upgrade(_) | Command::RotateSecrets | Command::Restore { .. } | Command::Assets => {
            Ok(ExitCode::SUCCESS)
        }
    };
    site.db.close().await;
    code
}

/// Prints data. Whoever has stopped reading (`… | head`) wants no more of it, and
/// gets no complaint.
fn print(data: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(data.as_bytes()).and_then(|()| out.flush());
}

/// Says what of a copy was not as this program writes it; the exit code says whether anything was.
fn told_of_mended(mended: &Mended) -> ExitCode {
    if mended.count == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{} things in it were not as this program writes them, and were made harmless:", mended.count);
    mended.lines.iter().for_each(|line| eprintln!("  {line}"));
    if mended.count > mended.lines.len() {
        eprintln!("  and {} more", mended.count - mended.lines.len());
    }
    ExitCode::from(3)
}

/// A database's address without its password.
fn shown(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

/// A moment as it is written on the command line.
async fn moment(site: &Site, text: &str) -> anyhow::Result<Timestamp> {
    let edition = crate::services::site::settings::edition(site).await?;
    let calendar = Calendar::new(&edition.time_zone, &edition.language);
    parse_moment(text, &calendar).with_context(|| {
        format!("--at: “{text}” is no moment there is; write it like 2027-01-04T06:00:00-05:00 or '2027-01-04 06:00'")
    })
}
