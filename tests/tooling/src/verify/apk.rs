//! The Android package of the app: resources linked, classes translated, aligned, signed, and looked at again.
//!
//! It shows that manifest and resources are whole and that every class can be translated for the
//! oldest Android that is meant. It has no native library: that needs the NDK, and the build of
//! Android Studio (`android/app/build.gradle.kts`) puts it in.

use std::fs;
use std::path::{Path, PathBuf};

use super::count::Count;
use super::kotlin::OUTPUT;
use crate::needs::APK;
use crate::run::{command, held_quietly, step, top};

/// The translator of classes. Not every registry has it.
const R8: (&str, &str) = ("com.android.tools:r8:9.5.28", "r8-9.5.28.jar");
const OLDEST: &str = "29";
const NEWEST: &str = "34";
/// A key for this check alone, made anew each time: whoever publishes the app has their own.
const PASSWORD: &str = "pass:for-this-check";

/// What must stand in the manifest as it was packed.
const SAID: [&str; 3] = [
    "allowBackup(0x01010280)=false",
    "usesCleartextTraffic(0x010104ec)=false",
    "dataExtractionRules(0x0101063e)=@",
];

/// Assembles and checks the package, or says what it lacks.
pub(super) fn verify(count: &mut Count) {
    let Some(translator) = translator() else {
        return count.skip("APK", "Maven cannot fetch d8 here");
    };
    if !APK.meet() {
        return count.skip(
            "APK",
            "no aapt2, zipalign and apksigner, and they cannot be installed here",
        );
    }
    let made = step("APK", || {
        Package::new(translator).and_then(|package| package.made())
    });
    if let Err(why) = &made {
        println!("APK: {why}");
    }
    count.one("the APK is whole, aligned and signed", made.is_ok());
}

fn translator() -> Option<PathBuf> {
    let (artifact, file) = R8;
    let folder = top().join("target/tools");
    let jar = folder.join(file);
    if !jar.is_file() {
        let artifact = format!("-Dartifact={artifact}");
        let output = format!("-DoutputDirectory={}", folder.display());
        held_quietly(&["mvn", "-B", "-q", "dependency:copy", &artifact, &output]);
    }
    jar.is_file().then_some(jar)
}

/// The places of one package.
struct Package {
    translator: PathBuf,
    app: PathBuf,
    classes: PathBuf,
    platform: PathBuf,
    work: PathBuf,
}

impl Package {
    /// An empty folder to work in, and the framework that the app was compiled against.
    fn new(translator: PathBuf) -> Result<Self, String> {
        let classes = top().join(OUTPUT);
        let platform = files(&classes.join("app/platform"), "jar");
        let platform = platform.into_iter().next();
        let work = classes.join("app/apk");
        let _ = fs::remove_dir_all(&work);
        fs::create_dir_all(work.join("dex")).map_err(|error| error.to_string())?;
        Ok(Self {
            translator,
            app: top().join("android/app"),
            platform: platform.ok_or("the app was not compiled yet")?,
            classes,
            work,
        })
    }

    fn made(&self) -> Result<(), String> {
        self.link()?;
        self.translate()?;
        self.seal()?;
        self.look_again()
    }

    fn link(&self) -> Result<(), String> {
        let resources = self.at("resources.zip");
        let folder = text(&self.app.join("src/main/res"));
        run(&["aapt2", "compile", "--dir", &folder, "-o", &resources])?;
        // Debian's aapt2 is older than the element `queries` and would refuse it.
        run(&[
            "aapt2",
            "link",
            "--warn-manifest-validation",
            "-I",
            &text(&self.platform),
            "--manifest",
            &text(&self.app.join("src/main/AndroidManifest.xml")),
            "--min-sdk-version",
            OLDEST,
            "--target-sdk-version",
            NEWEST,
            "-A",
            &text(&self.app.join("src/sample/assets")),
            "-o",
            &self.at("bare.apk"),
            &resources,
        ])
    }

    /// Classes of kit and app and of what they need, as the phone runs them.
    fn translate(&self) -> Result<(), String> {
        let own = self.at("own.jar");
        let kit = text(&self.classes.join("classes"));
        let app = text(&self.classes.join("app/classes"));
        run(&["jar", "cf", &own, "-C", &kit, "cn", "-C", &app, "cn"])?;
        let mut line = command(&["java", "-Xmx2g", "-cp", &text(&self.translator)]);
        line.args(["com.android.tools.r8.D8", "--release", "--min-api", OLDEST]);
        line.arg("--lib").arg(&self.platform);
        line.arg("--output").arg(self.work.join("dex")).arg(own);
        line.args(files(&self.classes.join("app/runtime"), "jar"));
        ended_well("d8", &mut line)?;
        let bare = self.at("bare.apk");
        let dex = self.at("dex");
        run(&["jar", "ufM", &bare, "-C", &dex, "."])
    }

    fn seal(&self) -> Result<(), String> {
        let (bare, aligned) = (self.at("bare.apk"), self.at("aligned.apk"));
        run(&["zipalign", "-f", "-p", "4", &bare, &aligned])?;
        let keys = self.at("check.p12");
        run(&[
            "keytool",
            "-genkeypair",
            "-keystore",
            &keys,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD.trim_start_matches("pass:"),
            "-alias",
            "check",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=check",
            "-validity",
            "2",
        ])?;
        let signed = self.at("app.apk");
        let sign = ["apksigner", "sign", "--ks", &keys, "--ks-pass", PASSWORD];
        let rest = ["--min-sdk-version", OLDEST, "--out", &signed, &aligned];
        run(&[sign.as_slice(), rest.as_slice()].concat())
    }

    /// Signature and places hold, and the manifest says in the package what it says in the source.
    fn look_again(&self) -> Result<(), String> {
        let signed = self.at("app.apk");
        run(&["apksigner", "verify", "--min-sdk-version", OLDEST, &signed])?;
        run(&["zipalign", "-c", "-p", "4", &signed])?;
        let tree = [
            "aapt2",
            "dump",
            "xmltree",
            "--file",
            "AndroidManifest.xml",
            &signed,
        ];
        let said = command(&tree).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        for wanted in SAID {
            if !said.contains(wanted) {
                return Err(format!(
                    "the packed manifest does not say {wanted}:\n{said}"
                ));
            }
        }
        let size = fs::metadata(&signed)
            .map_err(|error| error.to_string())?
            .len();
        println!("   {signed}: {} kB without the native library", size / 1024);
        Ok(())
    }

    fn at(&self, name: &str) -> String {
        text(&self.work.join(name))
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// The files of a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut found: Vec<PathBuf> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == ending)
        })
        .collect();
    found.sort();
    found
}

fn run(line: &[&str]) -> Result<(), String> {
    ended_well(line.first().copied().unwrap_or(""), &mut command(line))
}

/// What a program said is worth reading only when it failed.
fn ended_well(name: &str, command: &mut std::process::Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{name}: {}", String::from_utf8_lossy(&said)))
}
