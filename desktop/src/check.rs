//! `qss check`: a list of values on standard input, a JSON line each on standard output.

use std::io::{BufRead, BufWriter, ErrorKind, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use quanshengshi::check::{CheckedValue, check_value};
use quanshengshi::config::TextLanguage;
use serde::Serialize;

use crate::out;

/// One line of the answer.
#[derive(Debug, Serialize)]
struct Line<'a> {
    kind: &'a str,
    value: &'a str,
    ok: bool,
    normalised: Option<&'a str>,
    code: Option<&'a str>,
    warnings: &'a [String],
    class: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(kind: &'a str, value: &'a str, checked: &'a CheckedValue) -> Self {
        Self {
            kind,
            value,
            ok: checked.normalised.is_some(),
            normalised: checked.normalised.as_deref(),
            code: checked.code.as_deref(),
            warnings: &checked.warnings,
            class: checked.class.as_deref(),
        }
    }

    /// A line that is no question.
    fn unread(kind: &'a str, value: &'a str, code: &'a str) -> Self {
        Self {
            kind,
            value,
            ok: false,
            normalised: None,
            code: Some(code),
            warnings: &[],
            class: None,
        }
    }
}

/// Checks every line; whether all of them were questions, right or wrong.
pub(crate) fn check() -> bool {
    // A command line has no portal to ask for the time.
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now_ms = now.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    });
    let answers = BufWriter::new(std::io::stdout().lock());
    match check_lines(std::io::stdin().lock(), answers, now_ms) {
        Ok(all) => all,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => out::held(Err(error)),
        Err(error) => {
            eprintln!("qss check: {error}");
            false
        }
    }
}

fn check_lines(
    mut questions: impl BufRead,
    mut answers: impl Write,
    now_ms: u64,
) -> std::io::Result<bool> {
    let mut all = true;
    let mut bytes = Vec::new();
    while questions.read_until(b'\n', &mut bytes)? > 0 {
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        all &= answer(line, &mut answers, now_ms)?;
        bytes.clear();
    }
    answers.flush()?;
    Ok(all)
}

fn answer(line: &[u8], answers: &mut impl Write, now_ms: u64) -> std::io::Result<bool> {
    let read = str::from_utf8(line);
    let shown = String::from_utf8_lossy(line);
    let (kind, value, checked) = match read.map(|text| text.split_once('\t')) {
        Err(_) => return write(answers, &Line::unread("", &shown, "CHECK_ENCODING"), false),
        Ok(None) => return write(answers, &Line::unread("", &shown, "CHECK_LINE"), false),
        Ok(Some((kind, value))) => {
            let checked = check_value(kind, value, now_ms, TextLanguage::Zh);
            (kind, value, checked)
        }
    };
    match checked {
        Some(checked) => write(answers, &Line::of(kind, value, &checked), true),
        None => write(answers, &Line::unread(kind, value, "CHECK_KIND"), false),
    }
}

fn write(answers: &mut impl Write, line: &Line<'_>, question: bool) -> std::io::Result<bool> {
    serde_json::to_writer(&mut *answers, line)?;
    answers.write_all(b"\n")?;
    Ok(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23.
    const NOW_MS: u64 = 1_795_397_460_000;

    fn answers(questions: &[u8]) -> (Vec<serde_json::Value>, bool) {
        let mut out = Vec::new();
        let all = check_lines(questions, &mut out, NOW_MS).expect("memory");
        let lines = out
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let lines = lines.map(|line| serde_json::from_slice(line).expect("JSON"));
        (lines.collect(), all)
    }

    #[test]
    fn a_question_is_answered_with_exactly_these_keys() {
        let (lines, all) =
            answers("credit-code\t91230102ma1b2c3d8j\nmobile\t1380013800".as_bytes());
        assert!(all);
        assert_eq!(
            lines[0],
            serde_json::json!({
                "kind": "credit-code", "value": "91230102ma1b2c3d8j", "ok": true,
                "normalised": "91230102MA1B2C3D8J", "code": null, "warnings": [],
                "class": "enterprise",
            })
        );
        assert_eq!(lines[1]["code"], "REG_MOBILE_FORMAT");
        assert_eq!(
            (&lines[1]["ok"], &lines[1]["normalised"]),
            (&false.into(), &().into())
        );
    }

    #[test]
    fn what_is_no_question_is_said_so_and_the_next_is_answered() {
        let (lines, all) =
            answers(b"resident-id 1\nofficer\t1\nperson-name\t\xff\r\nmobile\t13800138000\r\n");
        assert!(!all);
        let codes: Vec<_> = lines.iter().map(|line| line["code"].as_str()).collect();
        assert_eq!(
            codes,
            [
                Some("CHECK_LINE"),
                Some("CHECK_KIND"),
                Some("CHECK_ENCODING"),
                None
            ]
        );
        assert_eq!(lines[3]["value"], "13800138000");
    }
}
