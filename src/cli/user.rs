//! `pressroom user …`: accounts. The first one is made here, never by an open page.

use crate::{
    domain::account::Role,
    services::{Site, accounts, site::secrets},
};
use clap::Subcommand;
use std::{io::BufRead, process::ExitCode};

/// What is done.
#[derive(Subcommand)]
pub enum Way {
    /// Makes an account; makes a password and prints it, or reads one
    #[command(
        after_help = "Examples:\n  pressroom user add ann@example.org --name 'Ann Editor' --role admin\n  pressroom user add bo@example.org --name Bo --role moderator --password-stdin < password-file\n\nRoles: admin (everything), editor and moderator (keep order among comments), author (a badge beside comments), reader."
    )]
    Add {
        /// The address with which to sign in
        email: String,
        /// The name under which the account writes
        #[arg(long)]
        name: String,
        /// What it may do
        #[arg(long)]
        role: Role,
        /// Reads the password from the first line of the standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Prints the accounts of the newsroom
    #[command(after_help = "Example:\n  pressroom user list\n  pressroom user list --readers")]
    List {
        /// Those of readers too
        #[arg(long)]
        readers: bool,
    },
    /// Gives an account another role; its sessions end
    #[command(after_help = "Example:\n  pressroom user role ann@example.org editor")]
    Role {
        /// Whose
        email: String,
        /// Which
        role: Role,
    },
    /// Gives an account another password; its sessions end
    #[command(after_help = "Example:\n  pressroom user password ann@example.org")]
    Password {
        /// Whose
        email: String,
        /// Reads the password from the first line of the standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Closes an account, or opens it again; its sessions end
    #[command(
        after_help = "Example:\n  pressroom user disable ann@example.org\n  pressroom user disable ann@example.org --off"
    )]
    Disable {
        /// Whose
        email: String,
        /// Opens it again
        #[arg(long)]
        off: bool,
    },
}

/// A password: the first line of the standard input, else a new one, which is printed
/// once. Answers whether it is new.
fn password(read: bool) -> anyhow::Result<(String, bool)> {
    if read {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok((line.trim_end_matches(['\n', '\r']).to_owned(), false));
    }
    // 80 random bits, in groups that can be typed.
    let random = secrets::random::<10>()?;
    let groups: Vec<&str> = (0..random.len()).step_by(5).filter_map(|at| random.get(at..at + 5)).collect();
    Ok((groups.join("-"), true))
}

/// Does it.
pub async fn run(site: &Site, way: Way) -> anyhow::Result<ExitCode> {
    match way {
        Way::Add { email, name, role, password_stdin } => {
            let (password, made) =
                if role == Role::Reader { (String::new(), false) } else { password(password_stdin)? };
            accounts::add(site, &email, &name, role, &password).await?;
            eprintln!("{email} is {role}. Sign in at {}", site.url("/newsroom/sign-in"));
            if made {
                eprintln!("The password, which is not kept anywhere:");
                super::print(&format!("{password}\n"));
            }
        }
        Way::List { readers } => {
            for account in accounts::list(site, !readers).await? {
                let closed = if account.disabled.is_some() { "  closed" } else { "" };
                super::print(&format!(
                    "{:<10} {}  {}{closed}\n",
                    account.role.to_string(),
                    account.email,
                    account.name
                ));
            }
        }
        Way::Role { email, role } => {
            accounts::set_role(site, &email, role).await?;
            eprintln!("{email} is {role}.");
        }
        Way::Password { email, password_stdin } => {
            let (password, made) = password(password_stdin)?;
            accounts::set_password(site, &email, &password).await?;
            eprintln!("The password of {email} is changed{}", if made { ":" } else { "." });
            if made {
                super::print(&format!("{password}\n"));
            }
        }
        Way::Disable { email, off } => {
            accounts::disable(site, &email, !off).await?;
            eprintln!("The account of {email} is {}.", if off { "open again" } else { "closed" });
        }
    }
    Ok(ExitCode::SUCCESS)
}
