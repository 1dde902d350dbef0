package cn.quanshengshi.app.keys

import android.app.KeyguardManager
import android.content.Context
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager.Authenticators
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.texts.Say
import java.util.concurrent.CompletableFuture

/** What the system says of this phone. */
class PhoneGround(private val context: Context) : KeyGround {
    private val guard get() = context.getSystemService(KeyguardManager::class.java)

    override val strongBox: Boolean
        get() = context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)

    override val screenLock: Boolean get() = guard.isDeviceSecure

    override val lockedNow: Boolean get() = guard.isDeviceLocked
}

/** The system's sheet: fingerprint, face, or the screen's lock where these do not work. */
class PhonePerson(private val context: Context, private val language: () -> TextLanguage) : PersonAtHand {
    override fun confirm(): Boolean {
        check(context.mainLooper.thread !== Thread.currentThread()) { "the sheet needs the thread that would wait" }
        val answer = CompletableFuture<Boolean>()
        val prompt = BiometricPrompt.Builder(context)
            .setTitle(Say.UNLOCK_TITLE.text(language()))
            .setDescription(Say.UNLOCK_NOTE.text(language()))
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            prompt.setAllowedAuthenticators(Authenticators.BIOMETRIC_STRONG or Authenticators.DEVICE_CREDENTIAL)
        } else {
            @Suppress("DEPRECATION")
            prompt.setDeviceCredentialAllowed(true)
        }
        prompt.build().authenticate(CancellationSignal(), context.mainExecutor, Heard(answer))
        return answer.get()
    }

    private class Heard(private val answer: CompletableFuture<Boolean>) : BiometricPrompt.AuthenticationCallback() {
        override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult?) {
            answer.complete(true)
        }

        /** Cancelled, locked out, nothing enrolled. A finger that was not known is no end: the sheet stays. */
        override fun onAuthenticationError(code: Int, message: CharSequence?) {
            answer.complete(false)
        }
    }
}
