package cn.quanshengshi.app.keys

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import cn.quanshengshi.core.HostDeviceKey
import cn.quanshengshi.core.HostKeyException
import cn.quanshengshi.core.deviceKeyChallenge
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.PrivateKey
import java.security.ProviderException
import java.security.PublicKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

private const val NAME = "device"
private const val COORDINATE_BYTES = 32
private const val UNCOMPRESSED: Byte = 4

/** Seconds that one confirmation counts, unlocking the phone among them: asked too often, people stop reading. */
private const val CONFIRMED_FOR_S = 600

/** Asks the person to show that it is them; waits for the answer, and never on the thread that draws. */
fun interface PersonAtHand {
    /** Whether they did. */
    fun confirm(): Boolean
}

/** The P-256 key that signs for this phone. With a lock on the screen it signs only after the person was confirmed. */
class PhoneDeviceKey(private val keys: KeyRoom, private val ground: KeyGround, private val person: PersonAtHand) :
    HostDeviceKey {
    override fun publicKey(): ByteArray =
        keys.guarded {
            val point = ((keys.public(NAME) ?: keys.make(NAME, ::made)) as ECPublicKey).w
            byteArrayOf(UNCOMPRESSED) + digits(point.affineX) + digits(point.affineY)
        }

    override fun sign(content: ByteArray): ByteArray =
        try {
            signed(content)
        } catch (locked: HostKeyException.Locked) {
            // Over the lock of the screen nobody can be asked.
            if (ground.lockedNow || !person.confirm()) throw locked
            signed(content)
        }

    /** What the phone's maker says of the key. One that comes alone is signed by itself and says nothing. */
    override fun attestation(): List<ByteArray> =
        keys.guarded { keys.chain(NAME).takeIf { it.size > 1 }.orEmpty().map { it.encoded } }

    private fun signed(content: ByteArray): ByteArray =
        keys.guarded {
            val key = keys.key(NAME) as? PrivateKey ?: throw HostKeyException.KeyGone()
            Signature.getInstance("SHA256withECDSA").run {
                initSign(key)
                update(content)
                sign()
            }
        }

    /** With what the maker says of it; some phones cannot say anything, and their key is made without. */
    private fun made(alias: String, strongBox: Boolean): PublicKey =
        try {
            made(alias, strongBox, deviceKeyChallenge())
        } catch (full: StrongBoxUnavailableException) {
            throw full
        } catch (_: ProviderException) {
            made(alias, strongBox, null)
        }

    private fun made(alias: String, strongBox: Boolean, challenge: ByteArray?): PublicKey {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256)
            .setIsStrongBoxBacked(strongBox)
            .setAttestationChallenge(challenge)
        if (ground.screenLock) spec.confirmed()
        val pairs = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, PROVIDER)
        return pairs.apply { initialize(spec.build()) }.generateKeyPair().public
    }

    private fun KeyGenParameterSpec.Builder.confirmed() {
        setUserAuthenticationRequired(true)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            val ways = KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL
            setUserAuthenticationParameters(CONFIRMED_FOR_S, ways)
        } else {
            @Suppress("DEPRECATION")
            setUserAuthenticationValidityDurationSeconds(CONFIRMED_FOR_S)
        }
    }

    private fun digits(number: BigInteger): ByteArray {
        val bytes = number.toByteArray().dropWhile { it == 0.toByte() }
        return ByteArray(COORDINATE_BYTES - bytes.size) + bytes.toByteArray()
    }
}
