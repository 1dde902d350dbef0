//! What the portal would say of a chain: for an operator who wonders why a phone has no level.
//!
//! `judge_chain ROOTS.pem CHAIN.pem PACKAGE SIGNER SECONDS [REVOKED.json]`; the key is the chain's own, so whether a device
//! holds it is not judged.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people"
)]

use std::error::Error;
use std::process::ExitCode;

use quanshengshi_attestation::status::Revoked;
use quanshengshi_attestation::trust::{App, Trust, signer};
use quanshengshi_attestation::vouch::judge_as_made;

fn judged(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let [roots, chain, package, by, at, rest @ ..] = arguments else {
        return Err("judge_chain ROOTS.pem CHAIN.pem PACKAGE SIGNER SECONDS [REVOKED.json]".into());
    };
    let revoked = match rest.first() {
        Some(file) => Revoked::parse(&std::fs::read_to_string(file)?)?,
        None => Revoked::default(),
    };
    let app = App {
        package: package.clone(),
        signers: vec![signer(by)?],
    };
    let trust = Trust::new(&std::fs::read_to_string(roots)?, app, revoked, None)?;
    let chain = std::fs::read_to_string(chain)?;
    Ok(match judge_as_made(&trust, &chain, at.parse()?) {
        Ok(level) => format!("{level:?}"),
        Err(doubt) => format!("nobody vouches: {doubt}"),
    })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match judged(&arguments) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
