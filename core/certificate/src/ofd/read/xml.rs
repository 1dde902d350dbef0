//! XML of a package: decoded, checked on the token stream, then made a tree.
//!
//! Depth is counted before the tree is built, because building and walking a tree of 20 000 nested
//! elements overflows the stack.

use roxmltree::{Document, Node, ParsingOptions};

use super::numbers;
use crate::ofd::limits::{MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_NODES};

/// Why an XML file of a package is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It is not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// It has more than [`MAX_XML_BYTES`] bytes.
    #[error("more than {MAX_XML_BYTES} bytes of XML")]
    TooLong,
    /// It has a document type: entities can hide content or explode.
    #[error("a document type definition")]
    Dtd,
    /// Its elements are nested deeper than [`MAX_XML_DEPTH`].
    #[error("elements nested deeper than {MAX_XML_DEPTH}")]
    TooDeep,
    /// It is not well-formed, or has more than [`MAX_XML_NODES`] nodes.
    #[error("not well-formed: {0}")]
    Form(String),
}

/// The text of an XML file that may be made a tree.
#[derive(Debug)]
pub(crate) struct XmlText(String);

impl XmlText {
    /// Decodes and checks `bytes`.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, XmlError> {
        if bytes.len() > MAX_XML_BYTES {
            return Err(XmlError::TooLong);
        }
        let text = String::from_utf8(bytes).map_err(|_| XmlError::Encoding)?;
        check_tokens(text.as_bytes())?;
        Ok(Self(text))
    }

    /// An element of a checked text as a text of its own, inside a root with the namespaces it stands
    /// in: read often, it need not be looked for in the whole. `None` if `room`, in bytes, does not
    /// hold it, or an address of a namespace would have to be escaped.
    pub(crate) fn part(node: Node<'_, '_>, room: &mut usize) -> Option<Self> {
        let inside = node.document().input_text().get(node.range())?;
        *room = room.checked_sub(inside.len())?;
        let mut text = String::with_capacity(inside.len() + 128);
        text.push_str("<Part");
        for space in node.namespaces() {
            let address = space.uri();
            if address.contains(['<', '>', '&', '\'', '"']) {
                return None;
            }
            let (colon, name) = match space.name() {
                Some("xml") => continue,
                Some(name) => (":", name),
                None => ("", ""),
            };
            for piece in [" xmlns", colon, name, "='", address, "'"] {
                text.push_str(piece);
            }
        }
        text.push('>');
        text.push_str(inside);
        text.push_str("</Part>");
        Some(Self(text))
    }

    /// How long it is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The tree.
    pub(crate) fn tree(&self) -> Result<Document<'_>, XmlError> {
        let options = ParsingOptions {
            allow_dtd: false,
            nodes_limit: MAX_XML_NODES,
            ..Default::default()
        };
        let text = self.0.trim_start_matches('\u{feff}');
        Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::DtdDetected => XmlError::Dtd,
            other => XmlError::Form(other.to_string()),
        })
    }
}

/// Walks the tokens and refuses document types and deep nesting; well-formedness is the tree's job.
fn check_tokens(bytes: &[u8]) -> Result<(), XmlError> {
    let skip_past = |from: usize, end: &[u8]| -> usize {
        bytes.get(from..).map_or(bytes.len(), |rest| {
            let found = rest.windows(end.len()).position(|window| window == end);
            found.map_or(bytes.len(), |at| from + at + end.len())
        })
    };
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(open) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| b == b'<'))
    {
        let start = at + open;
        let rest = &bytes[start..];
        if rest.starts_with(b"<!--") {
            at = skip_past(start + 4, b"-->");
        } else if rest.starts_with(b"<![CDATA[") {
            at = skip_past(start + 9, b"]]>");
        } else if rest.starts_with(b"<!") {
            return Err(XmlError::Dtd);
        } else if rest.starts_with(b"<?") {
            at = skip_past(start + 2, b"?>");
        } else {
            let end = tag_end(bytes, start);
            if rest.starts_with(b"</") {
                depth = depth.saturating_sub(1);
            } else if bytes.get(end.wrapping_sub(2)) != Some(&b'/') {
                depth += 1;
                if depth > MAX_XML_DEPTH {
                    return Err(XmlError::TooDeep);
                }
            }
            at = end;
        }
    }
    Ok(())
}

