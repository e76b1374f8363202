//! A field of a form: label, what stands in it, what is wrong with it, a hint. The one
//! way in which forms ask, so that a fault is always told to whoever cannot see it.

use super::{IntoPiece, Piece};
use crate::domain::contact::escape;
use leptos::prelude::*;

/// What a form asks for.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    id: String,
    name: &'static str,
    label: &'static str,
    longest: usize,
    value: &'a str,
    required: bool,
    fault: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// A field that is sent as `name` with at most `longest` characters. The element's
    /// id is `{form}-{name}`, its fault's `…-fault`, its hint's `…-hint`.
    pub fn new(form: &str, name: &'static str, label: &'static str, longest: usize) -> Self {
        let id = format!("{form}-{name}");
        Self { id, name, label, longest, value: "", required: false, fault: None, hint: None }
    }

    /// It may not be left empty.
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// What stands in it.
    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// What is wrong with it.
    pub fn fault(self, fault: Option<&'a str>) -> Self {
        Self { fault, ..self }
    }

    /// A word of help.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// One line. `kind` is the element's `type`, `complete` its `autocomplete`: browsers
    /// fill in what they know by that name.
    pub fn line(self, kind: &'static str, complete: &'static str) -> Piece {
        let input = view! {
            <input
                id=self.id.clone()
                name=self.name
                type=kind
                autocomplete=complete
                value=self.value.to_owned()
                required=self.required
                maxlength=self.longest.to_string()
                aria-describedby=self.described()
                aria-invalid=self.fault.is_some().then_some("true")
            />
        };
        self.around(input.piece())
    }

    /// Several lines.
    pub fn text(self, rows: u8) -> Piece {
        let area = view! {
            <textarea
                id=self.id.clone()
                name=self.name
                rows=rows.to_string()
                required=self.required
                maxlength=self.longest.to_string()
                aria-describedby=self.described()
                aria-invalid=self.fault.is_some().then_some("true")
                inner_html=escape(self.value)
            ></textarea>
        };
        self.around(area.piece())
    }

    fn described(&self) -> String {
        let id = &self.id;
        if self.hint.is_some() { format!("{id}-fault {id}-hint") } else { format!("{id}-fault") }
    }

    fn around(self, element: Piece) -> Piece {
        let id = self.id;
        let hint = self.hint.map(|hint| {
            view! { <span class="form__hint" id=format!("{id}-hint")>{hint.to_owned()}</span> }
        });
        view! {
            <p class="form__field">
                <label for=id.clone()>{self.label}</label>
                {element}
                <span class="form__fault" id=format!("{id}-fault")>{self.fault.map(ToOwned::to_owned)}</span>
                {hint}
            </p>
        }
        .piece()
    }
}
