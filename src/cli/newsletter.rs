//! `pressroom newsletter …`: letters from the command line, readers in and out.

use crate::{
    domain::newsletter::{Kind, State},
    services::{
        Site,
        comments::moderation::By,
        newsletter::{
            self, bounces,
            issues::{self, Act, Form},
            reader_lists::{self, Brought, Order},
            revival,
        },
    },
};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// What is done.
#[derive(Subcommand)]
pub enum Way {
    /// Prints the newsletters with their readers, and the letters with how far each is
    #[command(after_help = "Example:\n  pressroom newsletter status")]
    Status,
    /// Writes a letter out of a Markdown file, or about an article; it is a draft until --yes
    #[command(
        after_help = "Examples:\n  pressroom newsletter write --list breaking --article the-senate-votes\n  pressroom newsletter write --list weekly-review --subject 'To our readers' --file letter.md"
    )]
    Write(Write),
    /// Approves a draft: the running server sends it, now or at a moment
    #[command(
        after_help = "Examples:\n  pressroom newsletter send 12\n  pressroom newsletter send 12 --at '2027-01-04 06:00'"
    )]
    Send {
        /// The number of the letter
        letter: i64,
        /// In the publication's time zone; left out: at once
        #[arg(long)]
        at: Option<String>,
    },
    /// A letter waits; what is on its way arrives
    #[command(after_help = "Example:\n  pressroom newsletter pause 12")]
    Pause {
        /// The number of the letter
        letter: i64,
    },
    /// A letter goes on; one that was held by itself tries those again who were refused
    #[command(
        after_help = "Examples:\n  pressroom newsletter resume 12\n  pressroom newsletter resume 12 --end-refused"
    )]
    Resume {
        /// The number of the letter
        letter: i64,
        /// The list is old: takes those off it who were refused because of their address
        #[arg(long)]
        end_refused: bool,
    },
    /// Ends a letter: who has not got it will not
    #[command(after_help = "Example:\n  pressroom newsletter stop 12")]
    Stop {
        /// The number of the letter
        letter: i64,
    },
    /// Brings back readers whose letters ended within a span of time since mails came back
    #[command(
        after_help = "Examples:\n  pressroom newsletter revive --since '2026-11-30 12:00'\n  pressroom newsletter revive --since '2026-11-30 12:00' --until '2026-11-30 18:00' --yes\n\nWithout --yes it only shows who they are, and what the mail server said."
    )]
    Revive {
        /// The first moment, in the publication's time zone
        #[arg(long)]
        since: String,
        /// The moment after the last; left out: now
        #[arg(long)]
        until: Option<String>,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Brings readers in who have confirmed elsewhere: an export of another program, or addresses
    #[command(
        after_help = "Examples:\n  pressroom newsletter import subscribed_members.csv --list daily-briefing\n  pressroom newsletter import readers.csv --list daily-briefing --status-column 'Plan=free,paid'\n\nUnderstands exports of Mailchimp, beehiiv, Substack, Ghost, listmonk, Buttondown, Kit, MailerLite, Campaign Monitor, Sendy and ActiveCampaign, spreadsheets as CSV or Unicode text, and one address a line. Who left, bounced, was cleaned, is inactive, pending, unconfirmed, blocklisted or disabled does not come in; whoever is known here already stays as they stand. Dates of consent in the file are kept as proof.\n\nExits with 3 where lines could not be read."
    )]
    Import(Import),
    /// Prints the addresses at which providers tell of mails that came back
    #[command(
        after_help = "Example:\n  pressroom newsletter webhooks\n\nThey hold a secret: whoever knows one can end anybody's letters."
    )]
    Webhooks,
    /// Prints all readers as CSV, with the proof of how each agreed
    #[command(after_help = "Example:\n  pressroom newsletter export > readers.csv")]
    Export,
}

/// A list of readers.
#[derive(Args)]
pub struct Import {
    /// The file
    file: PathBuf,
    /// What they get
    #[arg(long)]
    list: String,
    /// Only lines with one of these values in this column come in
    #[arg(long, value_name = "NAME=VALUE[,VALUE…]", value_parser = status_column)]
    status_column: Option<(String, Vec<String>)>,
    /// Lines whose status is not known come in too; who left, bounced and so on does not
    #[arg(long)]
    ignore_status: bool,
    /// What the readers agreed to, as the form said it: kept as a part of the proof
    #[arg(long, default_value = "", hide_default_value = true)]
    words: String,
}

fn status_column(text: &str) -> Result<(String, Vec<String>), String> {
    let (name, values) = text.split_once('=').ok_or("it looks like status=active,confirmed")?;
    Ok((name.to_owned(), values.split(',').map(str::to_owned).collect()))
}

/// A letter to be written.
#[derive(Args)]
pub struct Write {
    /// The newsletter
    #[arg(long)]
    list: String,
    /// The slug or address of an article
    #[arg(long, conflicts_with = "file")]
    article: Option<String>,
    /// A file of Markdown
    #[arg(long)]
    file: Option<PathBuf>,
    /// The subject; of an article's letter its headline, where it is left out
    #[arg(long, default_value = "")]
    subject: String,
    /// What mail programs show beside it
    #[arg(long, default_value = "")]
    preheader: String,
    /// Approve it at once
    #[arg(long)]
    yes: bool,
}

