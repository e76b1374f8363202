//! A mail server on loopback that does what a test wants of it, for an address or at a stage of
//! the conversation: takes, refuses, stalls, drops the connection. It speaks SMTP (RFC 5321) as far as a sender needs it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What becomes of a mail.
#[derive(Clone, Debug)]
pub enum Way {
    Take,
    /// It is refused with these words.
    Refuse(&'static str),
    /// The connection ends in the middle.
    Drop,
    /// No answer comes.
    Stall,
}

#[derive(Clone, Debug)]
pub struct Received {
    /// Where it comes back to, by the envelope.
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
}

#[derive(Default)]
struct State {
    ways: HashMap<String, Way>,
    stages: HashMap<&'static str, Way>,
    received: Vec<Received>,
}

/// The server, for as long as this is held.
pub struct Sink {
    pub url: String,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let at = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, at.clone()));
            }
        });
        Self { url, state, task }
    }

    /// From now on this happens to mails for an address.
    pub fn way(&self, to: &str, way: Way) {
        self.state.lock().unwrap().ways.insert(to.to_owned(), way);
    }

    /// From now on this happens at a stage: at the greeting, a command, or `.`, the end of a
    /// mail's text, which then has been received.
    pub fn stage(&self, stage: &'static str, way: Way) {
        self.state.lock().unwrap().stages.insert(stage, way);
    }

    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// How many mails came for an address.
    pub fn count(&self, to: &str) -> usize {
        self.received().iter().filter(|mail| mail.to.iter().any(|one| one == to)).count()
    }
}

/// What is answered at a stage; `None` where the connection ends.
async fn answer(state: &Mutex<State>, stage: &str, usual: &str) -> Option<String> {
    let way = state.lock().unwrap().stages.get(stage).cloned().unwrap_or(Way::Take);
    match way {
        Way::Take => Some(usual.to_owned()),
        Way::Refuse(words) => Some(words.to_owned()),
        Way::Drop => None,
        Way::Stall => std::future::pending().await,
    }
}

async fn converse(stream: TcpStream, state: Arc<Mutex<State>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let greeting = answer(&state, "greeting", "220 sink ESMTP").await?;
    write.write_all(format!("{greeting}\r\n").as_bytes()).await.ok()?;
    let (mut from, mut to) = (String::new(), Vec::new());
    while let Ok(Some(line)) = lines.next_line().await {
        let upper = line.to_ascii_uppercase();
        let answer = if upper.starts_with("EHLO") {
            let usual = "250-sink\r\n250-ENHANCEDSTATUSCODES\r\n250-AUTH PLAIN\r\n250 8BITMIME";
            answer(&state, "EHLO", usual).await?
        } else if upper.starts_with("AUTH") {
            answer(&state, "AUTH", "235 2.7.0 welcome").await?
        } else if upper.starts_with("RCPT TO:") {
            let address = line[8..].trim().trim_start_matches('<').split('>').next()?.to_owned();
            let way = state.lock().unwrap().ways.get(&address).cloned().unwrap_or(Way::Take);
            match way {
                Way::Take => {
                    let said = answer(&state, "RCPT", "250 2.1.5 fine").await?;
                    if said.starts_with("250") {
                        to.push(address);
                    }
                    said
                }
                Way::Refuse(words) => words.to_owned(),
                Way::Drop => return None,
                Way::Stall => std::future::pending().await,
            }
        } else if upper == "DATA" {
            let said = answer(&state, "DATA", "354 go on").await?;
            write.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
            if !said.starts_with("354") {
                continue;
            }
            let mut text = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                text.push_str(line.strip_prefix('.').unwrap_or(&line));
                text.push_str("\r\n");
            }
            state.lock().unwrap().received.push(Received { from: from.clone(), to: std::mem::take(&mut to), text });
            answer(&state, ".", "250 2.0.0 taken").await?
        } else if upper == "QUIT" {
            write.write_all(b"221 bye\r\n").await.ok()?;
            return None;
        } else {
            if upper.starts_with("RSET") || upper.starts_with("MAIL") {
                to.clear();
            }
            if let Some(rest) = line.strip_prefix("MAIL FROM:<") {
                from = rest.split('>').next()?.to_owned();
            }
            answer(&state, upper.get(..4).unwrap_or_default(), "250 2.0.0 fine").await?
        };
        write.write_all(answer.as_bytes()).await.ok()?;
        write.write_all(b"\r\n").await.ok()?;
    }
    Some(())
}
