package cn.quanshengshi.app

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import java.io.InputStream
import java.io.OutputStream
import java.security.InvalidKeyException
import java.security.Key
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.PrivateKey
import java.security.Provider
import java.security.ProviderException
import java.security.PublicKey
import java.security.SecureRandom
import java.security.Signature
import java.security.SignatureSpi
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

/**
 * A provider with the name and the manners of the phone's own: what the app asks of a key is kept beside it, and keys
 * can be made useless as the system makes them. The chip itself is what no desktop has.
 */
class FakeKeystore : Provider(NAME, "1", "the manners of a phone's keystore") {
    init {
        put("KeyStore.$NAME", Store::class.java.name)
        put("KeyGenerator.AES", Secrets::class.java.name)
        put("KeyPairGenerator.EC", Pairs::class.java.name)
        put("Signature.SHA256withECDSA", Signing::class.java.name)
    }

    /** What is in the keystore, and how it behaves. */
    companion object Room {
        const val NAME = "AndroidKeyStore"

        /** Certificates of a key that somebody vouches for. */
        const val CHAIN = 3
        val keys = linkedMapOf<String, Key>()
        val public = mutableMapOf<String, PublicKey>()
        val asked = mutableMapOf<String, KeyGenParameterSpec>()

        /** Whether there is a chip of its own. */
        var chip = true

        /** Whether the phone's maker vouches for keys. */
        var attests = true

        /** Whether the lock of the screen was taken away. */
        var lockTaken = false

        /** Whether the person was confirmed a short while ago. */
        var confirmed = true

        /** A keystore as new. */
        fun clear() {
            listOf(keys, public, asked).forEach { it.clear() }
            chip = true
            attests = true
            lockTaken = false
            confirmed = true
        }

        internal fun keep(spec: KeyGenParameterSpec, key: Key) {
            if (spec.isStrongBoxBacked && !chip) throw StrongBoxUnavailableException()
            if (spec.attestationChallenge != null && !attests) throw ProviderException("no attestation")
            keys[spec.keystoreAlias] = key
            asked[spec.keystoreAlias] = spec
        }
    }

    /** The shelf. */
    class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? = keys[alias]

        override fun engineGetCertificate(alias: String): Certificate? = public[alias]?.let(::Bare)

        override fun engineDeleteEntry(alias: String) {
            keys -= alias
            public -= alias
        }

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(keys.keys.toList())

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineContainsAlias(alias: String) = alias in keys

        override fun engineSize() = keys.size

        override fun engineIsKeyEntry(alias: String) = alias in keys

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? =
            public[alias]?.let { key ->
                val vouched = asked.getValue(alias).attestationChallenge != null
                Array(if (vouched) CHAIN else 1) { Bare(key) }
            }

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) =
            throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()
    }

    /** Makes AES keys. */
    class Secrets : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(params: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = params as KeyGenParameterSpec
        }

        override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineGenerateKey(): SecretKey {
            val plain = KeyGenerator.getInstance("AES", "SunJCE").apply { init(spec.keySize) }.generateKey()
            return Guarded(plain).also { keep(spec, it) }
        }
    }

    /** Makes P-256 keys. */
    class Pairs : KeyPairGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun initialize(params: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = params as KeyGenParameterSpec
        }

        override fun initialize(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun generateKeyPair(): KeyPair {
            val curve = spec.algorithmParameterSpec as ECGenParameterSpec
            val pair = KeyPairGenerator.getInstance("EC", "SunEC").apply { initialize(curve) }.generateKeyPair()
            keep(spec, GuardedPair(pair.private, spec.isUserAuthenticationRequired))
            public[spec.keystoreAlias] = pair.public
            return KeyPair(pair.public, keys[spec.keystoreAlias] as PrivateKey)
        }
    }

    /** The system refuses a key when it is used, not when it is found. */
    private class Guarded(private val key: SecretKey) : SecretKey {
        override fun getAlgorithm(): String = key.algorithm

        override fun getFormat(): String = key.format

        override fun getEncoded(): ByteArray =
            if (lockTaken) throw KeyPermanentlyInvalidatedException() else key.encoded
    }

    /** A key that cannot leave the keystore has no bytes to be had; only the keystore itself signs with it. */
    private class GuardedPair(val key: PrivateKey, val personal: Boolean) : PrivateKey {
        override fun getAlgorithm(): String = key.algorithm

        override fun getFormat(): String? = null

        override fun getEncoded(): ByteArray? = null
    }

    /** Signs for whoever may. */
    class Signing : SignatureSpi() {
        private val real = Signature.getInstance("SHA256withECDSA", "SunEC")

        override fun engineInitSign(key: PrivateKey) {
            val guarded = key as? GuardedPair ?: throw InvalidKeyException("not of this keystore")
            if (lockTaken) throw KeyPermanentlyInvalidatedException()
            if (guarded.personal && !confirmed) throw UserNotAuthenticatedException()
            real.initSign(guarded.key)
        }

        override fun engineUpdate(byte: Byte) = real.update(byte)

        override fun engineUpdate(bytes: ByteArray, from: Int, count: Int) = real.update(bytes, from, count)

        override fun engineSign(): ByteArray = real.sign()

        override fun engineInitVerify(key: PublicKey) = throw InvalidKeyException("others verify")

        override fun engineVerify(signature: ByteArray) = throw UnsupportedOperationException()

        @Deprecated("Deprecated in Java")
        override fun engineSetParameter(name: String, value: Any) = throw UnsupportedOperationException()

        @Deprecated("Deprecated in Java")
        override fun engineGetParameter(name: String) = throw UnsupportedOperationException()
    }

    private class Bare(private val key: PublicKey) : Certificate("X.509") {
        override fun getPublicKey() = key

        override fun getEncoded(): ByteArray = key.encoded

        override fun verify(key: PublicKey) = Unit

        override fun verify(key: PublicKey, provider: String) = Unit

        override fun toString() = "bare"
    }
}
