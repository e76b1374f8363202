//! The page of results, and the list under the field while somebody types.

use super::{Head, shell, sidebar::sidebar};
use crate::{
    components::{Card, Dress, IntoPiece, Piece, card, icon, join_names, search_form},
    domain::{slug::Slug, words::Words},
    services::{
        Site,
        search::{Asked, Choice, Found, Mark, Results, SIZE, Scope, Sort, Typed, Unknown},
        site::frame::Front,
    },
};
use leptos::prelude::*;
use url::form_urlencoded::Serializer;

/// The page for a question; without results while the search is away.
pub fn page(site: &Site, front: &Front, asked: &Asked, results: Option<&Results>) -> String {
    let words = front.words;
    let title = if asked.typed.is_empty() { words.search.into() } else { format!("{}: {}", words.search, asked.typed) };
    whole(site, front, asked, title, |dress| match results {
        None => {
            view! { <p class="notice" role="status">{words.search_away}</p>{elsewhere(front, dress, None)} }.piece()
        }
        Some(_) if asked.typed.is_empty() => elsewhere(front, dress, None),
        Some(results) => answer(front, dress, asked, results),
    })
}

/// The page for whoever asks too often.
pub fn busy(site: &Site, front: &Front, asked: &Asked) -> String {
    whole(site, front, asked, front.words.search.into(), |_| {
        view! { <p class="notice" role="alert">{front.words.search_busy}</p> }.piece()
    })
}

fn whole(site: &Site, front: &Front, asked: &Asked, title: String, matter: impl FnOnce(&Dress) -> Piece) -> String {
    let words = front.words;
    let head = Head { title, noindex: true, current: "/search".into(), ..Head::default() };
    shell::page(site, front, head, |dress| {
        view! {
            <div class="columns">
                <div class="list">
                    <header class="list-head"><h1>{words.search}</h1></header>
                    {search_form(dress, &asked.typed)}
                    {matter(dress)}
                </div>
                {sidebar(front, dress, None)}
            </div>
        }
        .piece()
    })
}

/// The address of the same question otherwise: each key with its value, empty for none.
fn address(asked: &Asked, change: &[(&str, &str)]) -> String {
    let slug = |slug: &Option<Slug>| slug.as_ref().map(ToString::to_string).unwrap_or_default();
    let year = asked.year.map(|year| year.to_string()).unwrap_or_default();
    let sort = if asked.sort == Sort::Date { "date" } else { "" };
    let mut query = Serializer::new(String::new());
    query.append_pair("q", &asked.typed);
    for (key, value) in [
        ("section", slug(&asked.section)),
        ("author", slug(&asked.author)),
        ("topic", slug(&asked.topic)),
        ("year", year),
        ("sort", sort.to_owned()),
        ("page", String::new()),
    ] {
        let value = change.iter().find(|(changed, _)| *changed == key).map_or(value, |(_, value)| (*value).to_owned());
        if !value.is_empty() {
            query.append_pair(key, &value);
        }
    }
    format!("/search?{}", query.finish())
}

fn answer(front: &Front, dress: &Dress, asked: &Asked, results: &Results) -> Piece {
    let words = dress.words;
    let count = (words.results)(i64::try_from(results.total).unwrap_or(i64::MAX));
    let notes = [
        results.cut.then(|| words.search_cut.to_owned()),
        (results.no_words && !results.only_without).then(|| words.no_words.to_owned()),
        results.only_without.then(|| words.only_without.to_owned()),
        results.operators.then(|| words.operators.to_owned()),
    ];
    let Results { similar, unknown, no_dates, .. } = results;
    let notes: Vec<_> = differently(words, results.some_words && results.total > 0, similar, unknown, no_dates)
        .chain(notes.into_iter().flatten())
        .map(|line| view! { <p class="results__note">{line}</p> })
        .collect();
    let items: Vec<_> = results.items.iter().map(|found| view! { <li>{result(dress, found)}</li> }).collect();
    let first = results.page.saturating_sub(1) * SIZE + 1;
    let list = (!items.is_empty()).then(|| view! { <ol class="results" start=first.to_string()>{items}</ol> });
    let nothing = (results.total == 0).then(|| nothing(front, dress, asked, results));
    view! {
        <p class="results__count" role="status">{(!results.no_words).then_some(count)}</p>
        {notes}
        {filters(dress, asked, results)}
        {list}
        {pages(dress, asked, results)}
        {nothing}
    }
    .piece()
}

/// What was looked for otherwise than as it was typed.
fn differently<'a>(
    words: &'a Words,
    some_words: bool,
    similar: &'a [(String, Vec<String>)],
    unknown: &'a [Unknown],
    no_dates: &'a [String],
) -> impl Iterator<Item = String> + 'a {
    let unknown = unknown.iter().map(|Unknown { scope, typed, .. }| match scope {
        Scope::Author => (words.no_such_author)(typed),
        Scope::Section => (words.no_such_section)(typed),
        Scope::Topic => (words.no_such_topic)(typed),
    });
    let some_words = some_words.then(|| words.some_words.to_owned());
    let similar = similar.iter().map(|(typed, others)| (words.similar)(typed, others));
    some_words.into_iter().chain(similar).chain(unknown).chain(no_dates.iter().map(|typed| (words.no_date)(typed)))
}

