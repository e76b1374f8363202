//! The files of an archive and the lists by date: where they stood, and what became of them.

use super::{
    super::{
        bundle::BundleEntry,
        pictures::{Had, old_paths, plain},
        report::{Of, counted},
    },
    Load,
};
use crate::storage::StorageError;
use std::collections::BTreeSet;

impl Load<'_> {
    /// Remembers where a file stood, once.
    pub(super) fn file(&mut self, of: Of, path: &str, missing: Option<&str>) {
        if self.files.insert(path.to_owned()) {
            self.report.stood(of, path, missing);
        }
    }

    /// The lists of months and years, which are found by their pattern.
    pub(super) fn dates(&mut self) {
        let years: BTreeSet<&str> = self.months.iter().filter_map(|month| month.split('/').next()).collect();
        for list in years.into_iter().chain(self.months.iter().map(String::as_str)) {
            self.report.stood(Of::Date, format!("/{list}/"), None);
        }
    }

    /// The pages around attachments lead to the file, or else to what they belong to.
    pub(super) async fn attachments(&mut self) -> Result<(), StorageError> {
        for media in &self.bundle.media {
            let file = self.pictures.here(&media.url).await?.map(|p| p.ready.largest(&p.file));
            if file.is_none() {
                let why = if is_picture(&media.url) {
                    "its file did not come with the archive"
                } else {
                    self.report.note(
                        format!("attachment {} “{}”", media.id, media.title),
                        format!("{} is no picture and was not taken in; links lead to where it was", media.url),
                    );
                    "a file that is no picture, and was not taken in"
                };
                for path in old_paths(&self.bundle.base_url, &[&media.url]) {
                    self.file(Of::Attachment, &path, Some(why));
                }
            }
            let Some(old) = media.old_path.clone().filter(|path| path != "/") else { continue };
            let home = media.parent.as_ref().and_then(|parent| self.homes.get(parent)).cloned();
            match file.clone().or(home) {
                Some(target) => {
                    self.old.push((format!("/?p={}", media.id), target.clone()));
                    self.report.stood(Of::Attachment, old.clone(), None);
                    self.old.push((old, target));
                }
                None => self.report.stood(Of::Attachment, old, Some("its file did not come with the archive")),
            }
            if let Some(file) = file {
                for path in old_paths(&self.bundle.base_url, &[&media.url]) {
                    self.old.push((path, file.clone()));
                }
            }
        }
        Ok(())
    }

    /// What is said of pictures that are not here: each, where they were looked for.
    pub(super) fn tell_missing(&mut self, item: &str, entry: &BundleEntry, had: &Had) {
        if self.pictures.wanted() {
            for (address, why) in &had.missing {
                self.report
                    .note(item, format!("the picture {address} could not be had: {why}; a link stands in its place"));
            }
            return;
        }
        let lead = entry.picture.as_deref().and_then(|id| self.pictures.address_of(id));
        let gone = |address: &str| had.missing.iter().any(|(missing, _)| missing == address);
        if entry.picture.is_some() && lead.is_none_or(gone) {
            self.report.note(item, "its featured picture did not come with the export");
        }
        let foreign = had.missing.iter().filter(|(address, _)| Some(address.as_str()) != lead).count();
        if foreign > 0 {
            let pictures = counted(foreign, "picture");
            self.report.note(item, format!("{pictures} did not come with the export; links stand in place of them"));
        }
    }
}

fn is_picture(address: &str) -> bool {
    let ending = plain(address).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|e| ["jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "bmp", "tif", "tiff"].contains(&&*e))
}
