//! `pressroom comments …`: the newsroom decides about comments.

use crate::{
    domain::{CommentId, time::Timestamp},
    services::{
        Site,
        accounts::privacy,
        comments::{
            State,
            filter::{rules, try_rules},
            moderation::{self, By, ModerationError, Wanted},
        },
        site::settings,
    },
};
use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

/// What is done.
#[derive(Subcommand)]
pub enum Way {
    /// Prints the comments that wait for a decision, oldest first, with what the filter found
    #[command(after_help = "Example:\n  pressroom comments list\n  pressroom comments list spam --most 20")]
    List {
        /// In which state
        #[arg(default_value = "held")]
        state: Queue,
        /// At most so many
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        most: i64,
    },
    /// Lets comments through: readers see them
    #[command(after_help = "Example:\n  pressroom comments approve 1024 1025")]
    Approve(Which),
    /// Refuses comments
    #[command(after_help = "Example:\n  pressroom comments reject 1024")]
    Reject(Which),
    /// Moves comments to the spam
    #[command(after_help = "Example:\n  pressroom comments spam 1024")]
    Spam(Which),
    /// Takes decisions back: the comments wait again
    #[command(after_help = "Example:\n  pressroom comments hold 1024")]
    Hold(Which),
    /// Prints all comments as JSON, one a line, with what is private of them
    #[command(after_help = "Example:\n  pressroom comments export > comments.jsonl")]
    Export,
    /// Tells what the rules, or changed ones, would have done to the last comments
    #[command(
        after_help = "Examples:\n  pressroom comments try-rules\n  pressroom settings export > review.toml   (change [conversation] in it)\n  pressroom comments try-rules --settings review.toml\n\nNothing is changed by it."
    )]
    TryRules {
        /// An edition with the changed rules [default: the rules that hold]
        #[arg(long, value_name = "FILE")]
        settings: Option<std::path::PathBuf>,
        /// The last so many comments
        #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
        most: i64,
    },
}

/// Comments by number.
#[derive(Args)]
pub struct Which {
    /// Their numbers, as in the address /comments/1024
    #[arg(required = true)]
    ids: Vec<i64>,
}

/// States by name.
#[derive(Clone, Copy, ValueEnum)]
pub enum Queue {
    /// Waiting for a decision
    Held,
    /// Seen by readers
    Approved,
    /// Refused
    Rejected,
    /// Taken for spam
    Spam,
}

/// Does it.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    let (which, state) = match way {
        Way::List { state, most } => return list(site, state, most).await,
        Way::Export => {
            let count = privacy::all_comments(site, |line| {
                super::print(&format!("{line}\n"));
                Ok(())
            })
            .await?;
            eprintln!("{count} comments.");
            return Ok(ExitCode::SUCCESS);
        }
        Way::TryRules { settings, most } => return try_rules(site, settings.as_deref(), most).await,
        Way::Approve(which) => (which, State::Approved),
        Way::Reject(which) => (which, State::Rejected),
        Way::Spam(which) => (which, State::Spam),
        Way::Hold(which) => (which, State::Held),
    };
    let mut code = ExitCode::SUCCESS;
    for id in which.ids {
        match moderation::decide(site, CommentId(id), state, "", By::CommandLine).await {
            Ok(()) => eprintln!("{id}: {}", state.as_str()),
            Err(ModerationError::Unknown) => {
                eprintln!("{id}: there is no such comment");
                code = ExitCode::FAILURE;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(code)
}

async fn list(site: &Site, state: Queue, most: i64) -> anyhow::Result<ExitCode> {
    let state = match state {
        Queue::Held => State::Held,
        Queue::Approved => State::Approved,
        Queue::Rejected => State::Rejected,
        Queue::Spam => State::Spam,
    };
    let edition = settings::edition(site).await?;
    let calendar = crate::calendar::Calendar::new(&edition.time_zone, &edition.language);
    let wanted = Wanted { state: Some(state), ..Wanted::default() };
    for comment in moderation::queue(site, &wanted, most, By::CommandLine).await? {
        let when = calendar.date_time(Timestamp(comment.at));
        let text = if comment.words.is_empty() { &comment.body } else { &comment.words };
        let text = text.replace('\n', "\n    ");
        let mut said =
            format!("{}  {when}  {} <{}>  {}\n    {text}\n", comment.id, comment.name, comment.email, comment.slug);
        for finding in rules::read(&comment.findings) {
            said.push_str(&format!("    [{}] {}\n", finding.rule, finding.why));
        }
        super::print(&said);
    }
    Ok(ExitCode::SUCCESS)
}

async fn try_rules(site: &Site, file: Option<&std::path::Path>, most: i64) -> anyhow::Result<ExitCode> {
    let edition = match file {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            settings::read(&text).with_context(|| path.display().to_string())?
        }
        None => settings::edition(site).await?,
    };
    let trial = try_rules::run(site, &edition.conversation, most).await?;
    if trial.table.is_empty() {
        eprintln!(
            "There are no comments to try the rules on: those of an import came without their writers' own text."
        );
    }
    super::print(&trial.to_string());
    Ok(ExitCode::SUCCESS)
}
