package cn.quanshengshi.app

import android.content.Context
import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.core.TextLanguage
import java.io.File
import java.io.FileNotFoundException
import java.util.Properties

/** The portal that this build is for, out of its assets. */
internal fun portalOf(context: Context, language: TextLanguage): HandsetConfig {
    val asset = { name: String ->
        try {
            context.assets.open(name).use { it.readBytes().decodeToString() }
        } catch (_: FileNotFoundException) {
            null
        }
    }
    val version = context.packageManager.getPackageInfo(context.packageName, 0).versionName ?: "0"
    return portalOf(asset, File(context.noBackupFilesDir, "handset"), version, language)
}

/**
 * The same out of any place: `portal.properties` and `roots.pem`, and `seal-roots.pem` where the province's seals have
 * a root.
 */
internal fun portalOf(
    asset: (String) -> String?,
    folder: File,
    version: String,
    language: TextLanguage,
): HandsetConfig {
    val named = Properties().apply { asset("portal.properties")?.let { load(it.reader()) } }
    val list = { name: String -> named.getProperty(name, "").split(' ').filter(String::isNotBlank) }
    val origin = requireNotNull(named.getProperty("origin")) { "portal.properties names no origin" }
    return HandsetConfig(
        dataFolder = folder.path,
        portalOrigin = origin,
        trustedOrigins = list("trusted").ifEmpty { listOf(origin) },
        rootsPem = requireNotNull(asset("roots.pem")) { "there is no roots.pem" },
        pins = list("pins"),
        portalKeys = list("keys"),
        sealRootsPem = asset("seal-roots.pem").orEmpty(),
        platform = HostPlatform.ANDROID,
        appVersion = version,
        language = language,
    )
}
