//! Pictures come in here: looked at, named by their content, kept as files.

use crate::services::{Site, site::secrets::hex};
use crate::{
    domain::media::{CUTS, FORM, Focus, PICTURE_KINDS, Picture, Ready, WIDTHS},
    storage::{self, StorageError, media::Draft},
    store::StoreError,
};
use bytes::Bytes;
use pressroom_pictures::{PictureError, Said, Wanted};
use sha2::{Digest, Sha256};
use std::{
    path::Path,
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::sync::Semaphore;

/// The biggest picture that is taken in, in bytes.
pub const MOST_BYTES: u64 = 20_000_000;
/// The longest side, in pixels.
const MOST_SIDE: usize = 12_000;
/// The most pixels.
const MOST_PIXELS: usize = 40_000_000;

/// Why a picture is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file can't be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// More than [`MOST_BYTES`].
    #[error("{0}: the file is larger than {most} MB", most = MOST_BYTES / 1_000_000)]
    TooLarge(String),
    /// Not one of the kinds that browsers show and that can't carry scripts.
    #[error("{0}: this is no JPEG, PNG, GIF, WebP or AVIF picture")]
    NoPicture(String),
    /// Too many pixels to be shown.
    #[error("{0}: {1} × {2} pixels are too many; at most {MOST_SIDE} a side and {most} million in all", most = MOST_PIXELS / 1_000_000)]
    TooManyPixels(String, usize, usize),
    /// Its bytes make no picture.
    #[error("{0}: {1}")]
    Damaged(String, PictureError),
    /// The media store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What is said about a picture.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What it shows.
    pub alt: String,
    /// The line under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// What must stay in sight where it is cut.
    pub focus: Option<Focus>,
}

/// When a picture's forms are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// As it comes in.
    Now,
    /// By the running server, after it was taken in: until then it is shown as it came.
    Later,
}

/// Takes in a picture file. The key says in which role: the same key again is
/// the same picture, with what is said about it brought up to date. Answers
/// whether anything was new, too.
pub async fn take_in(
    site: &Site,
    file: &Path,
    key: &str,
    about: &About,
    forms: Forms,
) -> Result<(Picture, bool), MediaError> {
    let name = file.display().to_string();
    let length = std::fs::metadata(file).map_err(|e| MediaError::File(name.clone(), e))?.len();
    if length > MOST_BYTES {
        return Err(MediaError::TooLarge(name));
    }
    let bytes = std::fs::read(file).map_err(|e| MediaError::File(name.clone(), e))?;
    let (extension, width, height) = look_at(&bytes, &name)?;
    let stored = format!("{}.{extension}", hex(&Sha256::digest(&bytes)));
    // What its makers wrote into it is taken over where nobody says otherwise.
    let said = Said::of(&bytes);
    let bytes = Bytes::from(bytes);
    site.store.keep(&stored, bytes.clone()).await?;
    let as_it_came = (i64::try_from(width).unwrap_or(0), i64::try_from(height).unwrap_or(0), String::new());
    let (width, height, ready) = match storage::media::ready_of(&site.db, &stored).await? {
        Some(ready) => ready,
        None if forms == Forms::Later => as_it_came,
        None => make_ready(site, &stored, bytes.clone()).await?.unwrap_or(as_it_came),
    };
    let draft = Draft {
        file: stored.clone(),
        width,
        height,
        ready,
        bytes: i64::try_from(bytes.len()).unwrap_or(0),
        alt: about.alt.clone(),
        caption: if about.caption.is_empty() { said.description.clone() } else { about.caption.clone() },
        credit: if about.credit.is_empty() { said.credit() } else { about.credit.clone() },
        focus: about.focus,
        key: key.to_owned(),
    };
    let (id, new) = storage::media::save(&site.db, &draft, site.now()).await?;
    let Draft { width, height, alt, caption, credit, ready, focus, .. } = draft;
    Ok((Picture { id, file: stored, width, height, alt, caption, credit, ready: ready.as_str().into(), focus }, new))
}

