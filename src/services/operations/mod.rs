//! What operators do: back-up, export, upgrade, doctor, builds, workers. Nothing imports it but the command line and the server.

pub mod backup;
pub mod builds;
pub mod doctor;
pub mod export;
pub mod housekeeping;
pub mod incoming;
pub mod upgrade;
pub mod workers;
