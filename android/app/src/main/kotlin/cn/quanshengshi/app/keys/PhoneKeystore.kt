package cn.quanshengshi.app.keys

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import cn.quanshengshi.core.HostKeyException
import cn.quanshengshi.core.HostKeystore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

private const val KEY_BITS = 256
private const val NONCE_BYTES = 12
private const val TAG_BITS = 128
private const val CIPHER = "AES/GCM/NoPadding"

/** Wraps the vault's keys under AES keys of the phone, one a purpose. A sealed text is nonce, text, tag. */
class PhoneKeystore(private val keys: KeyRoom, private val ground: KeyGround) : HostKeystore {
    override fun seal(purpose: String, plain: ByteArray): ByteArray =
        keys.guarded {
            val key = keys.key(nameOf(purpose)) as? SecretKey ?: keys.make(nameOf(purpose), ::made)
            // The keystore chooses the nonce: it refuses one from outside.
            val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, key) }
            cipher.updateAAD(purpose.toByteArray())
            cipher.iv + cipher.doFinal(plain)
        }

    override fun openSealed(purpose: String, sealed: ByteArray): ByteArray =
        keys.guarded {
            if (sealed.size <= NONCE_BYTES) throw HostKeyException.Refused()
            val key = keys.key(nameOf(purpose)) as? SecretKey ?: throw HostKeyException.KeyGone()
            val cipher = Cipher.getInstance(CIPHER)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES))
            cipher.updateAAD(purpose.toByteArray())
            cipher.doFinal(sealed, NONCE_BYTES, sealed.size - NONCE_BYTES)
        }

    override fun destroy(purpose: String) = keys.guarded { keys.remove(nameOf(purpose)) }

    private fun nameOf(purpose: String) = "vault.$purpose"

    private fun made(alias: String, strongBox: Boolean): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(alias, purposes)
            .setKeySize(KEY_BITS)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setUnlockedDeviceRequired(ground.screenLock)
            .setIsStrongBoxBacked(strongBox)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec) }.generateKey()
    }
}