/// Two pictures at a time: each takes a core and up to some hundred megabytes.
static MAKING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Makes the forms of a stored picture and keeps them as files beside it; answers
/// its upright size and its forms, or nothing where it stays as it came.
async fn make_ready(site: &Site, stored: &str, bytes: Bytes) -> Result<Option<(i64, i64, String)>, MediaError> {
    // The semaphore is never closed. The place goes with the work, which goes on where nobody
    // waits for it any more.
    let place = MAKING.clone().acquire_owned().await;
    let (name, avif) = (stored.to_owned(), site.config.media.avif);
    let task = tokio::task::spawn_blocking(move || {
        let _place = place;
        let extension = name.split_once('.').map_or("", |(_, extension)| extension);
        let wanted = Wanted { widths: &WIDTHS, cuts: &CUTS, avif };
        pressroom_pictures::make(&bytes, extension, wanted).map_err(|e| MediaError::Damaged(name.clone(), e))
    });
    let made = match task.await {
        Ok(made) => made?,
        Err(error) => return Err(MediaError::File("a picture".into(), std::io::Error::other(error))),
    };
    let Some(made) = made else { return Ok(None) };
    let stem = stored.split('.').next().unwrap_or(stored);
    for (form, bytes) in made.forms {
        site.store.keep(&format!("{stem}-{FORM}-{form}"), bytes.into()).await?;
    }
    let ready = Ready { widths: made.widths, alpha: made.alpha, avif: made.avif };
    Ok(Some((i64::from(made.width), i64::from(made.height), ready.to_string())))
}

/// Makes ready what came in before there were forms, or with a back-up; ends when
/// nothing is left. What can't be made ready stays as it came.
pub async fn make_all_ready(site: &Site) -> Result<(), StorageError> {
    use futures_util::{StreamExt, TryStreamExt};
    let mut after = String::new();
    loop {
        let files = storage::media::unready(&site.db, &after, 100).await?;
        let Some(last) = files.last() else { return Ok(()) };
        after.clone_from(last);
        // Two wait for a place of those that make pictures; more would only hold bytes.
        futures_util::stream::iter(&files)
            .map(Ok)
            .try_for_each_concurrent(2, async |file: &String| make_stored_ready(site, file).await)
            .await?;
    }
}

async fn make_stored_ready(site: &Site, file: &str) -> Result<(), StorageError> {
    let made = match site.store.read(file).await {
        Ok(Some(bytes)) => make_ready(site, file, bytes).await,
        Ok(None) => return Ok(()),
        Err(error) => Err(error.into()),
    };
    match made {
        Ok(Some((width, height, ready))) => {
            storage::media::made_ready(&site.db, file, (width, height), &ready, site.now()).await
        }
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, file, "a picture stays as it came");
            Ok(())
        }
    }
}

/// A picture's file. A form that is not in the store is made of the original that
/// is: after a back-up was restored, which holds the originals.
pub async fn read(site: &Site, name: &str) -> Result<Option<Bytes>, StoreError> {
    if let Some(bytes) = site.store.read(name).await? {
        return Ok(Some(bytes));
    }
    if make_missing(site, name).await? { site.store.read(name).await } else { Ok(None) }
}

/// Makes a form of the original in the store; answers whether it is there now. One work serves
/// all who wait for forms of one picture, and a form that did not come of it is remembered as
/// one that there is not.
pub async fn make_missing(site: &Site, name: &str) -> Result<bool, StoreError> {
    let Some((stem, _)) = name.split_once('-') else { return Ok(false) };
    if site.missing_forms.contains(name) {
        return Ok(false);
    }
    let _turn = site.missing_forms.turn(stem).await;
    // Whoever was before may have made it, or found that it can't be.
    if site.store.has(name).await? {
        return Ok(true);
    }
    if site.missing_forms.contains(name) {
        return Ok(false);
    }
    let made = make_forms(site, stem, name).await? && site.store.has(name).await?;
    if !made {
        site.missing_forms.insert(name);
    }
    Ok(made)
}

/// Makes all forms of the picture whose name begins so, where `name` is one that it can have;
/// answers whether there are any.
async fn make_forms(site: &Site, stem: &str, name: &str) -> Result<bool, StoreError> {
    for (extension, _) in PICTURE_KINDS {
        let original = format!("{stem}.{extension}");
        if !site.store.has(&original).await? {
            continue;
        }
        // Once its forms are known, work for another would be work for nothing. What the
        // database can't tell is found out by the work.
        let known = storage::media::ready_of(&site.db, &original).await.ok().flatten();
        if known.is_some_and(|(_, _, ready)| !ready.is_empty() && !Ready::from(ready.as_str()).has(name)) {
            return Ok(false);
        }
        let Some(bytes) = site.store.read(&original).await? else { return Ok(false) };
        return match make_ready(site, &original, bytes).await {
            Ok(made) => Ok(made.is_some()),
            Err(MediaError::Store(error)) => Err(error),
            Err(error) => {
                tracing::warn!(%error, file = original, "a picture stays as it came");
                Ok(false)
            }
        };
    }
    Ok(false)
}

/// Forms of pictures that were looked for and are not there, and who looks for one just now.
/// In memory alone: an original that comes in later makes its forms then.
pub struct MissingForms {
    names: moka::sync::Cache<String, ()>,
    turns: moka::sync::Cache<String, Arc<tokio::sync::Mutex<()>>>,
}

