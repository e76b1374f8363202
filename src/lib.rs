//! Pressroom: a self-hosted news publication in one binary.
//!
//! The floors, from the ground up; imports go down only:
//! `domain` ← `storage`, `search` ← `services` ← `api` ← `islands` ← `pages` ← `http`, `cli`.
//! `components` know the domain alone (and put islands in their places). What the
//! browser loads is `domain`, `api` and `islands`; everything else is the server's.
#![recursion_limit = "256"]

pub mod api;
pub mod domain;
pub mod islands;

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod storage;
#[cfg(feature = "ssr")]
pub mod store;
