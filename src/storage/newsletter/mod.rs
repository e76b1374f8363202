//! Newsletters: letters, deliveries, subscribers, consents, the brake, providers' events.

pub mod brake;
pub mod consents;
pub mod deliveries;
pub mod letters;
pub mod provider_events;
pub mod subscribers;
