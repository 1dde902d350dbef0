//! The tables of texts: Android's, iOS's, and the core's own.
//!
//! Each shell has one table, and the same sentence stands in both. A person who changes phones, or asks
//! somebody with the other kind, must read the same words: a name that both have says the same, and the same
//! Chinese has the same English wherever it stands.

/// A sentence of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its name without case and underlines, since each language writes names its own way; none in the core.
    pub name: Option<String>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The sentences of a source: a Chinese literal with its English right behind it.
pub fn sentences(source: &str) -> Vec<Sentence> {
    let literals = literals(source);
    let pairs = literals.iter().zip(literals.iter().skip(1));
    let pairs = pairs.filter(|((zh, _, end), (en, start, _))| {
        let between = source.get(*end..*start).unwrap_or("x");
        is_chinese(zh)
            && !is_chinese(en)
            && between
                .chars()
                .all(|sign| sign == ',' || sign.is_whitespace())
    });
    pairs
        .map(|((zh, start, _), (en, _, _))| Sentence {
            name: name_before(source.get(..*start).unwrap_or("")),
            zh: zh.clone(),
            en: en.clone(),
        })
        .collect()
}

/// Where tables disagree, as a reader is told.
pub fn disagreements(tables: &[(&str, Vec<Sentence>)]) -> Vec<String> {
    let all: Vec<(&str, &Sentence)> = tables
        .iter()
        .flat_map(|(table, sentences)| sentences.iter().map(move |sentence| (*table, sentence)))
        .collect();
    let mut found = Vec::new();
    for (at, (table, one)) in all.iter().enumerate() {
        for (other_table, other) in all.iter().skip(at + 1) {
            let same_name = one.name.is_some() && one.name == other.name && table != other_table;
            let differ = (&one.zh, &one.en) != (&other.zh, &other.en);
            if differ && (same_name || one.zh == other.zh) {
                found.push(format!(
                    "{table}: “{}” {:?}, {other_table}: “{}” {:?}",
                    one.zh, one.en, other.zh, other.en
                ));
            }
        }
    }
    found
}

/// Every literal in double quotes: its inside, and where it starts and ends.
fn literals(source: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut escaped = false;
    for (at, sign) in source.char_indices() {
        match &mut open {
            Some((_, inside)) if escaped || sign != '"' => {
                escaped = sign == '\\' && !escaped;
                inside.push(sign);
            }
            Some(_) => found.extend(open.take().map(|(start, inside)| (inside, start, at + 1))),
            None if sign == '"' => open = Some((at, String::new())),
            None => {}
        }
    }
    found
}

fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

/// The name before a literal: `NAME(` in Kotlin, `case .name: (` in Swift.
fn name_before(text: &str) -> Option<String> {
    let text =
        text.trim_end_matches(|sign: char| sign.is_whitespace() || sign == '(' || sign == ':');
    let start = text
        .rfind(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .map_or(0, |at| at + 1);
    let name = text
        .get(start..)
        .unwrap_or("")
        .replace('_', "")
        .to_lowercase();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::top;
    use crate::source::files_of;
    use std::collections::BTreeSet;
    use std::fs;

    const ANDROID: &str = "android/kit/src/main/kotlin/cn/quanshengshi/kit/texts/Texts.kt";
    const IOS: &str = "ios/Sources/HandsetModel/WordTable.swift";
    /// The core's codes, and those of the portal's refusals.
    const CORE: [&str; 2] = [
        "core/handset/src/failure/code.rs",
        "core/protocol/src/refusal.rs",
    ];

    fn read(path: &str) -> Vec<Sentence> {
        sentences(&fs::read_to_string(top().join(path)).expect(path))
    }

    #[test]
    fn a_table_is_read_by_its_names_in_every_language() {
        let kotlin = "enum class Say(private val zh: String) {\n    SCAN_AIM(\"对准\", \"Aim \\\"here\\\"\"),\n    LONG(\n        \
            \"很长\",\n        \"Long\",\n    ),\n";
        let swift = "        case .scanAim: (\"对准\", \"Aim\")\n        case .long:\n            (\n                \
            \"很长\", \"Long\"\n            )\n";
        let rust = "    /// Why.\n    Gone \"GONE\" \"没有了\" \"Gone\";\n";
        let names = |source| {
            let read = sentences(source).into_iter();
            read.map(|sentence| (sentence.name.unwrap_or_default(), sentence.en))
                .collect::<Vec<_>>()
        };
        let pair = |name: &str, en: &str| (name.to_owned(), en.to_owned());
        assert_eq!(
            names(kotlin),
            [pair("scanaim", "Aim \\\"here\\\""), pair("long", "Long")]
        );
        assert_eq!(names(swift), [pair("scanaim", "Aim"), pair("long", "Long")]);
        assert_eq!(names(rust), [pair("", "Gone")]);
    }

    #[test]
    fn a_name_or_a_sentence_with_two_wordings_is_told() {
        let one = |name: &str, zh: &str, en: &str| {
            let name = Some(name.to_owned());
            vec![Sentence {
                name,
                zh: zh.to_owned(),
                en: en.to_owned(),
            }]
        };
        let with = |other| disagreements(&[("a", one("scan", "扫", "Scan")), ("b", other)]);
        assert!(with(one("scan", "扫", "Scan")).is_empty());
        assert!(with(one("other", "别的", "Scan")).is_empty());
        assert_eq!(with(one("scan", "扫一扫", "Scan")).len(), 1);
        assert_eq!(with(one("other", "扫", "Scan it")).len(), 1);
    }

    #[test]
    fn the_ios_app_has_no_sentence_of_its_own() {
        let files = files_of(&top().join("ios/App"), "swift").expect("the app");
        assert!(files.len() > 20, "{} files", files.len());
        for file in files {
            let source = fs::read_to_string(&file).expect("a source");
            let own = literals(&source)
                .into_iter()
                .find(|(text, _, _)| is_chinese(text));
            assert_eq!(own, None, "{}", file.display());
        }
    }

    #[test]
    fn both_shells_and_the_core_use_the_same_words() {
        let (android, ios) = (read(ANDROID), read(IOS));
        let names = |table: &[Sentence]| -> BTreeSet<String> {
            table
                .iter()
                .filter_map(|sentence| sentence.name.clone())
                .collect()
        };
        let shared = names(&android).intersection(&names(&ios)).count();
        assert!(
            shared >= 40,
            "the tables share {shared} names: are they read at all?"
        );
        // Names are the shells' own: what stands before a literal in Rust is no name of a sentence.
        let core: Vec<Sentence> = CORE
            .iter()
            .flat_map(|path| read(path))
            .map(|sentence| Sentence {
                name: None,
                ..sentence
            })
            .collect();
        assert!(core.len() > 40, "the core's tables: {}", core.len());
        let tables = [("Android", android), ("iOS", ios), ("core", core)];
        let found = disagreements(&tables);
        assert!(found.is_empty(), "words that differ:\n{}", found.join("\n"));
    }
}
