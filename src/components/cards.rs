//! Articles in lists: cards with pictures, and plain lists of titles.

use super::{Dress, IntoPiece, Piece};
use crate::domain::{article::Kind, listing::Summary, media::Picture};
use leptos::{either::Either, prelude::*};

/// How a card looks and what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// `lead`, `large`, `beside`, `row`, `tile`, `small` or `panel`: a class of the style sheet.
    pub shape: &'static str,
    /// The level of its heading, 2 to 4.
    pub level: u8,
    /// With the section's name.
    pub section: bool,
    /// With the standfirst.
    pub standfirst: bool,
    /// With the byline, where the list brought it.
    pub byline: bool,
    /// The picture is in the first view: no lazy loading.
    pub first: bool,
}

impl Card {
    /// A card of a grid: picture, label, title, date.
    pub const TILE: Self =
        Self { shape: "tile", level: 3, section: true, standfirst: false, byline: false, first: false };
    /// A row of a list page.
    pub const ROW: Self = Self { shape: "row", level: 2, section: true, standfirst: true, byline: true, first: false };
    /// Small picture beside title and date.
    pub const SMALL: Self =
        Self { shape: "small", level: 3, section: false, standfirst: false, byline: false, first: false };
    /// The lead of the home page.
    pub const LEAD: Self = Self { shape: "lead", level: 2, section: true, standfirst: true, byline: true, first: true };
}

impl Card {
    fn shown(self) -> Shown {
        match self.shape {
            "lead" => Shown::LEAD,
            "large" => Shown::LARGE,
            "beside" => Shown::BESIDE,
            "row" if self.first => Shown::FIRST_ROW,
            "row" => Shown::ROW,
            "small" => Shown::SMALL,
            _ => Shown::TILE,
        }
    }
}

/// The place of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How wide it is shown, as the browser must know before it knows the style
    /// sheet: `sizes` of the element.
    sizes: &'static str,
    /// More pixels than these across no screen shows there.
    most: u32,
}

impl Shown {
    /// The lead of an article or of the home page: the page's wide column.
    pub const LEAD: Self =
        Self { sizes: "(min-width: 80rem) 54rem, (min-width: 64rem) 60vw, calc(100vw - 2rem)", most: 1_920 };
    /// The first of a block: one of two or three columns.
    const LARGE: Self =
        Self { sizes: "(min-width: 72rem) 24rem, (min-width: 42rem) 44vw, calc(100vw - 2rem)", most: 1_280 };
    /// A tile of a grid; on phones beside its title.
    const TILE: Self = Self { sizes: "(min-width: 54rem) 18rem, (min-width: 36rem) 44vw, 8.5rem", most: 960 };
    /// Beside the home page's lead.
    const BESIDE: Self = Self { sizes: "8.5rem", most: 480 };
    /// The first row of a list page.
    const FIRST_ROW: Self = Self {
        sizes: "(min-width: 71rem) 29rem, (min-width: 64rem) 14rem, (min-width: 46rem) 28rem, (min-width: 40rem) 16rem, 8rem",
        most: 1_280,
    };
    /// A row's picture.
    const ROW: Self = Self { sizes: "(min-width: 40rem) 16rem, 8rem", most: 640 };
    /// Beside a title.
    const SMALL: Self = Self { sizes: "6rem", most: 320 };
    /// Somebody's face.
    pub const FACE: Self = Self { sizes: "8rem", most: 320 };
}