/// The index after the `>` that ends the tag at `start`; quotes may hold a `>`.
fn tag_end(bytes: &[u8], start: usize) -> usize {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Reading nodes by local name: writers use different prefixes, or none.
pub(crate) trait NodeExt<'a, 'input> {
    /// Whether the element is called `name`, in any namespace.
    fn is(&self, name: &str) -> bool;
    /// The first child element called `name`.
    fn child(&self, name: &str) -> Option<Node<'a, 'input>>;
    /// The text of the first child element called `name`, without outer white space.
    fn child_text(&self, name: &str) -> Option<&'a str>;
    /// A finite number in an attribute.
    fn number(&self, attribute: &str) -> Option<f32>;
    /// A list of finite numbers in an attribute; `None` if it is absent or malformed.
    fn numbers(&self, attribute: &str) -> Option<Vec<f32>>;
}

impl<'a, 'input> NodeExt<'a, 'input> for Node<'a, 'input> {
    fn is(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn child(&self, name: &str) -> Option<Node<'a, 'input>> {
        self.children().find(|child| child.is(name))
    }

    fn child_text(&self, name: &str) -> Option<&'a str> {
        self.child(name)
            .and_then(|child| child.text())
            .map(str::trim)
    }

    fn number(&self, attribute: &str) -> Option<f32> {
        self.attribute(attribute).and_then(numbers::number)
    }

    fn numbers(&self, attribute: &str) -> Option<Vec<f32>> {
        self.attribute(attribute).and_then(numbers::list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<usize, XmlError> {
        let text = XmlText::new(text.as_bytes().to_vec())?;
        text.tree().map(|tree| tree.descendants().count())
    }

    #[test]
    fn depth_is_counted_over_comments_quotes_and_empty_elements() {
        let nested = |n: usize| {
            format!(
                "{}<x a='>'/><!-- <a><a> -->{}",
                "<a>".repeat(n),
                "</a>".repeat(n)
            )
        };
        assert!(read(&nested(MAX_XML_DEPTH)).is_ok());
        assert_eq!(read(&nested(MAX_XML_DEPTH + 1)), Err(XmlError::TooDeep));
        assert_eq!(read(&"<a>".repeat(1_000_000)), Err(XmlError::TooDeep));
        assert!(read(&format!("<a>{}</a>", "<b/>".repeat(1000))).is_ok());
    }

    #[test]
    fn document_types_and_other_encodings_are_refused() {
        assert_eq!(
            read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            Err(XmlError::Dtd)
        );
        assert!(matches!(
            XmlText::new(vec![b'<', 0xC4, 0xE3]),
            Err(XmlError::Encoding)
        ));
        assert!(matches!(read("<a><b></a>"), Err(XmlError::Form(_))));
        assert!(read("\u{feff}<a/>").is_ok());
    }

    #[test]
    fn a_part_is_read_like_the_whole() {
        let whole = "\u{feff}<o:R xmlns:o='http://a/b' xmlns='http://c'><o:X ID='甲'><Y o:z='1'>&lt;乙</Y></o:X><o:X ID='2'/></o:R>";
        let whole = XmlText::new(whole.as_bytes().to_vec()).unwrap();
        let tree = whole.tree().unwrap();
        let nodes: Vec<_> = tree.descendants().filter(|node| node.is("X")).collect();
        let mut room = 50;
        let part = XmlText::part(nodes[0], &mut room).unwrap();
        let inner = part.tree().unwrap();
        let found = inner.root_element().child("X").unwrap();
        assert_eq!(found.attribute("ID"), Some("甲"));
        assert_eq!(found.tag_name().namespace(), Some("http://a/b"));
        let child = found.child("Y").unwrap();
        assert_eq!(child.text(), Some("<乙"));
        assert_eq!(child.tag_name().namespace(), Some("http://c"));
        assert_eq!(child.attribute(("http://a/b", "z")), Some("1"));
        assert!(XmlText::part(nodes[1], &mut room).is_none(), "{room} left");
        let odd = XmlText::new(b"<o:R xmlns:o='a&amp;b'><o:X/></o:R>".to_vec()).unwrap();
        let tree = odd.tree().unwrap();
        let node = tree.root_element().first_child().unwrap();
        assert!(XmlText::part(node, &mut 99).is_none());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[<>/a'\"!?\\[\\]-]{0,80}") {
            let _ = XmlText::new(bytes).map(|text| text.tree().is_ok());
            let _ = read(&text);
        }
    }
}
