//! Letters as the newsroom writes, approves and follows them.

use super::page;
use crate::{
    components::{Dress, Field, IntoPiece, Piece},
    domain::newsletter::{Kind, LetterFaults, MAX_BODY, MAX_PREHEADER, MAX_SUBJECT, Newsletter, State},
    services::{
        Site,
        accounts::Account,
        newsletter::issues::{Desk, Form, Letter, Progress, UNADDRESSED},
        site::frame::Front,
    },
};
use leptos::prelude::*;

const HERE: &str = "/newsroom/newsletter";
const TITLE: &str = "Newsletter";

/// How a letter stands, in words.
fn standing(letter: &Letter, progress: &Progress) -> String {
    let part = |count: i64, word: &str| (count > 0).then(|| format!("{count} {word}"));
    let parts = [
        part(progress.sent, if letter.state == State::Sent { "readers" } else { "sent" }),
        part(progress.waiting, "waiting"),
        part(progress.refused, "refused or bounced"),
        part(progress.left, "left before it came"),
        part(progress.quit, "left after it"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let word = match letter.state {
        State::Draft => "Draft",
        State::Approved => "Approved",
        State::Sending => "Going out",
        State::Paused if letter.brake.is_on() => "Held by itself",
        State::Sent if letter.brake.is_on() => "Sent, but too much came back",
        State::Paused => "Paused",
        State::Sent => "Sent",
        State::Stopped => "Stopped",
    };
    if parts.is_empty() { word.to_owned() } else { format!("{word}: {}", parts.join(", ")) }
}

/// Whether a letter is held by itself until somebody decides.
fn needs_somebody(letter: &Letter) -> bool {
    letter.brake.is_on() && matches!(letter.state, State::Paused | State::Sent)
}

fn name_of(lists: &[Newsletter], slug: &str) -> String {
    lists.iter().find(|list| list.slug.as_str() == slug).map_or(slug, |list| list.name.as_str()).to_owned()
}

/// What there is, who gets it, and all letters.
pub fn letters(site: &Site, front: &Front, account: &Account, desk: &Desk, said: Option<&'static str>) -> String {
    page(site, front, account, TITLE, HERE, |dress| {
        let lists: Vec<_> = desk
            .lists
            .iter()
            .map(|(list, count, next)| {
                let next = next.map(|at| dress.calendar.date_time(at));
                let digest = match next {
                    None => "Written by hand".to_owned(),
                    Some(next) if list.approve => format!("A digest, made next on {next}; an editor approves it"),
                    Some(next) => format!("A digest, next on {next}"),
                };
                view! { <tr><th scope="row">{list.name.clone()}</th><td class="number">{count.to_string()}</td><td>{digest}</td></tr> }
            })
            .collect();
        let rows: Vec<_> = desk.letters.iter().map(|(letter, progress)| row(dress, front, letter, progress)).collect();
        let held = desk.held.then(|| {
            view! {
                <form class="notice" role="alert" method="post" action=HERE>
                    <p>"A back-up was restored. Letters that were on their way wait, and so do new digests: some readers may have them already. Look into your mail server’s record, resume or stop each letter, then let digests go out by themselves again."</p>
                    <p class="form__act"><button class="button" name="act" value="release">"I have looked: go on"</button></p>
                </form>
            }
        });
        let unaddressed = (!desk.addressed).then(|| view! { <p class="notice" role="alert">{UNADDRESSED}</p> });
        let failing: Vec<_> = desk
            .failing
            .iter()
            .map(|one| {
                let since = dress.calendar.date_time(one.since);
                view! { <li>{format!("{}, since {since}, {} times: {}", one.name, one.failures, one.fault)}</li> }
            })
            .collect();
        let failing = (!failing.is_empty()).then(|| {
            view! {
                <div class="notice notice--bad" role="alert">
                    <p>"Something that the server does by itself fails, and is tried again and again:"</p>
                    <ul>{failing}</ul>
                </div>
            }
        });
        let table = if rows.is_empty() {
            view! { <p class="honest">"No letter has been written yet."</p> }.piece()
        } else {
            view! {
                <div class="table letters" tabindex="0" role="group" aria-label="Letters">
                    <table>
                        <thead><tr><th scope="col">"Letter"</th><th scope="col">"Newsletter"</th><th scope="col">"Status"</th><th scope="col">"When"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .piece()
        };
        view! {
            <p class="queue__said" role="status">{said}</p>
            {failing}
            {held}
            {unaddressed}
            <p class="form__act">
                <a class="button" href=format!("{HERE}/new?kind=message")>"Write a message"</a>
                " "
                <a class="button button--quiet" href=format!("{HERE}/new?kind=article")>"Send an article"</a>
            </p>
            {table}
            <h2 class="block-heading">"Who gets what"</h2>
            <div class="table" tabindex="0" role="group" aria-label="Newsletters">
                <table>
                    <thead><tr><th scope="col">"Newsletter"</th><th scope="col" class="number">"Readers"</th><th scope="col">"What"</th></tr></thead>
                    <tbody>{lists}</tbody>
                </table>
            </div>
            <p><a href=format!("{HERE}/readers.csv") download="readers.csv">"All readers as a table (CSV)"</a></p>
        }
        .piece()
    })
}

fn row(dress: &Dress, front: &Front, letter: &Letter, progress: &Progress) -> Piece {
    let at = letter.ended.or(letter.begun).or(letter.due).unwrap_or(letter.made);
    let bad = needs_somebody(letter).then_some("letters__bad");
    view! {
        <tr>
            <th scope="row"><a href=format!("{HERE}/{}", letter.id)>{letter.subject.clone()}</a></th>
            <td>{name_of(&front.edition.newsletters, &letter.list)}</td>
            <td class=bad>{standing(letter, progress)}</td>
            <td>{dress.calendar.date_time(at)}</td>
        </tr>
    }
    .piece()
}

/// A letter that is being written.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// What it is made of.
    pub kind: Kind,
    /// What stands in the fields.
    pub form: &'a Form,
    /// What is wrong with them.
    pub faults: &'a LetterFaults,
}

fn fields(front: &Front, writing: Writing<'_>) -> Piece {
    let Writing { kind, form, faults } = writing;
    let options: Vec<_> = front
        .edition
        .newsletters
        .iter()
        .map(|list| {
            let slug = list.slug.to_string();
            let chosen = slug == form.list;
            view! { <option value=slug selected=chosen>{list.name.clone()}</option> }
        })
        .collect();
    let alone = kind == Kind::Article;
    let subject = Field::new("letter", "subject", "Subject", MAX_SUBJECT).value(&form.subject);
    let subject = subject.fault(faults.subject.as_deref());
    let subject = if alone { subject.hint("Left empty: the article’s headline.") } else { subject.required() };
    let preheader = Field::new("letter", "preheader", "Preview text", MAX_PREHEADER)
        .value(&form.preheader)
        .fault(faults.preheader.as_deref())
        .hint("Mail programs show it beside the subject, before the letter is opened.");
    let article = alone.then(|| {
        let field = Field::new("letter", "article", "Address of the article", 300).required();
        field.value(&form.article).fault(faults.article.as_deref()).line("text", "off")
    });
    let label = if kind == Kind::Message { "Message" } else { "A few words before it (may be left empty)" };
    let body = Field::new("letter", "body", label, MAX_BODY).value(&form.body).fault(faults.body.as_deref());
    let body =
        body.hint("Markdown: *emphasis*, [links](https://…), lists, quotes, ## headings. Pictures become links.");
    view! {
        <p class="form__field">
            <label for="letter-list">"Newsletter"</label>
            <select id="letter-list" name="list" aria-describedby="letter-list-fault">{options}</select>
            <span class="form__fault" id="letter-list-fault">{faults.list.clone()}</span>
        </p>
        {article}
        {subject.line("text", "off")}
        {preheader.line("text", "off")}
        {body.text(if kind == Kind::Message { 14 } else { 4 })}
    }
    .piece()
}

/// The form for a new letter.
pub fn write(site: &Site, front: &Front, account: &Account, writing: Writing<'_>) -> String {
    let title = if writing.kind == Kind::Article { "Send an article" } else { "Write a message" };
    page(site, front, account, title, HERE, |_| {
        view! {
            <form class="form" method="post" action=HERE>
                <input type="hidden" name="kind" value=writing.kind.as_str()/>
                {fields(front, writing)}
                <p class="form__act">
                    <button class="button" type="submit">"Save as a draft"</button>
                    " "<a class="form__away" href=HERE>"Back to the letters"</a>
                </p>
            </form>
        }
        .piece()
    })
}

/// A letter as it is looked at.
pub struct Looked<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// How far it is.
    pub progress: Progress,
    /// What went wrong most.
    pub faults: &'a [(String, i64)],
    /// The fields of a draft.
    pub writing: Writing<'a>,
    /// The mail as plain text.
    pub text: &'a str,
    /// A word about what was done.
    pub said: Option<String>,
    /// What is about to happen, where an editor is asked whether that is right.
    pub asked: Option<String>,
}

/// A letter with how far it is, what went wrong most, and what can be done.
pub fn letter(site: &Site, front: &Front, account: &Account, looked: Looked<'_>) -> String {
    let Looked { letter, progress, faults, writing, text, said, asked } = looked;
    page(site, front, account, &letter.subject, HERE, |dress| {
        let calendar = &dress.calendar;
        let to = format!("{HERE}/{}", letter.id);
        let draft = letter.state == State::Draft;
        let button = |name: &'static str, label: &'static str, quiet: bool| {
            let class = if quiet { "button button--quiet" } else { "button" };
            view! { <button class=class name="act" value=name>{label}</button>" " }.piece()
        };
        let acts: Vec<Piece> = match letter.state {
            State::Draft => vec![],
            State::Approved => vec![button("recall", "Back to a draft", false), button("pause", "Pause", true)],
            State::Sending => vec![button("pause", "Pause", false), button("stop", "Stop for good", true)],
            State::Paused if letter.brake.is_on() => vec![
                button("resume", "Resume, with those who were refused", false),
                button("end", "Go on and end these", true),
                button("stop", "Stop for good", true),
            ],
            State::Sent if letter.brake.is_on() => vec![
                button("resume", "Send it again to those who were refused", true),
                button("end", "End these", true),
            ],
            State::Paused => vec![button("resume", "Resume", false), button("stop", "Stop for good", true)],
            State::Sent | State::Stopped => vec![],
        };
        let acts = (!acts.is_empty()).then(
            || view! { <form class="form" method="post" action=to.clone()><p class="form__act">{acts}</p></form> },
        );
        let bar = (progress.total() > 0).then(|| {
            let (total, done) = (progress.total(), progress.total() - progress.waiting);
            view! {
                <p class="letter__progress">
                    <label for="progress">{format!("{done} of {total}")}</label>
                    <progress id="progress" max=total.to_string() value=done.to_string()></progress>
                </p>
            }
        });
        let list = front.edition.newsletters.iter().find(|list| list.slug.as_str() == letter.list);
        let counts = letter.begun.is_some() && list.is_some_and(|list| list.count);
        let counted = counts.then(|| format!("opened {} times, links followed {} times", letter.opens, letter.clicks));
        let lines: Vec<_> = [
            ("Newsletter", Some(name_of(&front.edition.newsletters, &letter.list))),
            ("Status", Some(standing(letter, &progress))),
            ("Due", letter.due.map(|at| calendar.date_time(at))),
            ("Began", letter.begun.map(|at| calendar.date_time(at))),
            ("Ended", letter.ended.map(|at| calendar.date_time(at))),
            ("Counted", counted),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <div><dt>{name}</dt><dd>{value?}</dd></div> }))
        .collect();
        let why = (!letter.why.is_empty()).then(|| match needs_somebody(letter) {
            true => view! {
                <div class="notice notice--bad" role="alert">
                    <p>{letter.why.clone()}</p>
                    <p>"If the list is old, and those addresses really are gone, “end these” takes them off it."</p>
                </div>
            }
            .piece(),
            false => view! { <p class="notice">{letter.why.clone()}</p> }.piece(),
        });
        let faults = (!faults.is_empty()).then(|| {
            let items: Vec<_> =
                faults.iter().map(|(fault, count)| view! { <li>{format!("{count} × {fault}")}</li> }).collect();
            view! { <h2 class="block-heading">"What went wrong"</h2><ul class="letter__faults">{items}</ul> }
        });
        let text = view! { <details class="letter__text"><summary>"As plain text"</summary><pre>{text.to_owned()}</pre></details> };
        let below = if draft {
            let zone = format!(
                "In {}, where it is {} now. Left empty: at once.",
                front.edition.time_zone,
                calendar.date_time(site.now())
            );
            let when = Field::new("letter", "when", "When", 40).value(&writing.form.when);
            let when = when.fault(writing.faults.due.as_deref()).hint(&zone);
            // One form: whatever is pressed, what stands in the fields is saved first.
            view! {
                <form class="form" method="post" action=to.clone()>
                    {fields(front, writing)}
                    {when.line("datetime-local", "off")}
                    <p class="form__act">
                        {button("save", "Save", true)}
                        <button class="button button--quiet" name="act" value="see" formtarget="_blank">"Preview"</button>
                        " "
                        {button("test", "Send me a test", true)}
                        {button("approve", "Approve …", false)}
                        {button("discard", "Delete the draft", true)}
                    </p>
                </form>
                {text}
            }
            .piece()
        } else {
            view! {
                <p class="form__act">
                    <a class="button button--quiet" href=format!("{to}/mail") target="_blank" rel="noopener">"Preview"</a>
                </p>
                {text}
            }
            .piece()
        };
        let asked = asked.map(|asked| {
            view! {
                <form class="notice" method="post" action=to.clone()>
                    <p>{asked}</p>
                    <input type="hidden" name="when" value=writing.form.when.clone()/>
                    <p class="form__act">
                        <button class="button" name="act" value="send">"Yes, send it"</button>
                        " "
                        <a class="form__away" href=to.clone()>"Not yet"</a>
                    </p>
                </form>
            }
        });
        view! {
            <p class="queue__said" role="status">{said}</p>
            {why}
            <dl class="letter__facts">{lines}</dl>
            {bar}
            {acts}
            {faults}
            {asked}
            {below}
        }
        .piece()
    })
}
