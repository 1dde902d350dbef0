// ofdrw beside our own writer, sealer and verifier (issue 5).
//
//   make FOLDER    writes root.cer and documents made and sealed by ofdrw, good ones and altered ones
//   check FILE…    one line a file: VALID or INVALID, then its name, as ofdrw judges digests and SM2

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.ofdrw.gm.ses.v1.SES_ESPictrueInfo;
import org.ofdrw.gm.ses.v1.SES_Header;
import org.ofdrw.gm.ses.v4.SES_CertList;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.element.Paragraph;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.sign.ExtendSignatureContainer;
import org.ofdrw.sign.NumberFormatAtomicSignID;
import org.ofdrw.sign.OFDSigner;
import org.ofdrw.sign.SignMode;
import org.ofdrw.sign.signContainer.GBT35275DSContainer;
import org.ofdrw.sign.signContainer.GBT35275PKCS9DSContainer;
import org.ofdrw.sign.signContainer.SESV1Container;
import org.ofdrw.sign.signContainer.SESV4Container;
import org.ofdrw.sign.stamppos.NormalStampPos;
import org.ofdrw.sign.verify.OFDValidator;
import org.ofdrw.sign.verify.container.GBT35275ValidateContainer;
import org.ofdrw.sign.verify.container.SESV1ValidateContainer;
import org.ofdrw.sign.verify.container.SESV4ValidateContainer;
import org.ofdrw.sign.verify.SignedDataValidateContainer;

public class Oracle {
    static final BouncyCastleProvider BC = new BouncyCastleProvider();
    static final Date FROM = new Date(1_577_836_800_000L);
    static final Date UNTIL = new Date(2_208_988_800_000L);
    static final String ROOT = "CN=Oracle Root,C=CN";
    static long serial = 1;

    public static void main(String[] args) throws Exception {
        Security.addProvider(BC);
        if (args[0].equals("make")) {
            make(Path.of(args[1]));
        } else {
            for (int at = 1; at < args.length; at++) {
                Path file = Path.of(args[at]);
                System.out.println((valid(file) ? "VALID " : "INVALID ") + file.getFileName());
            }
        }
    }

