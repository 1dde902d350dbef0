//! The public declarations of a generated file, a line each, members below their type.
//!
//! This is no parser of the two languages: it reads what uniffi's templates write, by braces and lines.

/// A language that is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// For Android and the JVM.
    Kotlin,
    /// For iOS.
    Swift,
}

/// What belongs to the generated code's own works, though its languages call it public.
const INNER: [&str; 13] = [
    "uniffi",
    "Uniffi",
    "FfiConverter",
    "RustBuffer",
    "RustCall",
    "ForeignBytes",
    "NoHandle",
    "WithHandle",
    "unsafeFromHandle",
    "Cleaner",
    "Disposable {",
    "errorDescription",
    "InternalException",
];

/// Words that open a type, whose members are read too.
const TYPES: [&str; 6] = [
    "class",
    "struct",
    "enum",
    "interface",
    "protocol",
    "companion",
];

/// The declarations of a generated file.
pub(super) fn declarations(tongue: Tongue, text: &str) -> String {
    let mut reader = Reader::new(tongue);
    let bare = without_comments(text);
    let mut rest = bare.chars().peekable();
    while let Some(sign) = rest.next() {
        reader.take(sign, || {
            // A line goes on when the next thing opens its body or its list of parents.
            let mut ahead = rest.clone();
            ahead.find(|sign| !sign.is_whitespace())
        });
    }
    reader.lines
}

struct Reader {
    tongue: Tongue,
    /// The declaration being read.
    held: String,
    /// Round brackets that are open.
    round: usize,
    /// For every open brace, whether its inside is read.
    read: Vec<bool>,
    lines: String,
}

impl Reader {
    fn new(tongue: Tongue) -> Self {
        let (held, lines) = (String::new(), String::new());
        Self {
            tongue,
            held,
            round: 0,
            read: Vec::new(),
            lines,
        }
    }

    fn take(&mut self, sign: char, next: impl FnOnce() -> Option<char>) {
        let reads = self.read.last().copied().unwrap_or(true);
        match sign {
            '{' if self.round == 0 || !reads => {
                let of_type = reads && is_type(&self.held);
                let kept = reads && self.end();
                self.read.push(of_type && kept);
            }
            '}' if self.round == 0 || !reads => {
                self.end();
                self.read.pop();
            }
            _ if !reads => {}
            '\n' if self.round == 0 => {
                if !matches!(next(), Some('{' | ':' | ',' | '=')) && !self.is_begun() {
                    self.end();
                } else {
                    self.held.push(' ');
                }
            }
            _ => {
                match sign {
                    '(' => self.round += 1,
                    ')' => self.round = self.round.saturating_sub(1),
                    _ => {}
                }
                self.held.push(sign);
            }
        }
    }

    /// Whether what is held is only the beginning of a declaration: visibility or annotations alone.
    fn is_begun(&self) -> bool {
        let held = self.held.trim();
        held == "public"
            || (held.starts_with('@') && held.split_whitespace().all(|word| word.starts_with('@')))
    }

    /// Ends the declaration; whether it is one that hosts see.
    fn end(&mut self) -> bool {
        let held = std::mem::take(&mut self.held);
        let line = held.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = before_value(&line);
        let kept =
            self.is_seen(line) && !INNER.iter().any(|word| format!("{line} {{").contains(word));
        // A companion is read for what lies in it; most are empty.
        if kept && line != "companion object" {
            self.lines.push_str(&"  ".repeat(self.read.len()));
            self.lines.push_str(&tidy(line));
            self.lines.push('\n');
        }
        kept
    }

    fn is_seen(&self, line: &str) -> bool {
        let inside = !self.read.is_empty();
        let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
        match self.tongue {
            // The methods of an object stand in its protocol, so the class's own are the same lines again.
            Tongue::Swift => {
                starts(&["public ", "open class "])
                    || (inside && starts(&["case ", "func "]) && !line.ends_with(':'))
            }
            Tongue::Kotlin => {
                let entry = line.trim_end_matches([',', ';']);
                let is_entry = inside
                    && !entry.is_empty()
                    && entry.bytes().all(|byte| {
                        byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
                    });
                let words = [
                    "public ",
                    "open class ",
                    "class ",
                    "data ",
                    "enum ",
                    "sealed ",
                    "object ",
                    "interface ",
                    "companion object",
                    "fun ",
                    "suspend ",
                    "val ",
                    "var ",
                    "constructor(",
                    "@Throws",
                ];
                // What overrides stands in the interface; but only here stands what it throws.
                let again = line.contains("override ") && !line.starts_with("@Throws");
                is_entry || (starts(&words) && !again)
            }
        }
    }
}

/// Whether a declaration opens a type.
fn is_type(held: &str) -> bool {
    let before = held.split(['(', ':', '{']).next().unwrap_or("");
    before.split_whitespace().any(|word| TYPES.contains(&word))
}