/// A picture that holds its place before it is loaded.
pub fn picture(picture: &Picture, shown: Shown, first: bool) -> Piece {
    let sources = picture.sources(shown.most);
    let image = view! {
        <img
            src=sources.src
            class=picture.focus.map(|focus| focus.class())
            alt=picture.alt.clone()
            width=picture.width.to_string()
            height=picture.height.to_string()
            loading=(!first).then_some("lazy")
            decoding="async"
            fetchpriority=if first { "high" } else { "low" }
        />
    };
    if sources.sets.is_empty() {
        return image.piece();
    }
    let sets: Vec<_> = sources
        .sets
        .into_iter()
        .map(|(kind, set)| view! { <source r#type=kind srcset=set sizes=shown.sizes/> })
        .collect();
    view! { <picture>{sets}{image}</picture> }.piece()
}

fn heading(level: u8, href: String, title: String) -> Piece {
    let link = view! { <a href=href>{title}</a> };
    match level {
        2 => view! { <h2 class="card__title">{link}</h2> }.piece(),
        3 => view! { <h3 class="card__title">{link}</h3> }.piece(),
        _ => view! { <h4 class="card__title">{link}</h4> }.piece(),
    }
}

/// One article as a card. The picture's link is left out of the tab order: the
/// title beside it leads to the same page.
pub fn card(dress: &Dress, article: &Summary, look: Card) -> Piece {
    let href = article.href();
    let image = match &article.picture {
        Some(shown) => {
            // The title says what the link leads to; the picture would say it twice.
            let mute = Picture { alt: String::new(), ..shown.clone() };
            Either::Left(picture(&mute, look.shown(), look.first))
        }
        // Without a picture the section's initial holds the place, so rows stay even.
        None => Either::Right(view! {
            <span class="card__blank">{article.section.1.chars().next().map(String::from)}</span>
        }),
    };
    let label = (look.section || article.kind != Kind::News).then(|| {
        let section = look.section.then(|| {
            view! { <a class="label__section" href=format!("/{}", article.section.0)>{article.section.1.clone()}</a> }
        });
        let kind = article.kind.label(dress.words).map(|word| view! { <span class="label__kind">{word}</span> });
        view! { <p class="label">{section}{kind}</p> }
    });
    let standfirst = (look.standfirst && !article.standfirst.is_empty())
        .then(|| view! { <p class="card__standfirst">{article.standfirst.clone()}</p> });
    let byline = (look.byline && !article.authors.is_empty()).then(|| {
        let names: Vec<String> = article.authors.iter().map(|a| a.name.clone()).collect();
        view! {
            <span class="card__byline">{dress.words.by}" "{join_names(&names, dress.words.and)}</span>
        }
    });
    view! {
        <article class=format!("card card--{}", look.shape)>
            <a class="card__picture" href=href.clone() tabindex="-1" aria-hidden="true">
                {image}
            </a>
            <div class="card__text">
                {label}
                {heading(look.level, href, article.title.clone())}
                {standfirst}
                <p class="card__meta">{byline}{dress.date(article.published)}</p>
            </div>
        </article>
    }
    .piece()
}

/// Names as a sentence has them: `A`, `A and B`, `A, B and C`.
pub fn join_names(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

/// Small cards one under the other.
pub fn compact_list<'a>(dress: &Dress, articles: impl IntoIterator<Item = &'a Summary>, level: u8) -> Piece {
    let look = Card { level, ..Card::SMALL };
    let items: Vec<_> = articles.into_iter().map(|a| view! { <li>{card(dress, a, look)}</li> }).collect();
    view! { <ul class="compact-list">{items}</ul> }.piece()
}

/// Titles with their dates, without pictures.
pub fn title_list<'a>(dress: &Dress, articles: impl IntoIterator<Item = &'a Summary>) -> Piece {
    let items: Vec<_> = articles
        .into_iter()
        .map(|a| {
            view! {
                <li class="title-list__item">
                    <a class="title-list__title" href=a.href()>{a.title.clone()}</a>
                    <span class="title-list__date">{dress.date(a.published)}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="title-list">{items}</ul> }.piece()
}

#[cfg(test)]
mod tests {
    use super::join_names;

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        let names: Vec<String> = ["A", "B", "C"].map(String::from).to_vec();
        assert_eq!(join_names(&names[..1], "and"), "A");
        assert_eq!(join_names(&names[..2], "and"), "A and B");
        assert_eq!(join_names(&names, "and"), "A, B and C");
    }
}
