//! The pictures of an archive: out of a folder beside it, or fetched from where they still
//! lie. What can't be had stays a link, with a line in the report.

use super::{
    bundle::BundleMedia,
    fetch::{FetchError, Fetcher},
};
use crate::{
    domain::media::Picture,
    services::{
        Site,
        articles::media::{self, About, Forms, MediaError},
    },
    storage::{self, StorageError},
};
use futures_util::{StreamExt, stream};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
};

/// Where pictures come from.
pub enum Supply {
    /// From nowhere: the export alone is there.
    Nowhere,
    /// From a folder, which holds `wp-content/uploads` or is that.
    Folder(PathBuf),
    /// From where they lie.
    Fetch(Fetcher),
}

/// So many are fetched at the same time.
const AT_ONCE: usize = 4;

/// The pictures of one archive.
pub struct Pictures<'a> {
    site: &'a Site,
    prefix: String,
    supply: Supply,
    by_id: HashMap<&'a str, &'a BundleMedia>,
    by_address: HashMap<String, &'a BundleMedia>,
}

/// What became of the pictures of one entry, by their addresses as they stand there.
#[derive(Default)]
pub struct Had {
    /// Those that are here now.
    pub here: BTreeMap<String, Picture>,
    /// Those that are not, and why.
    pub missing: Vec<(String, String)>,
    /// How many of them were new.
    pub new: usize,
}

/// Why one picture is not here.
#[derive(Debug, thiserror::Error)]
enum Missing {
    #[error("it is not in the folder")]
    NotThere,
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("{0}")]
    Media(String),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl<'a> Pictures<'a> {
    /// Looks through the attachments of an archive whose keys begin so.
    pub fn new(site: &'a Site, prefix: &str, supply: Supply, media: &'a [BundleMedia]) -> Self {
        Self {
            site,
            prefix: prefix.to_owned(),
            supply,
            by_id: media.iter().map(|m| (m.id.as_str(), m)).collect(),
            by_address: media.iter().map(|m| (plain(&m.url), m)).collect(),
        }
    }

    /// Whether pictures are looked for at all.
    pub fn wanted(&self) -> bool {
        !matches!(self.supply, Supply::Nowhere)
    }

    /// The address of an attachment.
    pub fn address_of(&self, id: &str) -> Option<&'a str> {
        self.by_id.get(id).map(|media| media.url.as_str())
    }

    /// Brings in what is not here yet.
    pub async fn bring(&self, addresses: Vec<String>) -> Result<Had, StorageError> {
        let mut had = Had::default();
        // The sizes of one picture come after it, when it is here already.
        let mut keys = HashSet::new();
        let (first, sizes): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|a| keys.insert(self.key(a)));
        for addresses in [first, sizes] {
            self.bring_some(addresses, &mut had).await?;
        }
        Ok(had)
    }

    async fn bring_some(&self, addresses: Vec<String>, had: &mut Had) -> Result<(), StorageError> {
        let mut found = stream::iter(addresses)
            .map(async |address| {
                let one = self.one(&address).await;
                (address, one)
            })
            .buffered(AT_ONCE);
        while let Some((address, one)) = found.next().await {
            match one {
                Ok((picture, new)) => {
                    had.new += usize::from(new);
                    had.here.insert(address, picture);
                }
                Err(Missing::Storage(error)) => return Err(error),
                Err(missing) => had.missing.push((address, missing.to_string())),
            }
        }
        Ok(())
    }

    /// The attachment that an address means: WordPress cuts pictures to sizes; the one that
    /// was uploaded is the best of them.
    fn known(&self, address: &str) -> Option<&'a BundleMedia> {
        let cut = plain(address);
        let whole = uncut(&cut);
        [Some(cut), whole].into_iter().flatten().find_map(|a| self.by_address.get(&a)).copied()
    }

    fn key(&self, address: &str) -> String {
        let first = self.known(address).map_or(address, |media| media.url.as_str());
        format!("{}:picture:{}", self.prefix, plain(first))
    }

    /// A picture that is here already.
    pub async fn here(&self, address: &str) -> Result<Option<Picture>, StorageError> {
        storage::media::by_key(&self.site.db, &self.key(address)).await
    }

    async fn one(&self, address: &str) -> Result<(Picture, bool), Missing> {
        let known = self.known(address);
        let mut places: Vec<&str> = known.map(|media| media.url.as_str()).into_iter().collect();
        if !places.contains(&address) {
            places.push(address);
        }
        let key = self.key(address);
        if let Some(picture) = storage::media::by_key(&self.site.db, &key).await? {
            return Ok((picture, false));
        }
        let about =
            known.map(|media| About { alt: media.alt.clone(), caption: media.caption.clone(), ..About::default() });
        let about = about.unwrap_or_default();
        let mut missing = Missing::NotThere;
        for place in places {
            match self.take_in(place, &key, &about).await {
                Ok(taken) => return Ok(taken),
                Err(error @ Missing::Storage(_)) => return Err(error),
                Err(error) => missing = error,
            }
        }
        Err(missing)
    }

    async fn take_in(&self, address: &str, key: &str, about: &About) -> Result<(Picture, bool), Missing> {
        let taken = match &self.supply {
            Supply::Nowhere => return Err(Missing::NotThere),
            Supply::Folder(folder) => {
                let file = in_folder(folder, address).ok_or(Missing::NotThere)?;
                media::take_in(self.site, &file, key, about, Forms::Now).await
            }
            Supply::Fetch(fetcher) => {
                let bytes = fetcher.fetch(address).await?;
                let write = || -> std::io::Result<tempfile::NamedTempFile> {
                    let file = tempfile::NamedTempFile::new()?;
                    std::fs::write(file.path(), &bytes)?;
                    Ok(file)
                };
                let file = write().map_err(|e| Missing::Media(e.to_string()))?;
                media::take_in(self.site, file.path(), key, about, Forms::Now).await
            }
        };
        taken.map_err(|error| match error {
            MediaError::Storage(error) => Missing::Storage(error),
            MediaError::NoPicture(_) => Missing::Media("what is there is no picture".into()),
            error => Missing::Media(error.to_string()),
        })
    }
}