/// A declaration without its value or its expression: what stands before `=` outside brackets.
fn before_value(line: &str) -> &str {
    let mut round = 0_usize;
    for (at, sign) in line.char_indices() {
        match sign {
            '(' => round += 1,
            ')' => round = round.saturating_sub(1),
            '=' if round == 0 => return line.get(..at).unwrap_or(line).trim_end(),
            _ => {}
        }
    }
    line
}

/// One space where the templates put several or none, so that their layout is no change.
fn tidy(line: &str) -> String {
    let mut line = line.to_owned();
    for (from, to) in [
        ("@Suppress(\"ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE\") ", ""),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (") throws", ")throws"),
        ("`", ""),
    ] {
        line = line.replace(from, to);
    }
    line.replace(")throws", ") throws")
        .replace(")override", ") override")
        .replace(")async", ") async")
        .trim_end_matches([',', ';', ':', ' '])
        .to_owned()
}

/// The text without comments, directives of the preprocessor, and strings' insides.
fn without_comments(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        let (before, comment) = rest.split_at(at);
        bare.push_str(before);
        rest = comment
            .find("*/")
            .and_then(|end| comment.get(end + 2..))
            .unwrap_or("");
    }
    bare.push_str(rest);
    let lines = bare.lines().map(|line| {
        if line.trim_start().starts_with('#') {
            return String::new();
        }
        line.split("//")
            .next()
            .unwrap_or("")
            .replace("'{'", "")
            .replace("'}'", "")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swift_is_read_by_its_types() {
        let text = "public protocol TokenProtocol: AnyObject, Sendable {\n    /** Ends. */\n    func cancel() \n    \
            func left()throws  -> Int\n}\nopen class Token: TokenProtocol, @unchecked Sendable {\n    \
            fileprivate let handle: UInt64\n    public init(noHandle: NoHandle) {\n        self.handle = 0\n    }\n\
            public convenience init() {\n    let a = { 1 }\n}\nopen func cancel()  {try! rustCall() {\n}\n}\n}\n\
            public struct Line: Equatable {\n    public var a: [Int]\n    public init(\n        /** A. */a: [Int], \n        \
            b: Int? = nil) {\n        self.a = a\n    }\n}\nprivate enum Inner {\n    case ok\n}\n\
            public \nenum Failure: Error {\n    case gone(\n        code: String\n    )\n}\n\
            public func load(_ a: Int)async throws  -> Line  {\n    switch a {\n    case 1: return\n    }\n}\n";
        assert_eq!(
            declarations(Tongue::Swift, text),
            "public protocol TokenProtocol: AnyObject, Sendable\n  func cancel()\n  func left() throws -> Int\n\
             open class Token: TokenProtocol, @unchecked Sendable\n  public convenience init()\n\
             public struct Line: Equatable\n  public var a: [Int]\n  public init(a: [Int], b: Int? = nil)\n\
             public enum Failure: Error\n  case gone(code: String)\n\
             public func load(_ a: Int) async throws -> Line\n"
        );
    }

    #[test]
    fn kotlin_is_read_by_its_types() {
        let text = "public interface TokenInterface {\n    /** Ends. */\n    fun `cancel`()\n    companion object\n}\n\
            open class Token: Disposable, TokenInterface\n{\n    constructor(noHandle: NoHandle) {\n    }\n    \
            constructor() :\n        this(UniffiWithHandle, \n    call() { 1 }\n    )\n    \
            override fun `cancel`()\n        = call() { 2 }\n    \
            @Throws(Failure::class)\n    @Suppress(\"ASSIGNED_BUT_NEVER_ACCESSED_VARIABLE\")\n    override suspend fun `end`() {\n    }\n    \
            companion object {\n        @Throws(Failure::class) fun `open`(): Token {\n            return 1\n        }\n    }\n}\n\
            data class Line (\n    /** A. */\n    val `a`: List<kotlin.Int>\n    , \n    val `b`: kotlin.UInt\n    \n){\n}\n\
            enum class Way {\n    \n    /** One. */\n    USUAL,\n    NO_HEAD;\n}\n\
            sealed class Failure: kotlin.Exception() {\n    class Gone(\n        val `code`: kotlin.String\n        \
            ) : Failure() {\n        override val message\n            get() = \"code\"\n    }\n}\n\
            internal interface Inner {\n    fun a()\n}\n\
            @Throws(Failure::class)\nfun `load`(`a`: kotlin.Int): Line {\n    return 1\n}\n";
        assert_eq!(
            declarations(Tongue::Kotlin, text),
            "public interface TokenInterface\n  fun cancel()\n\
             open class Token: Disposable, TokenInterface\n  constructor()\n  @Throws(Failure::class) override suspend fun end()\n  \
             \x20 @Throws(Failure::class) fun open(): Token\n\
             data class Line (val a: List<kotlin.Int>, val b: kotlin.UInt)\n\
             enum class Way\n  USUAL\n  NO_HEAD\n\
             sealed class Failure: kotlin.Exception()\n  class Gone(val code: kotlin.String) : Failure()\n\
             @Throws(Failure::class) fun load(a: kotlin.Int): Line\n"
        );
    }
}