    static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec("sm2p256v1"));
        return generator.generateKeyPair();
    }

    static X509Certificate certificate(String name, PublicKey key, PrivateKey by, boolean authority)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(new X500Name(ROOT),
                BigInteger.valueOf(serial++), FROM, UNTIL, new X500Name(name), key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(authority
                ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                : KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        var signer = new JcaContentSignerBuilder("SM3withSM2").setProvider(BC).build(by);
        return new JcaX509CertificateConverter().setProvider(BC).getCertificate(builder.build(signer));
    }

    static byte[] sign(PrivateKey key, byte[] message) throws Exception {
        Signature signature = Signature.getInstance("SM3WithSM2", BC);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    static org.ofdrw.gm.ses.v4.SESeal sealV4(X509Certificate maker, PrivateKey key,
            X509Certificate signer, byte[] picture) throws Exception {
        var listed = new ASN1EncodableVector();
        listed.add(new DEROctetString(signer.getEncoded()));
        var property = new org.ofdrw.gm.ses.v4.SES_ESPropertyInfo()
                .setType(new ASN1Integer(1)).setName(new DERUTF8String("样例专用章"))
                .setCertListType(org.ofdrw.gm.ses.v4.SES_ESPropertyInfo.CertListType)
                .setCertList(SES_CertList.getInstance(
                        org.ofdrw.gm.ses.v4.SES_ESPropertyInfo.CertListType, new DERSequence(listed)))
                .setCreateDate(new ASN1GeneralizedTime(FROM))
                .setValidStart(new ASN1GeneralizedTime(FROM))
                .setValidEnd(new ASN1GeneralizedTime(UNTIL));
        var info = new org.ofdrw.gm.ses.v4.SES_SealInfo()
                .setHeader(new SES_Header(SES_Header.V4, new DERIA5String("ORACLE")))
                .setEsID(new DERIA5String("V4")).setProperty(property).setPicture(picture(picture));
        return new org.ofdrw.gm.ses.v4.SESeal().seteSealInfo(info).setCert(maker)
                .setSignAlgID(GMObjectIdentifiers.sm2sign_with_sm3)
                .setSignedValue(sign(key, info.getEncoded("DER")));
    }

    static org.ofdrw.gm.ses.v1.SESeal sealV1(X509Certificate maker, PrivateKey key,
            X509Certificate signer, byte[] picture) throws Exception {
        var listed = new ASN1EncodableVector();
        listed.add(new DEROctetString(signer.getEncoded()));
        var property = new org.ofdrw.gm.ses.v1.SES_ESPropertyInfo().setType(1).setName("样例专用章")
                .setCertList(new DERSequence(listed)).setCreateDate(new ASN1UTCTime(FROM))
                .setValidStart(new ASN1UTCTime(FROM)).setValidEnd(new ASN1UTCTime(UNTIL));
        var info = new org.ofdrw.gm.ses.v1.SES_SealInfo()
                .setHeader(new SES_Header(new ASN1Integer(1), new DERIA5String("ORACLE")))
                .setEsID("V1").setProperty(property).setPicture(picture(picture));
        var signed = new ASN1EncodableVector();
        signed.add(info);
        signed.add(new DEROctetString(maker.getEncoded()));
        signed.add(GMObjectIdentifiers.sm2sign_with_sm3);
        var by = new org.ofdrw.gm.ses.v1.SES_SignInfo()
                .setCert(new DEROctetString(maker.getEncoded()))
                .setSignatureAlgorithm(GMObjectIdentifiers.sm2sign_with_sm3)
                .setSignData(sign(key, new DERSequence(signed).getEncoded("DER")));
        return new org.ofdrw.gm.ses.v1.SESeal().setEsealInfo(info).setSignInfo(by);
    }

    static SES_ESPictrueInfo picture(byte[] bytes) {
        return new SES_ESPictrueInfo().setType("PNG").setData(bytes).setWidth(30).setHeight(30);
    }

    static void make(Path folder) throws Exception {
        KeyPair root = pair();
        KeyPair maker = pair();
        KeyPair signer = pair();
        X509Certificate rootCertificate =
                certificate(ROOT, root.getPublic(), root.getPrivate(), true);
        X509Certificate makerCertificate =
                certificate("CN=Oracle Maker,C=CN", maker.getPublic(), root.getPrivate(), false);
        X509Certificate signerCertificate =
                certificate("CN=Oracle Signer,C=CN", signer.getPublic(), root.getPrivate(), false);
        Files.write(folder.resolve("root.cer"), rootCertificate.getEncoded());
        Path plain = folder.resolve("plain.ofd");
        try (OFDDoc document = new OFDDoc(plain)) {
            document.add(new Paragraph("Certificate of nobody"));
        }
        byte[] picture = java.util.Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"
                + "FcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
        var v4 = sealV4(makerCertificate, maker.getPrivate(), signerCertificate, picture);
        var v1 = sealV1(makerCertificate, maker.getPrivate(), signerCertificate, picture);
        PrivateKey key = signer.getPrivate();
        seal(plain, folder.resolve("v4.ofd"), new SESV4Container(key, v4, signerCertificate), true);
        seal(plain, folder.resolve("v1.ofd"), new SESV1Container(key, v1, signerCertificate), true);
        seal(plain, folder.resolve("gbt35275.ofd"),
                new GBT35275DSContainer(signerCertificate, key), false);
        seal(plain, folder.resolve("pkcs9.ofd"),
                new GBT35275PKCS9DSContainer(signerCertificate, key), false);
        seal(folder.resolve("v4.ofd"), folder.resolve("twice.ofd"),
                new SESV4Container(key, v4, signerCertificate), true);
        for (String name : new String[] {"v4", "v1", "gbt35275", "pkcs9", "twice"}) {
            Path good = folder.resolve(name + ".ofd");
            alter(good, folder.resolve(name + "_text.ofd"), "Content.xml",
                    bytes -> (new String(bytes) + " ").getBytes());
            alter(good, folder.resolve(name + "_signature.ofd"), "Signature.xml",
                    bytes -> (new String(bytes) + "\n").getBytes());
            alter(good, folder.resolve(name + "_value.ofd"), "SignedValue.dat", bytes -> {
                bytes[bytes.length - 1] ^= 1;
                return bytes;
            });
        }
    }

    static void seal(Path from, Path to, ExtendSignatureContainer container, boolean stamp)
            throws Exception {
        try (OFDReader reader = new OFDReader(from);
                OFDSigner signer = new OFDSigner(reader, to, new NumberFormatAtomicSignID())) {
            signer.setSignMode(SignMode.ContinueSign);
            signer.setSignContainer(container);
            if (stamp) {
                signer.addApPos(new NormalStampPos(1, 50, 50, 30, 30));
            }
            signer.exeSign();
        }
    }

    /** Copies a package with one kind of entry changed. */
    static void alter(Path from, Path to, String ending, UnaryOperator<byte[]> change)
            throws Exception {
        try (InputStream in = Files.newInputStream(from); ZipInputStream zip = new ZipInputStream(in);
                OutputStream out = Files.newOutputStream(to);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null;) {
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] bytes = zip.readAllBytes();
                copy.putNextEntry(new ZipEntry(entry.getName()));
                copy.write(entry.getName().endsWith(ending) ? change.apply(bytes) : bytes);
            }
        }
    }

    /** Whether one of ofdrw's validators accepts every signature of a file. */
    static boolean valid(Path file) {
        SignedDataValidateContainer[] kinds = {new SESV4ValidateContainer(),
            new SESV1ValidateContainer(), new GBT35275ValidateContainer()};
        for (SignedDataValidateContainer kind : kinds) {
            try (OFDReader reader = new OFDReader(file);
                    OFDValidator validator = new OFDValidator(reader)) {
                validator.setValidator(kind);
                validator.exeValidate();
                return true;
            } catch (Throwable refused) {
                // Another kind may know its signed value.
            }
        }
        return false;
    }
}
