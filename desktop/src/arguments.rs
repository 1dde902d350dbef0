//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// 全省事 on the desktop: scan, prove, keep and show certificates.
#[derive(Debug, Parser)]
#[command(name = "qss", version, about)]
#[cfg_attr(feature = "window", command(args_conflicts_with_subcommands = true, after_help = WINDOW))]
pub(crate) struct Arguments {
    #[cfg(feature = "window")]
    #[command(flatten)]
    pub(crate) window: WindowArguments,
    #[command(subcommand)]
    pub(crate) order: Option<Order>,
}

/// What stands below the help.
#[cfg(feature = "window")]
const WINDOW: &str = "\
Without a command: a window with the phone's screens.

Examples:
  qss                                     the phone that `cargo demo --keep` left in target/demo/phone
  qss --phone F --clips tests/fixtures/people/p09    another phone, somebody else before its camera";

/// What the window is opened with.
#[cfg(feature = "window")]
#[derive(Debug, clap::Args)]
pub(crate) struct WindowArguments {
    /// The folder that holds phone.json and the vault.
    #[arg(long, default_value = "target/demo/phone")]
    pub(crate) phone: PathBuf,
    /// What stands in place of the front camera: a folder of clips, one folder an act.
    #[arg(long, default_value = "tests/fixtures/people/p01")]
    pub(crate) clips: PathBuf,
    /// Look through the first camera of this machine, at codes and at faces; such captures go to people unless
    /// the portal's policy says otherwise.
    #[cfg(feature = "camera")]
    #[arg(long, conflicts_with = "clips")]
    pub(crate) webcam: bool,
    /// A font file with Chinese signs, when none is found on the system.
    #[arg(long)]
    pub(crate) font: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Order {
    /// Read the QR code of each picture; one JSON line a file.
    #[command(after_help = "\
Each line: file, text of the largest code or null, its corners, ms of CPU time of the longest offer,
offers, the step that read it, guidance when nothing was read. A picture is offered up to four times,
as a camera would offer four frames of one view. Exit code 1 when a file is no picture.")]
    Scan {
        /// JPEG or PNG files, or folders of them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Take each folder as the frames of one video, in the order of their names.
        #[arg(long)]
        sequence: bool,
    },
    /// Check a list of values: lines of KIND, tab, VALUE on standard input, a JSON line each.
    #[command(after_help = "\
Kinds: resident-id, social-security, passport, hk-macao-permit, taiwan-permit, foreigner-card,
credit-code, mobile, person-name, organisation-name, certificate-id.

Example:
  printf 'mobile\\t+86 138-0013-8000\\n' | qss check
  {\"kind\":\"mobile\",\"value\":\"+86 138-0013-8000\",\"ok\":true,\"normalised\":\"13800138000\",
   \"code\":null,\"warnings\":[],\"class\":null}

A real credit code that cannot register online is ok, and a warning says why. The exit code is 0
when every line was a question, whatever the answers.")]
    Check,
    /// List, draw or forget the certificates kept on this machine.
    Wallet {
        /// The folder that holds phone.json and the vault.
        #[arg(long, default_value = "target/demo/phone")]
        folder: PathBuf,
        #[command(subcommand)]
        order: WalletOrder,
    },
    /// Certificate files (OFD) of anybody; no network, no phone.
    Certificate {
        #[command(subcommand)]
        order: CertificateOrder,
    },
    /// What the phone on this machine remembers, and who else acts for its people.
    Phone {
        /// The folder that holds phone.json and the vault.
        #[arg(long, default_value = "target/demo/phone")]
        folder: PathBuf,
        #[command(subcommand)]
        order: PhoneOrder,
    },
    /// Print what a shell needs to complete these commands.
    #[command(after_help = "\
Example:
  qss completions bash > ~/.local/share/bash-completion/completions/qss")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "\
Example:
  qss manpage > qss.1 && man ./qss.1")]
    Manpage,
    /// Scan with a webcam, read what is asked, and confirm with the face.
    #[cfg(feature = "camera")]
    Confirm {
        /// The phone.json that `qss demo --keep` wrote.
        #[arg(long, default_value = "target/demo/phone/phone.json")]
        config: PathBuf,
        /// The text of the code, when it is not to be scanned.
        #[arg(long)]
        code: Option<String>,
    },
    /// Walk recorded presentations through face capture and appraisal; one line a session.
    #[cfg(feature = "demo")]
    #[command(after_help = "\
The file is a list of {id, id_photo, steps: [{prompt, clip}]}; paths are from its folder. A clip is a
folder of numbered JPEG files, with its frames a second in truth.json. Prompts: neutral, turn_left,
turn_right, open_mouth, nod, come_closer, blink.

With --json: {\"id\",\"verdict\":\"pass|retry|review|refuse\",\"reasons\":[...],\"match\",\"frames\",
\"ms_per_frame\"}. match is the distance between the enrolled photo and the neutral still (smaller is
more alike), null when it did not come to that. The exit code is 0 when every session could be read.")]
    Capture {
        /// The file of sessions.
        #[arg(long)]
        sessions: PathBuf,
        /// One JSON line a session.
        #[arg(long)]
        json: bool,
    },
    /// Walk the whole job: register, scan, prove, download, show offline.
    #[cfg(feature = "demo")]
    Demo {
        /// Leave the portal running and tell how to walk it by hand.
        #[arg(long)]
        keep: bool,
        /// Rendered persons.
        #[arg(long, default_value = "tests/fixtures/people")]
        people: PathBuf,
        /// Where report and pictures go.
        #[arg(long, default_value = "target/demo")]
        out: PathBuf,
    },
}

/// What is to be done with a certificate file.
#[derive(Debug, Subcommand)]
pub(crate) enum CertificateOrder {
    /// Draw a page to a PNG and say what is missing from the picture.
    #[command(after_help = "\
Drawing says nothing about who made the file. Text whose font the file does not hold is drawn with
--font; without it the text is left out, and the answer names it.

Example:
  qss certificate draw licence.ofd --scale 8 --font wqy-microhei.ttc --out licence.png
  {\"out\":\"licence.png\",\"page\":1,\"pages\":1,\"width\":1680,\"height\":2376,\"left_out\":[]}")]
    Draw {
        /// The OFD, or a PDF where this was built with the feature `pdf`.
        file: PathBuf,
        /// The page, from 1.
        #[arg(long, default_value_t = 1)]
        page: u32,
        /// Pixels a millimetre.
        #[arg(long, default_value_t = 8.0)]
        scale: f32,
        /// A font file for text whose font is not in the file; a collection's first is taken.
        #[arg(long)]
        font: Option<PathBuf>,
        /// Where the drawing goes.
        #[arg(long, default_value = "certificate.png")]
        out: PathBuf,
    },
    /// Tell what a file says of itself, and the words of its pages; of a PDF, what its signatures are about.
    Show {
        /// The OFD or PDF.
        file: PathBuf,
        /// One JSON line.
        #[arg(long)]
        json: bool,
    },
    /// Tell whether the seals of a file hold.
    #[command(
        override_usage = "qss certificate verify FILE [--root CERT…] [--revoked LIST…] [--at TIME] [--json]",
        after_help = "\
Verdicts: intact_trusted, intact_unknown_issuer, broken, unsigned. Times are those of the seals: --at is
the time of the verdict, now without it; a seal from later than that is broken.

Example:
  qss certificate verify licence.ofd --root portal-root.pem --json
  {\"verdict\":\"intact_trusted\",\"reasons\":[],\"uncovered\":[],\"signers\":[{\"name\":\"CN=…\",…}]}

The exit code is 0 when there is a verdict, whatever it is, and 1 when a file or the time cannot be read."
    )]
    Verify {
        /// The OFD.
        file: Option<PathBuf>,
        /// A file of trusted X.509 certificates, DER or PEM; several files may follow.
        #[arg(long = "root", value_name = "CERT", num_args = 1.., action = clap::ArgAction::Append)]
        roots: Vec<PathBuf>,
        /// A revocation list of one of the authorities, DER or PEM.
        #[arg(long = "revoked", value_name = "LIST", num_args = 1.., action = clap::ArgAction::Append)]
        revoked: Vec<PathBuf>,
        /// As of when: 2026-11-23T09:31:00+08:00, 2026-11-23 (noon in China), or seconds since 1970.
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// One JSON line.
        #[arg(long)]
        json: bool,
    },
}

