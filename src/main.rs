//! The command line's entry, nothing else.

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    pressroom::cli::run()
}

// The browser's side has its own entry in `frontend/`.
#[cfg(not(feature = "ssr"))]
fn main() {}