fn marked(pieces: &[Mark]) -> Vec<Piece> {
    pieces
        .iter()
        .map(|piece| match piece.marked {
            true => view! { <mark>{piece.text.clone()}</mark> }.piece(),
            false => view! { {piece.text.clone()} }.piece(),
        })
        .collect()
}

fn result(dress: &Dress, found: &Found) -> Piece {
    let article = &found.article;
    let kind = article.kind.label(dress.words).map(|word| view! { <span class="label__kind">{word}</span> });
    let passage = if found.passage.is_empty() {
        (!article.standfirst.is_empty())
            .then(|| view! { <p class="result__passage">{article.standfirst.clone()}</p> }.piece())
    } else {
        Some(view! { <p class="result__passage">{marked(&found.passage)}</p> }.piece())
    };
    let names: Vec<String> = article.authors.iter().map(|author| author.name.clone()).collect();
    let by = (!names.is_empty()).then(|| format!("{} {}, ", dress.words.by, join_names(&names, dress.words.and)));
    view! {
        <article class="result">
            <p class="label">
                <a class="label__section" href=format!("/{}", article.section.0)>{article.section.1.clone()}</a>{kind}
            </p>
            <h2 class="result__title"><a href=article.href()>{marked(&found.title)}</a></h2>
            {passage}
            <p class="result__by">{by}{dress.date(article.published)}</p>
        </article>
    }
    .piece()
}

/// One way to have fewer results: a list that opens, with numbers. What is `chosen` is marked.
fn filter(
    asked: &Asked,
    label: &'static str,
    key: &'static str,
    chosen: Option<&str>,
    choices: &[Choice],
) -> Option<Piece> {
    if choices.len() < 2 {
        return None;
    }
    let rows: Vec<_> = choices
        .iter()
        .map(|choice| {
            let href = address(asked, &[(key, &choice.value)]);
            let current = (chosen == Some(choice.value.as_str())).then_some("true");
            view! { <li><a href=href rel="nofollow" aria-current=current>{choice.name.clone()}" "<span class="filter__count">{choice.count}</span></a></li> }
        })
        .collect();
    Some(view! { <details class="filter" name="filter"><summary>{label}{icon("chevron")}</summary><ul>{rows}</ul></details> }.piece())
}

fn filters(dress: &Dress, asked: &Asked, results: &Results) -> Piece {
    let words = dress.words;
    // What is chosen can be taken back, whatever it leaves.
    let kinds = [
        (words.section, "section", asked.section.as_ref().map(ToString::to_string), &results.sections),
        (words.author, "author", asked.author.as_ref().map(ToString::to_string), &results.authors),
        (words.topic, "topic", asked.topic.as_ref().map(ToString::to_string), &results.topics),
        (words.year, "year", asked.year.map(|year| year.to_string()), &results.years),
    ];
    let taken: Vec<_> = kinds
        .iter()
        .filter_map(|(_, key, value, choices)| {
            let value = value.as_ref()?;
            let choice = choices.iter().find(|choice| choice.value == *value);
            let name = choice.map_or(value, |choice| &choice.name).clone();
            let href = address(asked, &[(key, "")]);
            let label = (words.without_filter)(&name);
            Some(view! { <li><a class="tag" href=href rel="nofollow" aria-label=label>{name}" "{icon("close")}</a></li> })
        })
        .collect();
    let taken = (!taken.is_empty()).then(|| view! { <div class="tags filters__taken"><ul>{taken}</ul></div> });
    let offered: Vec<_> = kinds
        .iter()
        .filter_map(|(label, key, chosen, choices)| filter(asked, label, key, chosen.as_deref(), choices))
        .collect();
    let sort = (results.total > 1).then(|| {
        let way = |sort: Sort, label: &'static str, value: &'static str| {
            let current = (asked.sort == sort).then_some("true");
            view! { <a href=address(asked, &[("sort", value)]) rel="nofollow" aria-current=current>{label}</a> }
        };
        view! {
            <div class="filters__sort" role="group" aria-label=words.order_of_results>
                {way(Sort::Relevance, words.best_match, "")}{way(Sort::Date, words.newest_first, "date")}
            </div>
        }
    });
    view! { <div class="filters">{offered}{sort}{taken}</div> }.piece()
}

fn pages(dress: &Dress, asked: &Asked, results: &Results) -> Option<Piece> {
    let Results { page, pages: last, .. } = *results;
    if last <= 1 {
        return None;
    }
    let link = |to: usize| address(asked, &[("page", &if to > 1 { to.to_string() } else { String::new() })]);
    let before = (page > 1).then(|| {
        view! { <a class="pager__link" rel="prev nofollow" href=link(page - 1)>{icon("newer")}{dress.words.results_before}</a> }
    });
    let after = (page < last).then(|| {
        view! { <a class="pager__link pager__link--older" rel="next nofollow" href=link(page + 1)>{dress.words.results_after}{icon("older")}</a> }
    });
    Some(view! { <nav class="pager" aria-label=dress.words.search>{before}{after}</nav> }.piece())
}

