// For Android Studio; not built in this repository's checks, which use Maven (README.md).
// It needs the NDK and `cargo ndk` (cargo install cargo-ndk), and the generated Kotlin of android/kit/README.md.
plugins {
    id("com.android.application") version "8.13.0"
    kotlin("android") version "2.2.20"
}

val top = rootDir.resolve("../..")
val natives = layout.buildDirectory.dir("natives")

android {
    namespace = "cn.quanshengshi.app"
    compileSdk = 34
    defaultConfig {
        minSdk = 29
        targetSdk = 34
        ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets["main"].apply {
        kotlin.srcDirs("src/main/kotlin", "../kit/src/main/kotlin", top.resolve("target/bindings/kotlin"))
        jniLibs.srcDir(natives)
        // The folder that says which portal a build is for: -Pqss.portal=FOLDER.
        assets.srcDir(providers.gradleProperty("qss.portal").getOrElse("src/sample/assets"))
    }
}

dependencies {
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
}

val core by tasks.registering(Exec::class) {
    workingDir = top
    commandLine(
        "cargo", "ndk", "-t", "arm64-v8a", "-t", "x86_64", "-o", natives.get().asFile.path,
        "build", "--release", "--package", "quanshengshi-bindings", "--lib",
    )
}
tasks.named("preBuild") { dependsOn(core) }
