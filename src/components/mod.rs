//! Pieces of pages that are rendered on the server alone. They know the domain,
//! the calendar and the browser's files; they load nothing.

mod article_body;
mod bylines;
mod cards;
pub mod comments;
mod contact_form;
mod field;
mod icon;
mod pager;
mod search_form;
mod share_row;
mod sign_up_form;

pub use article_body::{ad, body};
pub use bylines::{author_box, byline_links, portrait};
pub use cards::{Card, Shown, card, compact_list, join_names, picture, title_list};
pub use comments::reply_form::{Written, reply_form};
pub use comments::thread::{Stage, closed_comments, comments, part as comment_part, rules, single as single_comment};
pub use contact_form::contact_form;
pub use field::Field;
pub use icon::{icon, profile_links};
pub use pager::{archive_months, pager};
pub use search_form::search_form;
pub use share_row::share_row;
pub use sign_up_form::{Filled, list_choice, newsletter_form, sign_up_form};

use crate::{calendar::Calendar, domain::words::Words};

/// What every piece needs to speak: words and dates.
#[derive(Clone)]
pub struct Dress {
    /// The words of the interface.
    pub words: &'static Words,
    /// Names of days.
    pub calendar: Calendar,
}

impl Dress {
    /// A day with its machine-readable form.
    pub fn date(&self, at: crate::domain::time::Timestamp) -> impl leptos::IntoView + use<> {
        use leptos::prelude::*;
        view! { <time datetime=self.calendar.machine(at)>{self.calendar.date(at)}</time> }
    }
}

/// A piece of a page, rendered. A page is put together of such, and not of Leptos'
/// `AnyView`: that would have each view compiled in all the ways in which a view can
/// be used (asynchronously, in a browser), which took a quarter of the build, and
/// pages need one.
pub type Piece = leptos::tachys::html::InertElement;

/// Renders where it stands: within the page's owner, as part of it.
pub trait IntoPiece {
    /// The view as HTML.
    fn piece(self) -> Piece;
}

impl<T: leptos::prelude::RenderHtml> IntoPiece for T {
    fn piece(self) -> Piece {
        Piece::new(self.to_html())
    }
}
