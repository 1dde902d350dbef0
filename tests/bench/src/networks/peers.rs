//! The peers in Python: a process that answers one question after another.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::Engine;

/// A running peer; it ends with its input.
pub(super) struct Peers {
    name: String,
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
    load_ms: f64,
}

impl Peers {
    /// Starts an engine of `peers/peers.py`.
    pub(super) fn start(name: &str) -> Result<Self, String> {
        let setting = std::env::var("QSS_BENCH_PEERS")
            .map_err(|_| "QSS_BENCH_PEERS is not set (tests/bench/README.md)".to_owned())?;
        let (python, tflite) = setting.split_once(':').unwrap_or((&setting, ""));
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut child = Command::new(python)
            .arg(here.join("peers/peers.py"))
            .arg(name)
            .arg(here.join("../../core/face/models"))
            .arg(tflite)
            .env("OMP_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{python}: {error}"))?;
        let (asked, answers) = (child.stdin.take(), child.stdout.take());
        let (asked, answers) = asked.zip(answers).ok_or("no pipes")?;
        let mut peers = Self {
            name: name.to_owned(),
            child,
            asked,
            answers: BufReader::new(answers),
            load_ms: 0.0,
        };
        peers.load_ms = peers.number()?;
        Ok(peers)
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        match read {
            Ok(0) | Err(_) => Err(format!("{} ended; its words are above", self.name)),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }

    fn number(&mut self) -> Result<f64, String> {
        let line = self.line()?;
        line.parse()
            .map_err(|_| format!("{} said {line}", self.name))
    }

    fn ask(&mut self, bytes: &[u8]) -> Result<(), String> {
        let sent = self
            .asked
            .write_all(bytes)
            .and_then(|()| self.asked.flush());
        sent.map_err(|error| format!("{}: {error}", self.name))
    }
}

impl Engine for Peers {
    fn name(&self) -> &str {
        &self.name
    }

    fn median_ms(&mut self, networks: &[usize], runs: usize) -> Result<f64, String> {
        let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
        self.ask(format!("time {runs} {}\n", networks.join(" ")).as_bytes())?;
        self.number()
    }

    fn outputs(&mut self, network: usize, pixels: &[f32]) -> Result<Vec<f32>, String> {
        self.ask(format!("look {network}\n").as_bytes())?;
        let pixels: Vec<u8> = pixels
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.ask(&pixels)?;
        let count = self
            .line()?
            .parse::<usize>()
            .map_err(|error| error.to_string())?;
        let mut bytes = vec![0; count * 4];
        let read = self.answers.read_exact(&mut bytes);
        read.map_err(|error| format!("{}: {error}", self.name))?;
        let numbers = bytes.as_chunks::<4>().0.iter();
        Ok(numbers.map(|four| f32::from_le_bytes(*four)).collect())
    }

    fn load_ms(&self) -> f64 {
        self.load_ms
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        // Whatever it is doing, nobody waits for it any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
