//! `pressroom comments …`: the newsroom decides about comments.

use crate::{
    domain::{CommentId, time::Timestamp},
    services::{
        Site,
        comment_filter::Finding,
        comments::{self, State},
        settings,
    },
};
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
        Way::Approve(which) => (which, State::Approved),
        Way::Reject(which) => (which, State::Rejected),
        Way::Spam(which) => (which, State::Spam),
        Way::Hold(which) => (which, State::Held),
    };
    let mut code = ExitCode::SUCCESS;
    for id in which.ids {
        if comments::decide(site, CommentId(id), state, "command line").await? {
            eprintln!("{id}: {}", state.as_str());
        } else {
            eprintln!("{id}: there is no such comment");
            code = ExitCode::FAILURE;
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
    for comment in comments::queue(site, state, most).await? {
        let when = calendar.date_time(Timestamp(comment.at));
        let findings: Vec<Finding> = serde_json::from_str(&comment.findings).unwrap_or_default();
        let text = comment.words.replace('\n', "\n    ");
        let mut said =
            format!("{}  {when}  {} <{}>  {}\n    {text}\n", comment.id, comment.name, comment.email, comment.slug);
        for finding in findings {
            said.push_str(&format!("    [{}] {}\n", finding.rule, finding.why));
        }
        super::print(&said);
    }
    Ok(ExitCode::SUCCESS)
}
