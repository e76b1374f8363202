//! The media store: files by name, in a folder or in a bucket of an S3-compatible
//! service. A file never changes under its name.

use crate::config::Media;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, path::Path as Key};
use std::{
    collections::HashMap,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// The store. Cloning shares it.
#[derive(Clone)]
pub struct Store(Kind);

#[derive(Clone)]
enum Kind {
    Folder(PathBuf),
    Bucket { bucket: Arc<dyn ObjectStore>, prefix: Key, shown: String },
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file, or its folder.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The service, or the settings for it.
    #[error("the media store: {0}")]
    Bucket(#[from] object_store::Error),
}

impl StoreError {
    fn of(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        |error| Self::File(path, error)
    }
}

impl Store {
    /// The store that the settings name; asks nobody yet.
    pub fn open(settings: &Media) -> Result<Self, StoreError> {
        let Some(place) = settings.url.strip_prefix("s3://") else {
            let folder = settings.url.strip_prefix("file://").unwrap_or(&settings.url);
            return Ok(Self(Kind::Folder(folder.into())));
        };
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        choose_tls();
        // What the settings leave open comes from the usual variables (AWS_…).
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(name);
        if !settings.endpoint.is_empty() {
            builder = builder
                .with_endpoint(&settings.endpoint)
                .with_allow_http(settings.endpoint.starts_with("http://"))
                .with_virtual_hosted_style_request(false);
        }
        if !settings.region.is_empty() {
            builder = builder.with_region(&settings.region);
        }
        if !settings.access_key.is_empty() {
            builder = builder.with_access_key_id(&settings.access_key).with_secret_access_key(&settings.secret_key);
        }
        let prefix = Key::parse(prefix).map_err(object_store::Error::from)?;
        Ok(Self(Kind::Bucket { bucket: Arc::new(builder.build()?), prefix, shown: settings.url.clone() }))
    }

    /// The store as an operator knows it.
    pub fn shown(&self) -> String {
        match &self.0 {
            Kind::Folder(folder) => folder.display().to_string(),
            Kind::Bucket { shown, .. } => shown.clone(),
        }
    }

    /// Where a file lies on this machine, for those who can send it from there;
    /// nowhere, where the store is a service.
    pub fn local(&self, name: &str) -> Option<PathBuf> {
        match &self.0 {
            Kind::Folder(folder) => Some(folder.join(name)),
            Kind::Bucket { .. } => None,
        }
    }

    /// Keeps a file, whole or not at all. What is there already is the same, by its name.
    pub async fn keep(&self, name: &str, bytes: Bytes) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Folder(folder) => {
                let path = folder.join(name);
                if path.is_file() {
                    return Ok(());
                }
                // Waiting for the disk holds up nobody else there.
                let task = tokio::task::spawn_blocking(move || write(&path, &bytes).map_err(StoreError::of(&path)));
                task.await.unwrap_or_else(|e| Err(StoreError::File(name.to_owned(), std::io::Error::other(e))))
            }
            Kind::Bucket { bucket, prefix, .. } => {
                let key = under(prefix, name);
                match bucket.head(&key).await {
                    Err(object_store::Error::NotFound { .. }) => bucket.put(&key, bytes.into()).await.map(drop)?,
                    found => drop(found?),
                }
                Ok(())
            }
        }
    }

    /// A whole file; `None` where there is none.
    pub async fn read(&self, name: &str) -> Result<Option<Bytes>, StoreError> {
        match &self.0 {
            Kind::Folder(folder) => {
                let path = folder.join(name);
                match tokio::fs::read(&path).await {
                    Ok(bytes) => Ok(Some(bytes.into())),
                    Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                        Ok(None)
                    }
                    Err(e) => Err(StoreError::of(&path)(e)),
                }
            }
            Kind::Bucket { bucket, prefix, .. } => match bucket.get(&under(prefix, name)).await {
                Ok(found) => Ok(Some(found.bytes().await?)),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(e) => Err(e.into()),
            },
        }
    }

    /// Whether a file is there.
    pub async fn has(&self, name: &str) -> Result<bool, StoreError> {
        match &self.0 {
            Kind::Folder(folder) => Ok(folder.join(name).is_file()),
            Kind::Bucket { bucket, prefix, .. } => match bucket.head(&under(prefix, name)).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(e) => Err(e.into()),
            },
        }
    }

    /// The folders under one of the store's, each with the moment at which the last
    /// file came into it.
    pub async fn folders(&self, under_name: &str) -> Result<HashMap<String, SystemTime>, StoreError> {
        let mut folders: HashMap<String, SystemTime> = HashMap::new();
        let mut note = |path: &str, at: SystemTime| {
            if let Some((folder, _)) = path.split_once('/') {
                let last = folders.entry(folder.to_owned()).or_insert(at);
                *last = at.max(*last);
            }
        };
        match &self.0 {
            Kind::Folder(folder) => {
                let top = folder.join(under_name);
                for (path, at) in files_under(&top).map_err(StoreError::of(&top))? {
                    note(&path, at);
                }
            }
            Kind::Bucket { bucket, prefix, .. } => {
                let top = under(prefix, under_name);
                let mut all = bucket.list(Some(&top));
                while let Some(found) = all.try_next().await? {
                    let path = found.location.to_string();
                    if let Some(path) = path.strip_prefix(&format!("{top}/")) {
                        note(path, found.last_modified.into());
                    }
                }
            }
        }
        Ok(folders)
    }

    /// Removes a folder with all in it.
    pub async fn remove_folder(&self, name: &str) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Folder(folder) => {
                let path = folder.join(name);
                match tokio::fs::remove_dir_all(&path).await {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::of(&path)(e)),
                    _ => Ok(()),
                }
            }
            Kind::Bucket { bucket, prefix, .. } => {
                let all = bucket.list(Some(&under(prefix, name))).map_ok(|found| found.location).boxed();
                bucket.delete_stream(all).try_for_each(|_| async { Ok(()) }).await?;
                Ok(())
            }
        }
    }

    /// Writes a file, reads it and removes it: whether the store does its work.
    pub async fn test(&self) -> Result<(), StoreError> {
        const NAME: &str = "test/of-the-store";
        self.keep(NAME, Bytes::from_static(b"a test")).await?;
        let found = self.read(NAME).await?;
        self.remove_folder("test").await?;
        match found {
            Some(bytes) if bytes == "a test" => Ok(()),
            _ => Err(StoreError::File(NAME.into(), std::io::Error::other("what was written can’t be read"))),
        }
    }
}

/// Tells rustls its provider, for whoever speaks TLS.
pub fn choose_tls() {
    // It is told once; who was first has chosen the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn under(prefix: &Key, name: &str) -> Key {
    name.split('/').fold(prefix.clone(), |key, part| key.join(part))
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}

/// Every file under a folder, by its path from there, with the moment of its last change.
fn files_under(top: &Path) -> std::io::Result<Vec<(String, SystemTime)>> {
    let mut files = Vec::new();
    let mut waiting = vec![top.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else if let Some(path) = entry.path().strip_prefix(top).ok().and_then(Path::to_str) {
                files.push((path.to_owned(), entry.metadata()?.modified()?));
            }
        }
    }
    Ok(files)
}
