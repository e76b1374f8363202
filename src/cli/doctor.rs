//! `pressroom doctor`

use crate::services::{
    Site,
    doctor::{self, State},
};
use std::process::ExitCode;

/// Examines and prints what to mend.
pub async fn run(site: &Site) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for finding in doctor::examine(site).await {
        let (mark, text) = match finding.state {
            State::Good(text) => ("ok  ", text),
            State::Weak(text) => ("note", text),
            State::Bad(text) => {
                code = ExitCode::FAILURE;
                ("BAD ", text)
            }
        };
        super::print(&format!("{mark}  {}: {text}\n", finding.what));
    }
    Ok(code)
}