/// What helps where nothing was found.
fn nothing(front: &Front, dress: &Dress, asked: &Asked, results: &Results) -> Piece {
    let words = dress.words;
    let meant = results.meant.as_ref().map(|meant| {
        let href = address(&Asked { typed: meant.clone(), ..asked.clone() }, &[]);
        view! { <p class="results__meant">{words.did_you_mean}" "<a href=href rel="nofollow">{meant.clone()}</a>"?"</p> }
    });
    let filtered = asked.section.is_some() || asked.author.is_some() || asked.topic.is_some() || asked.year.is_some();
    let everywhere = filtered.then(|| {
        let href = address(asked, &[("section", ""), ("author", ""), ("topic", ""), ("year", "")]);
        view! { <p><a href=href rel="nofollow">{words.search_everywhere}</a></p> }
    });
    let left_out = results.left_out.as_ref().map(|(typed, count)| {
        let href = address(&Asked { typed: typed.clone(), ..asked.clone() }, &[]);
        let line = (words.left_out)(i64::try_from(*count).unwrap_or(i64::MAX));
        view! { <p class="results__note">{line}" "<a href=href rel="nofollow">{words.leave_nothing_out}</a></p> }
    });
    view! {
        {left_out}
        {meant}
        {everywhere}
        <p class="results__note">{words.nothing_found_line}</p>
        {elsewhere(front, dress, Some(asked))}
    }
    .piece()
}

/// Sections and topics (those that are named in a question first), and the newest
/// articles: of the section in which somebody has looked, or of all.
fn elsewhere(front: &Front, dress: &Dress, asked: Option<&Asked>) -> Piece {
    let words = dress.words;
    let typed = asked.map(|asked| asked.typed.to_lowercase()).unwrap_or_default();
    let named = |name: &str| {
        let name = name.to_lowercase();
        typed.split_whitespace().any(|word| word.len() > 3 && name.contains(word))
    };
    let sections = front.sections.iter().map(|(s, _)| (format!("/{}", s.slug), s.name.clone()));
    let topics = front.topics.iter().map(|t| (format!("/topic/{}", t.slug), t.name.clone()));
    let mut shelves: Vec<_> = sections.chain(topics).collect();
    shelves.sort_by_key(|(_, name)| !named(name));
    let shelves: Vec<_> =
        shelves.into_iter().map(|(href, name)| view! { <li><a class="tag" href=href>{name}</a></li> }).collect();
    let section = asked.and_then(|asked| asked.section.as_ref());
    let of_section = section
        .and_then(|slug| front.sections.iter().find(|(s, _)| s.slug == *slug))
        .filter(|(_, newest)| !newest.is_empty());
    let (heading, newest) = match of_section {
        Some((section, newest)) => {
            (format!("{} {}", words.latest_in, section.name), newest.iter().take(6).collect::<Vec<_>>())
        }
        None => (words.latest_news.to_owned(), front.newest.iter().take(6).collect()),
    };
    let rows: Vec<_> =
        newest.into_iter().map(|a| view! { <li>{card(dress, a, Card { level: 3, ..Card::ROW })}</li> }).collect();
    view! {
        <nav class="tags" aria-label=words.browse><ul>{shelves}</ul></nav>
        <div class="block">
            <h2 class="block-heading">{heading}</h2>
            <ul class="rows">{rows}</ul>
        </div>
    }
    .piece()
}

/// The list under the field while somebody types; before it, hidden, what is said of it.
pub fn typed(front: &Front, asked: &Asked, typed: &Typed) -> String {
    let Typed { items, total, some_words, similar, unknown, no_dates } = typed;
    let some_words = *some_words && !items.is_empty();
    let note = differently(front.words, some_words, similar, unknown, no_dates).collect::<Vec<_>>().join(" ");
    let note = (!note.is_empty()).then(|| view! { <span id="typed-note" hidden>{note}</span> });
    let shown = items.len();
    let items: Vec<_> = items
        .iter()
        .enumerate()
        .map(|(n, found)| {
            let article = &found.article;
            let passage =
                (!found.passage.is_empty()).then(|| view! { <span class="typed__passage">{marked(&found.passage)}</span> });
            view! {
                <a id=format!("typed-{n}") role="option" aria-selected="false" href=article.href() tabindex="-1">
                    <span class="typed__title">{marked(&found.title)}</span>
                    <span class="typed__where">{article.section.1.clone()}", "{front.calendar.date(article.published)}</span>
                    {passage}
                </a>
            }
        })
        .collect();
    // The last leads to all of them.
    let all = total.is_none_or(|total| total > shown).then(|| {
        let href = address(asked, &[]);
        let label = (front.words.all_results)(total.map(|total| i64::try_from(total).unwrap_or(i64::MAX)));
        view! {
            <a id="typed-all" class="typed__all" role="option" aria-selected="false" href=href tabindex="-1">{label}</a>
        }
    });
    shell::fragment(|| view! { {note}{items}{all} }.piece())
}
