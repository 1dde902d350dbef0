package cn.quanshengshi.kit

import cn.quanshengshi.core.HostDeviceKey
import cn.quanshengshi.core.HostKeyException
import cn.quanshengshi.core.HostKeystore
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

private const val NONCE_BYTES = 12
private const val TAG_BITS = 128
private const val COORDINATE_BYTES = 32

/** A device key as phone keystores have it: the JDK's P-256, signatures in DER with any S. */
class JvmDeviceKey : HostDeviceKey {
    private val pair =
        KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()

    override fun publicKey(): ByteArray {
        val point = (pair.public as ECPublicKey).w
        val coordinates = listOf(point.affineX, point.affineY).flatMap { number ->
            val digits = number.toByteArray().dropWhile { it == 0.toByte() }
            List(COORDINATE_BYTES - digits.size) { 0.toByte() } + digits
        }
        return byteArrayOf(4) + coordinates.toByteArray()
    }

    override fun sign(content: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(pair.private)
            update(content)
            sign()
        }

    /** Nobody vouches for a key of the JDK. */
    override fun attestation(): List<ByteArray> = emptyList()
}

/** A keystore as phones have it: AES-GCM under keys that never leave it, one a purpose. */
class JvmKeystore : HostKeystore {
    private val keys = ConcurrentHashMap<String, SecretKey>()

    /** While set, every call says that the device is locked. */
    @Volatile
    var locked = false

    override fun seal(purpose: String, plain: ByteArray): ByteArray {
        unlocked()
        val key = keys.computeIfAbsent(purpose) { KeyGenerator.getInstance("AES").apply { init(256) }.generateKey() }
        val cipher = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.ENCRYPT_MODE, key) }
        cipher.updateAAD(purpose.toByteArray())
        return cipher.iv + cipher.doFinal(plain)
    }

    override fun openSealed(purpose: String, sealed: ByteArray): ByteArray {
        unlocked()
        val key = keys[purpose] ?: throw HostKeyException.KeyGone()
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES))
        cipher.updateAAD(purpose.toByteArray())
        return try {
            cipher.doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
        } catch (_: AEADBadTagException) {
            throw HostKeyException.Refused()
        }
    }

    override fun destroy(purpose: String) {
        unlocked()
        keys.remove(purpose)
    }

    /** Loses every key, as a restored backup does. */
    fun loseKeys() = keys.clear()

    private fun unlocked() {
        if (locked) throw HostKeyException.Locked()
    }
}
