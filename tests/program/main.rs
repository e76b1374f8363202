//! The built program from outside: a process, its exit codes, its socket.
#![cfg(feature = "ssr")]

#[path = "../common/mod.rs"]
mod common;

use common::{TestDb, both, sqlite};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// A folder with settings for one database.
struct Place {
    folder: tempfile::TempDir,
    url: String,
}

impl Place {
    fn new(database: &TestDb) -> Self {
        let place = Self { url: database.url.clone(), folder: tempfile::tempdir().unwrap() };
        let write = |name: &str, text: &str| place.write(name, text);
        write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
        write("pages/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n");
        for n in 1..=3 {
            let text = format!(
                "---\ntitle: Title {n}\nsection: world\nauthors: [anna]\npublished: 2026-01-0{n}T10:00:00Z\npicture: dot.gif\n---\nText {n}.\n"
            );
            write(&format!("articles/story-{n}.md"), &text);
        }
        std::fs::write(place.folder.path().join("content/articles/dot.gif"), DOT).unwrap();
        place
    }

    /// Writes a file of the Markdown archive.
    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join("content").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pressroom"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("PRESSROOM_DATABASE__URL", &self.url)
            .env("PRESSROOM_SERVER__ADDRESS", "127.0.0.1:0")
            // What waits for the shared regions waits a second instead of a minute.
            .env("PRESSROOM_CACHE__FRONT_SECONDS", "1");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> Output {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        output
    }
}

/// A GIF of 1 × 1 pixel.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server; ended with its test, whatever becomes of it.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(place: &Place) -> Self {
        Self::start_with(place, &[])
    }

    fn start_with(place: &Place, settings: &[(&str, &str)]) -> Self {
        let mut command = place.command(&["serve"]);
        let mut child = command.envs(settings.iter().copied()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .find_map(|line| line.unwrap().split_once(" is open at http://").map(|(_, address)| address.to_owned()))
            .expect("it says where it is open");
        // Whoever doesn't read on lets the program wait for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        text(&answer)
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn status(&self, path: &str) -> u16 {
        self.get(path)[9..12].parse().unwrap()
    }

    /// Waits for a condition; fails after a minute, which only a fault takes.
    fn until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !condition(self) {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not come true");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

mod archive;
mod command_line;
mod copies;
mod hostile_copies;
mod readers;
mod search;
mod server;
mod upgrades;
