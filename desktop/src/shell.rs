//! `qss completions SHELL` and `qss manpage`, made of what the arguments say of themselves.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::out;

/// What a shell reads to complete the commands.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "qss", &mut out);
    out
}

/// The manual page, as troff.
pub(crate) fn manpage() -> Vec<u8> {
    let mut out = Vec::new();
    // A vector takes everything.
    let _ = clap_mangen::Man::new(Arguments::command()).render(&mut out);
    out
}

/// Prints it.
pub(crate) fn print(text: &[u8]) -> bool {
    out::bytes(text);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_and_the_manual_know_every_command() {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let manual = text(manpage());
        for command in Arguments::command().get_subcommands() {
            let name = command.get_name();
            for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
                assert!(text(completions(shell)).contains(name), "{shell}: {name}");
            }
            assert!(manual.contains(name), "{name}");
        }
    }
}
