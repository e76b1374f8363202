//! What readers do, in sums: reads and shares.

pub mod reads;
pub mod shares;
