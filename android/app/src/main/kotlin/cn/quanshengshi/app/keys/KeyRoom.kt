package cn.quanshengshi.app.keys

import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import cn.quanshengshi.core.HostKeyException
import java.security.GeneralSecurityException
import java.security.Key
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import java.security.cert.Certificate
import javax.crypto.AEADBadTagException

/** The phone's provider of keys that never leave it. */
internal const val PROVIDER = "AndroidKeyStore"

/** Every key of this app begins with it. */
private const val OURS = "qss."

/** What this phone can do for a key. */
interface KeyGround {
    /** Whether there is a chip of its own for keys. */
    val strongBox: Boolean

    /** Whether the screen has a lock: without one there is nobody to confirm anything. */
    val screenLock: Boolean

    /** Whether the phone is locked now. */
    val lockedNow: Boolean
}

/**
 * The keys of this app in the phone's keystore. One that the system has made useless for good, because the screen's
 * lock was taken away, takes all others with it: what was sealed under them can never be read again.
 */
class KeyRoom(private val ground: KeyGround) {
    private val store: KeyStore by lazy { KeyStore.getInstance(PROVIDER).apply { load(null) } }

    /** The key of a name; none when there is none. */
    internal fun key(name: String): Key? = store.getKey(OURS + name, null)

    /** The public half of a name. */
    internal fun public(name: String) = store.getCertificate(OURS + name)?.publicKey

    /** The certificates of a name, its own first; none when there is no such key. */
    internal fun chain(name: String): List<Certificate> = store.getCertificateChain(OURS + name)?.toList().orEmpty()

    /** Makes a key in the chip for keys, or without it where there is none or it is full. */
    internal fun <T> make(name: String, made: (alias: String, strongBox: Boolean) -> T): T =
        try {
            made(OURS + name, ground.strongBox)
        } catch (_: StrongBoxUnavailableException) {
            made(OURS + name, false)
        }

    /** Removes a key; there being none is well. */
    internal fun remove(name: String) = store.deleteEntry(OURS + name)

    /** Removes every key of this app. */
    fun removeAll() = store.aliases().toList().filter { it.startsWith(OURS) }.forEach(store::deleteEntry)

    /** Runs a call of the keystore and says its errors as the core knows them. */
    internal fun <T> guarded(call: () -> T): T =
        try {
            call()
        } catch (error: GeneralSecurityException) {
            throw told(error)
        } catch (error: ProviderException) {
            throw told(error)
        }

    /** Providers wrap what the keystore says: the first cause that is known counts. */
    private fun told(error: Exception): HostKeyException {
        val causes = generateSequence<Throwable>(error) { it.cause }
        return when {
            causes.any { it is KeyPermanentlyInvalidatedException || it is UnrecoverableKeyException } -> {
                removeAll()
                HostKeyException.KeyGone()
            }
            // A key that wants an unlocked phone fails in many ways while it is locked.
            ground.lockedNow || causes.any { it is UserNotAuthenticatedException } -> HostKeyException.Locked()
            causes.any { it is AEADBadTagException } -> HostKeyException.Refused()
            else -> HostKeyException.Failed(error.javaClass.simpleName)
        }
    }
}