impl Default for MissingForms {
    fn default() -> Self {
        // An original may yet come in, by a restore or from another server: looked for anew
        // after a minute.
        let names = moka::sync::Cache::builder().max_capacity(20_000).time_to_live(Duration::from_secs(60)).build();
        Self { names, turns: moka::sync::Cache::new(1_000) }
    }
}

impl MissingForms {
    fn contains(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    fn insert(&self, name: &str) {
        self.names.insert(name.to_owned(), ());
    }

    /// One at a time looks for forms of one picture.
    async fn turn(&self, stem: &str) -> tokio::sync::OwnedMutexGuard<()> {
        self.turns.get_with(stem.to_owned(), Arc::default).lock_owned().await
    }
}

/// The address at which an original is shown, where it has been made ready: what a
/// camera wrote into it (a place, a serial number) is not for readers.
pub async fn shown_as(site: &Site, name: &str) -> Result<Option<String>, StorageError> {
    if name.contains('-') || kind_of(name).is_none() {
        return Ok(None);
    }
    let Some((_, _, ready)) = storage::media::ready_of(&site.db, name).await? else { return Ok(None) };
    Ok(Some(Ready::from(ready.as_str()).largest(name)).filter(|address| !address.ends_with(name)))
}

/// The kind and size of a picture, as its content says, whatever its name says.
fn look_at(bytes: &[u8], name: &str) -> Result<(&'static str, usize, usize), MediaError> {
    use imagesize::{ImageType, image_type};
    let no_picture = || MediaError::NoPicture(name.to_owned());
    let extension = match image_type(bytes).map_err(|_| no_picture())? {
        ImageType::Jpeg => "jpg",
        ImageType::Png => "png",
        ImageType::Gif => "gif",
        ImageType::Webp => "webp",
        ImageType::Heif(imagesize::Compression::Av1) => "avif",
        _ => return Err(no_picture()),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| no_picture())?;
    let (width, height) = (size.width, size.height);
    if width == 0 || height == 0 {
        return Err(no_picture());
    }
    if width > MOST_SIDE || height > MOST_SIDE || width.saturating_mul(height) > MOST_PIXELS {
        return Err(MediaError::TooManyPixels(name.to_owned(), width, height));
    }
    Ok((extension, width, height))
}

/// The media type of a picture's file; `None` for a name that is none of the store's
/// (so no path leads out of it): `{hash}.{ext}`, or a made form of it,
/// `{hash}-{form}-{width or cut}.{ext}`.
pub fn kind_of(name: &str) -> Option<&'static str> {
    let (stem, extension) = name.split_once('.')?;
    let kind = PICTURE_KINDS.iter().find(|(ext, _)| *ext == extension)?.1;
    let (hash, form) = stem.split_once('-').map_or((stem, None), |(hash, form)| (hash, Some(form)));
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let is_form = form.is_none_or(|form| {
        form.strip_prefix(&format!("{FORM}-")).is_some_and(|what| {
            let most = WIDTHS[WIDTHS.len() - 1];
            let is_width = what.len() <= 4
                && !what.starts_with(['0', '+'])
                && what.parse::<u32>().is_ok_and(|width| width <= most);
            is_width || CUTS.iter().any(|(name, _, _)| *name == what)
        })
    });
    (is_hash && is_form).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A GIF of 1 × 1 pixel.
    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

    #[test]
    fn the_content_decides_what_a_picture_is() {
        assert_eq!(look_at(GIF, "a.jpg").unwrap(), ("gif", 1, 1));
        for bad in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\xff\xd8\xff", &GIF[..4]] {
            assert!(matches!(look_at(bad, "a.jpg"), Err(MediaError::NoPicture(_))), "{bad:?}");
        }
        let mut bomb = GIF.to_vec();
        bomb[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert!(matches!(look_at(&bomb, "a.gif"), Err(MediaError::TooManyPixels(..))));
    }

    #[test]
    fn no_name_leads_out_of_the_store() {
        let hash = "0".repeat(64);
        assert!(kind_of(&format!("{hash}.jpg")).is_some());
        for good in ["-1-640.webp", "-1-card.jpg", "-1-1920.jpg", "-1-7.jpg"] {
            assert!(kind_of(&format!("{hash}{good}")).is_some(), "{good}");
        }
        for bad in ["-0-640.webp", "-1-.webp", "-1-01.jpg", "-1-99999.jpg", "-1-../x.jpg", "-1", "-1-640.svg"] {
            assert_eq!(kind_of(&format!("{hash}{bad}")), None, "{bad}");
        }
        for bad in ["../secrets", "a.jpg", &format!("{hash}.svg"), &format!("{hash}.jpg/../x"), "", &"0".repeat(64)] {
            assert_eq!(kind_of(bad), None, "{bad}");
        }
    }
}