/// Does it.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    match way {
        Way::Status => status(site).await?,
        Way::Write(write) => {
            let body = match &write.file {
                Some(file) => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
                None => String::new(),
            };
            let kind = if write.article.is_some() { Kind::Article } else { Kind::Message };
            let form = Form {
                list: write.list,
                subject: write.subject,
                preheader: write.preheader,
                body,
                article: write.article.unwrap_or_default(),
                when: String::new(),
            };
            let id = match issues::write(site, kind, &form, By::CommandLine).await {
                Ok(id) => id,
                Err(issues::LetterError::Faults(faults)) => {
                    let all = [faults.list, faults.subject, faults.preheader, faults.body, faults.article];
                    anyhow::bail!("{}", all.into_iter().flatten().collect::<Vec<_>>().join(" "));
                }
                Err(error) => return Err(error.into()),
            };
            if write.yes {
                issues::approve(site, id, "", By::CommandLine).await?;
            }
            super::print(&format!("{id}\n"));
        }
        Way::Send { letter, at } => {
            match issues::approve(site, letter, at.as_deref().unwrap_or_default(), By::CommandLine).await {
                Err(issues::LetterError::Faults(faults)) => anyhow::bail!("{}", faults.due.unwrap_or_default()),
                other => other?,
            }
            eprintln!("letter {letter} is approved; the running server sends it");
        }
        Way::Pause { letter } => issues::act(site, letter, Act::Pause, By::CommandLine).await?,
        Way::Resume { letter, end_refused } => {
            let act = if end_refused { Act::End } else { Act::Resume };
            issues::act(site, letter, act, By::CommandLine).await?;
        }
        Way::Revive { since, until, yes } => revive(site, &since, until.as_deref(), yes).await?,
        Way::Stop { letter } => issues::act(site, letter, Act::Stop, By::CommandLine).await?,
        Way::Import(import) => return bring(site, import).await,
        Way::Webhooks => {
            for provider in bounces::PROVIDERS {
                super::print(&format!("{provider:10} {}\n", site.url(&bounces::hook(site, provider))));
            }
        }
        Way::Export => {
            newsletter::csv(site, |line| {
                super::print(line);
                Ok(())
            })
            .await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings a list in, and says what became of its lines.
async fn bring(site: &Site, import: Import) -> anyhow::Result<ExitCode> {
    let Import { file, list, status_column: status, ignore_status, words } = import;
    let order = Order { list, status, ignore_status, words };
    let brought = reader_lists::import(site, &file, &order).await.with_context(|| file.display().to_string())?;
    let Brought { added, known, left_out, unread, lines } = brought;
    eprintln!("{added} came in, {known} were known already and stay as they stand");
    if !left_out.is_empty() {
        let reasons = left_out.iter().map(|(reason, count)| format!("{count} {}", reason.words()));
        eprintln!("left out: {}", reasons.collect::<Vec<_>>().join(", "));
    }
    if unread == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let lines = lines.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    eprintln!("{unread} lines hold no address that can be written to (the first: {lines})");
    Ok(ExitCode::from(3))
}

async fn revive(site: &Site, since: &str, until: Option<&str>, yes: bool) -> anyhow::Result<()> {
    let span = revival::span(site, since, until).await?;
    let found = revival::found(site, span).await?;
    for (at, who) in &found {
        super::print(&format!("{at}  {:40} {}\n", who.email, who.fault));
    }
    if yes {
        let count = revival::revive(site, span).await?;
        eprintln!("{count} readers get letters again");
    } else {
        eprintln!("{} readers would get letters again; --yes does it", found.len());
    }
    Ok(())
}

async fn status(site: &Site) -> anyhow::Result<()> {
    let desk = issues::desk(site, By::CommandLine).await?;
    for (list, count, _) in &desk.lists {
        super::print(&format!("{:20} {count:8} readers\n", list.slug));
    }
    if !desk.addressed {
        super::print(&format!("{}\n", issues::UNADDRESSED));
    }
    if desk.held {
        super::print("a back-up was restored: letters wait until an editor lets them go on\n");
    }
    for one in &desk.failing {
        super::print(&format!("{} fails: {}\n", one.name, one.fault));
    }
    for (letter, progress) in &desk.letters {
        let done = progress.total() - progress.waiting;
        let far = if letter.state == State::Draft { String::new() } else { format!("{done} of {}", progress.total()) };
        super::print(&format!(
            "{:6} {:9} {far:16} {:16} {}\n",
            letter.id,
            letter.state.as_str(),
            letter.list,
            letter.subject
        ));
        if !letter.why.is_empty() && !letter.state.is_over() {
            super::print(&format!("       {}\n", letter.why));
        }
    }
    Ok(())
}
