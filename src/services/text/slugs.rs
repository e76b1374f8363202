//! Makes addresses out of titles and foreign addresses.

use crate::domain::slug::Slug;

/// The nearest slug to a text: letters of other scripts are written in Latin
/// ones, everything else becomes a hyphen, and what is too long is cut between
/// words. `None` where no letter or digit is left.
pub fn slugify(text: &str) -> Option<Slug> {
    let mut slug = String::new();
    for part in any_ascii::any_ascii(text).split(|c: char| !c.is_ascii_alphanumeric() && c != '\'') {
        let part: String = part.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        if part.is_empty() {
            continue;
        }
        if slug.len() + 1 + part.len() > LONGEST {
            if slug.is_empty() {
                slug.push_str(&part[..LONGEST]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&part);
    }
    slug.parse().ok()
}

/// Long enough for any headline's words, short enough for a line.
const LONGEST: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Option<String> {
        slugify(text).map(String::from)
    }

    #[test]
    fn titles_become_addresses() {
        assert_eq!(slug("It’s the economy, again!").as_deref(), Some("its-the-economy-again"));
        assert_eq!(slug("Čeština & Ελλάδα").as_deref(), Some("cestina-ellada"));
        assert_eq!(slug(" -- "), None);
        assert_eq!(slug("").as_deref(), None);
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let long = slug(&"word ".repeat(100)).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("word"));
        assert_eq!(slug(&"a".repeat(500)).unwrap().len(), LONGEST);
    }
}
