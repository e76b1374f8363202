//! Words that are one of a few, and how they are stored and read.

/// A word that should have been one of a few.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not one of {}", allowed.join(", "))]
pub struct UnknownName {
    /// What stood there.
    pub found: String,
    /// What may stand there.
    pub allowed: &'static [&'static str],
}

/// Makes an enum whose names are stored, with both ways of reading them.
macro_rules! stored_names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// All of them, with the names under which they are stored.
            pub const ALL: [(Self, &'static str); [$($text),*].len()] = [$((Self::$variant, $text)),*];

            /// The name under which it is stored, and which people type.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::names::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::domain::names::UnknownName { found: text.chars().take(40).collect(), allowed: &[$($text),*] }),
                }
            }
        }
    };
}
pub(crate) use stored_names;
