//! Reading our own pages without a browser: attributes, hidden inputs, words.

/// The value of the first attribute of this name.
pub fn attribute(markup: &str, name: &str) -> Option<String> {
    let start = markup.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = markup.get(start..)?.split('"').next()?;
    Some(unescape(value))
}

/// The value of the first hidden input of this name.
pub fn hidden(markup: &str, name: &str) -> Option<String> {
    let input = markup
        .split("<input")
        .find(|input| input.contains(&format!("name=\"{name}\"")))?;
    attribute(input.split('>').next()?, "value")
}

/// Where the link with this identity leads.
pub fn href(markup: &str, identity: &str) -> Option<String> {
    let link = markup
        .split("<a ")
        .find(|link| link.contains(&format!("id=\"{identity}\"")))?;
    attribute(&format!(" {}", link.split('>').next()?), "href")
}

/// The text of the first element with this attribute.
pub fn inner(markup: &str, name: &str) -> Option<String> {
    let at = markup.find(&format!(" {name}"))?;
    let text = markup.get(at..)?.split_once('>')?.1;
    Some(unescape(text.split('<').next()?))
}

/// The words of a page, without its markup.
pub fn words(markup: &str) -> String {
    let body = markup.split_once("<main").map_or(markup, |(_, main)| main);
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescape(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ];
    named
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Fields as a form sends them.
pub fn encode_form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                    char::from(byte).to_string()
                }
                b' ' => "+".to_owned(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<main id="main"><section class="qr-card" data-state="waiting">
        <input type="hidden" name="form_token" value="a&#38;b"><p data-text>code 482915 here</p>
        <a id="get-file" href="/pc/files/1">x</a></section></main>"#;

    #[test]
    fn attributes_inputs_links_and_words_are_found() {
        assert_eq!(attribute(PAGE, "data-state").as_deref(), Some("waiting"));
        assert_eq!(hidden(PAGE, "form_token").as_deref(), Some("a&b"));
        assert_eq!(href(PAGE, "get-file").as_deref(), Some("/pc/files/1"));
        assert_eq!(
            inner(PAGE, "data-text").as_deref(),
            Some("code 482915 here")
        );
        assert_eq!(words(PAGE), "code 482915 here x");
        assert_eq!(attribute(PAGE, "data-task"), None);
    }

    #[test]
    fn a_form_is_encoded_as_a_browser_does() {
        assert_eq!(
            encode_form(&[("a b", "云&x"), ("c", "1")]),
            "a+b=%E4%BA%91%26x&c=1"
        );
    }
}
