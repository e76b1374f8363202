//! Where the categories of an archive go, if not where they would by themselves.

use crate::domain::slug::Slug;
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// A file with a table `[categories]`: a category's slug, and the address at which its
/// articles are listed here: `"/world"` (a section), `"/topic/elections"` (a topic), or
/// nothing (`""`: the category is left out). What is not named goes by itself: a category
/// becomes the section of its name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    #[serde(default)]
    categories: BTreeMap<String, String>,
}

/// Where a category goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into this section.
    Section(Slug),
    /// Under this topic.
    Topic(Slug),
    /// Nowhere.
    Nowhere,
}

fn place(address: &str) -> Result<Place, String> {
    let slug = |text: &str| text.parse::<Slug>().map_err(|e| e.to_string());
    match address.trim_matches('/').split('/').collect::<Vec<_>>().as_slice() {
        [""] => Ok(Place::Nowhere),
        ["topic", topic] => Ok(Place::Topic(slug(topic)?)),
        [section] => Ok(Place::Section(slug(section)?.top_level().map_err(|e| e.to_string())?)),
        _ => Err("is no address like /world or /topic/elections".into()),
    }
}

impl Map {
    /// Reads it; a fault names the category.
    pub fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
        let map: Self = toml::from_str(&text).map_err(|e| e.to_string())?;
        map.check()?;
        Ok(map)
    }

    fn check(&self) -> Result<(), String> {
        self.categories.iter().try_for_each(|(name, address)| {
            place(address).map(|_| ()).map_err(|fault| format!("categories.{name}: “{address}” {fault}"))
        })
    }

    /// Where a category goes, if that is said.
    pub fn of(&self, category: &str) -> Option<Place> {
        // Checked when it was read.
        self.categories.get(category).and_then(|address| place(address).ok())
    }

    /// The categories that are named.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.categories.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_where_categories_go() {
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        assert_eq!(place("/world").unwrap(), Place::Section(slug("world")));
        assert_eq!(place("topic/elections/").unwrap(), Place::Topic(slug("elections")));
        assert_eq!(place("").unwrap(), Place::Nowhere);
        for bad in ["/a/b", "/topic/a/b", "/search", "/Wörld"] {
            assert!(place(bad).is_err(), "{bad}");
        }
        let map: Map = toml::from_str("[categories]\nworld-news = \"/search\"").unwrap();
        assert!(map.check().unwrap_err().starts_with("categories.world-news: “/search”"));
        assert!(toml::from_str::<Map>("[tags]").is_err());
    }
}