/// An address without its scheme, query and fragment: http and https name the same file.
pub fn plain(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or(rest).to_owned()
}

/// The name of the file of which this is a cut: `boat.jpg` of `boat-300x200.jpg`.
pub fn uncut(address: &str) -> Option<String> {
    let (stem, extension) = address.rsplit_once('.')?;
    let (whole, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    (number(width) && number(height)).then(|| format!("{whole}.{extension}"))
}

/// The file of an address in a folder: by as many of the last parts of its path as are
/// there, never outside the folder.
fn in_folder(folder: &Path, address: &str) -> Option<PathBuf> {
    let inside = folder.canonicalize().ok()?;
    let path = plain(address);
    let (_, path) = path.split_once('/')?;
    let decoded = percent_decoded(path);
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (0..parts.len()).find_map(|n| {
        let file = inside.join(parts[n..].join("/")).canonicalize().ok()?;
        (file.starts_with(&inside) && file.is_file()).then_some(file)
    })
}

fn percent_decoded(path: &str) -> String {
    // The library's own form decoding knows `+` as a space and `&` as an end, which a path
    // does not.
    let text = path.replace('+', "%2B").replace('&', "%26");
    url::form_urlencoded::parse(format!("p={text}").as_bytes())
        .next()
        .map_or_else(|| path.to_owned(), |(_, path)| path.into_owned())
}

/// The old addresses under which a picture was found, on the site's own machine: as
/// uploaded, and as it stood in the text.
pub fn old_paths(base_url: &str, addresses: &[&str]) -> Vec<String> {
    let host = plain(base_url);
    let host = host.split('/').next().unwrap_or_default();
    let path = |address: &&str| {
        let plain = plain(address);
        let (other, path) = plain.split_once('/')?;
        (other.trim_start_matches("www.") == host.trim_start_matches("www.")).then(|| format!("/{path}"))
    };
    addresses.iter().filter_map(path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_understood() {
        assert_eq!(uncut("x/boat-300x200.jpg").as_deref(), Some("x/boat.jpg"));
        for whole in ["x/boat.jpg", "x/boat-x.jpg", "x/boat-300.jpg", "x/boat-300x.jpg", "boat"] {
            assert_eq!(uncut(whole), None, "{whole}");
        }
        assert_eq!(plain("https://a.example/b.jpg?x=1#y"), "a.example/b.jpg");
        let paths = old_paths("https://www.a.example/blog", &["http://a.example/w/b.jpg", "https://cdn.example/c.jpg"]);
        assert_eq!(paths, ["/w/b.jpg"]);
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = folder.path().join("uploads/2011/05");
        std::fs::create_dir_all(&uploads).unwrap();
        std::fs::write(uploads.join("a boat+.jpg"), "x").unwrap();
        std::fs::write(uploads.join("salt & sea.jpg"), "x").unwrap();
        std::fs::write(folder.path().join("secret.jpg"), "x").unwrap();
        let uploads = folder.path().join("uploads");
        let found = |address: &str| in_folder(&uploads, address).is_some();
        assert!(found("https://old.example/wp-content/uploads/2011/05/a%20boat+.jpg?w=3"));
        assert!(found("https://old.example/wp-content/uploads/2011/05/salt%20&%20sea.jpg"));
        for bad in
            ["https://old.example/../secret.jpg", "https://old.example/%2e%2e/secret.jpg", "https://old.example/", "x"]
        {
            assert!(!found(bad), "{bad}");
        }
    }
}
