package cn.quanshengshi.app

import android.Manifest
import android.app.AlertDialog
import android.app.KeyguardManager
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.provider.Settings.ACTION_APPLICATION_DETAILS_SETTINGS
import android.provider.Settings.ACTION_INTERNAL_STORAGE_SETTINGS
import cn.quanshengshi.app.screens.OpeningScreen
import cn.quanshengshi.app.screens.ScanScreen
import cn.quanshengshi.app.screens.TypeScreen
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say

private const val CAMERA = 1

/** What the window asks of the person and of the system. */
internal class Asking(private val host: MainActivity) {
    private var waiting: ((CameraTrouble?) -> Unit)? = null

    /** Asks for the camera; the answer comes by the activity. */
    fun camera(answer: (CameraTrouble?) -> Unit) {
        waiting = answer
        host.requestPermissions(arrayOf(Manifest.permission.CAMERA), CAMERA)
    }

    fun answered(results: IntArray) {
        val answer = waiting ?: return
        waiting = null
        answer(
            when {
                results.firstOrNull() == PackageManager.PERMISSION_GRANTED -> null
                host.shouldShowRequestPermissionRationale(Manifest.permission.CAMERA) -> CameraTrouble.DENIED
                else -> CameraTrouble.DENIED_FOREVER
            },
        )
    }

    fun sure(words: Say, note: Say, act: () -> Unit) {
        val theme = if (host.look.light) {
            android.R.style.Theme_Material_Light_Dialog_Alert
        } else {
            android.R.style.Theme_Material_Dialog_Alert
        }
        AlertDialog.Builder(host, theme)
            .setTitle(host.say(words))
            .setMessage(host.say(note))
            .setPositiveButton(host.say(words)) { _, _ -> act() }
            .setNegativeButton(host.say(Say.CANCEL), null)
            .show()
    }

    fun act(remedy: Remedy, again: () -> Unit) {
        when (remedy) {
            Remedy.HOME -> home(Tab.HOME)
            Remedy.OFFLINE_COPIES -> home(Tab.WALLET)
            Remedy.SCAN -> above { ScanScreen(host) }
            Remedy.TYPE_DIGITS -> above { TypeScreen(host) }
            Remedy.SYSTEM_SETTINGS -> {
                val own = Uri.fromParts("package", host.packageName, null)
                host.startActivity(Intent(ACTION_APPLICATION_DETAILS_SETTINGS, own))
            }
            Remedy.OPEN_FILE -> host.pick()
            Remedy.FREE_SPACE -> host.startActivity(Intent(ACTION_INTERNAL_STORAGE_SETTINGS))
            Remedy.UNLOCK -> unlock(again)
            Remedy.RESET -> sure(Say.RESET, Say.SIGN_OUT_NOTE, ::reset)
            Remedy.RETRY, Remedy.OTHER_WAYS, Remedy.FORGET_COPY -> again()
        }
    }

    /** Home, or as near to it as a phone comes that could not be opened. */
    private fun home(tab: Tab) = if (host.session.handset == null) host.renew() else host.home(tab)

    private fun above(screen: () -> Screen) {
        home(Tab.HOME)
        if (host.session.handset != null) host.open(screen())
    }

    private fun reset() {
        host.session.renew()
        host.replace(OpeningScreen(host, host::opened, reset = true))
    }

    private fun unlock(again: () -> Unit) {
        val guard = host.getSystemService(KeyguardManager::class.java)
        if (!guard.isDeviceLocked) return again()
        guard.requestDismissKeyguard(
            host,
            object : KeyguardManager.KeyguardDismissCallback() {
                override fun onDismissSucceeded() = again()
            },
        )
    }
}