/// What is to be done with the wallet.
#[derive(Debug, Subcommand)]
pub(crate) enum WalletOrder {
    /// One line a certificate.
    List {
        /// Only those whose name, number, holder or issuer holds every word.
        #[arg(long, default_value = "")]
        search: String,
        /// One JSON line a certificate.
        #[arg(long)]
        json: bool,
    },
    /// One line a holder: name and how many certificates.
    Subjects,
    /// Remove every certificate of a holder, as `subjects` names it.
    ForgetSubject {
        /// The holder.
        subject: String,
    },
    /// Ask the portal whether the certificates still hold.
    Refresh,
    /// A code by which somebody else checks a certificate, for three minutes.
    Code {
        /// Identifier, as `list` prints it.
        id: String,
    },
    /// Check a certificate again and draw it; no network is needed.
    Show {
        /// Identifier, as `list` prints it.
        id: String,
        /// Where the drawing goes.
        #[arg(long, default_value = "certificate.png")]
        out: PathBuf,
        /// Which page, from 1.
        #[arg(long, default_value_t = 1)]
        page: u32,
    },
    /// Remove a certificate from this machine.
    Forget {
        /// Identifier, as `list` prints it.
        id: String,
    },
}

/// What is to be done with the phone.
#[derive(Debug, Subcommand)]
pub(crate) enum PhoneOrder {
    /// What was done with it, newest first.
    Activity {
        /// One JSON line an entry.
        #[arg(long)]
        json: bool,
    },
    /// The devices that act for the same accounts.
    Devices {
        /// One JSON line a device.
        #[arg(long)]
        json: bool,
    },
    /// Disable another device of that list; it wipes what it keeps when it hears so.
    Disable {
        /// Its name in the list.
        device: String,
    },
    /// Open everything that is kept once and tell what is broken.
    Check {
        /// Also when nothing was found today.
        #[arg(long)]
        now: bool,
        /// Remove what is broken.
        #[arg(long)]
        mend: bool,
    },
    /// Hear whether this phone may go on; it is wiped when it was disabled.
    CheckIn,
    /// Wipe everything and tell the portal.
    SignOut,
}
