package dev.voxlog.cli.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The port's certificate chain and key: readable, valid now, of each other, and for the name that
/// callers use.
final class TlsChecks {
  private static final String AREA = "TLS";
  private static final Duration SOON = Duration.ofDays(14);
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  private final Path cert;
  private final Path key;
  private final Instant now;

  TlsChecks(Path cert, Path key, Instant now) {
    this.cert = cert;
    this.key = key;
    this.now = now;
  }

  /// `publicUrl` is the address that callers know this node by.
  List<Finding> all(@Nullable String publicUrl) {
    List<X509Certificate> chain;
    try {
      chain = chain();
    } catch (IOException | CertificateException e) {
      return List.of(
          Finding.bad(
              AREA,
              "ingress.tls.cert %s cannot be read: %s".formatted(cert, e.getMessage()),
              "give the path of a PEM file that this user may read, its own certificate first"));
    }
    if (chain.isEmpty()) {
      return List.of(
          Finding.bad(
              AREA,
              "ingress.tls.cert %s holds no certificate".formatted(cert),
              "give a PEM file with BEGIN CERTIFICATE, the node's own first"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(validity(chain.getFirst()));
    findings.add(key(chain.getFirst()));
    order(chain).ifPresent(findings::add);
    if (publicUrl != null) {
      findings.add(name(chain.getFirst(), URI.create(publicUrl).getHost()));
    }
    return findings;
  }

  private List<X509Certificate> chain() throws IOException, CertificateException {
    Collection<? extends java.security.cert.Certificate> read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(cert)));
    return read.stream().map(X509Certificate.class::cast).toList();
  }

  private Finding validity(X509Certificate own) {
    Instant from = own.getNotBefore().toInstant();
    Instant until = own.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return Finding.bad(
          AREA,
          "the certificate is valid from " + from,
          "wait, set this machine's clock, or install one that is valid now");
    }
    if (now.isAfter(until)) {
      return Finding.bad(
          AREA, "the certificate expired at " + until, "install a new one and start anew");
    }
    return now.plus(SOON).isAfter(until)
        ? Finding.note(
            AREA, "the certificate expires at " + until, "install a new one and start anew")
        : Finding.ok(AREA, "the certificate is valid until " + until);
  }

  private Finding key(X509Certificate own) {
    try {
      Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        return Finding.bad(
            AREA,
            "ingress.tls.key %s holds no unencrypted PKCS#8 key".formatted(key),
            "convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out " + key);
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey secret =
          KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(bytes));
      if (isPair(secret, own)) {
        return Finding.ok(AREA, "the key is the certificate's");
      }
    } catch (IOException e) {
      return Finding.bad(
          AREA,
          "ingress.tls.key %s cannot be read".formatted(key),
          "give the path of a PEM file that this user may read");
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // Another algorithm's key, or none: not the certificate's.
    }
    return Finding.bad(
        AREA,
        "ingress.tls.key %s is not the key of ingress.tls.cert's first certificate".formatted(key),
        "give the key that the certificate was made with; the node's own certificate comes first");
  }

  private static boolean isPair(PrivateKey secret, X509Certificate own)
      throws GeneralSecurityException {
    String algorithm = own.getPublicKey().getAlgorithm();
    String name =
        switch (algorithm) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> algorithm;
        };
    byte[] said = "voxlog".getBytes(StandardCharsets.US_ASCII);
    Signature signing = Signature.getInstance(name);
    signing.initSign(secret);
    signing.update(said);
    byte[] signed = signing.sign();
    Signature verifying = Signature.getInstance(name);
    verifying.initVerify(own.getPublicKey());
    verifying.update(said);
    return verifying.verify(signed);
  }

  private static Optional<Finding> order(List<X509Certificate> chain) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!chain
          .get(i)
          .getIssuerX500Principal()
          .equals(chain.get(i + 1).getSubjectX500Principal())) {
        return Optional.of(
            Finding.bad(
                AREA,
                "certificate %d of the chain did not issue certificate %d".formatted(i + 2, i + 1),
                "put them in order: the node's own, then each one's issuer"));
      }
    }
    X509Certificate own = chain.getFirst();
    boolean isOwnIssuer = own.getIssuerX500Principal().equals(own.getSubjectX500Principal());
    return isOwnIssuer
        ? Optional.of(
            Finding.note(
                AREA,
                "the certificate signs itself: carriers, browsers and clients refuse it",
                "install one of an authority that they trust; for trying, NODE_EXTRA_CA_CERTS names it to a client"))
        : Optional.empty();
  }

  private static Finding name(X509Certificate own, String host) {
    List<String> names = names(own);
    return names.stream().anyMatch(name -> matches(name, host))
        ? Finding.ok(AREA, "the certificate is for " + host)
        : Finding.bad(
            AREA,
            "the certificate is for %s, callers ask for %s"
                .formatted(String.join(", ", names), host),
            "install one for %s, or set ingress.publicUrl to a name it has; behind a proxy that has its own, take ingress.tls.* away"
                .formatted(host));
  }

  private static List<String> names(X509Certificate own) {
    try {
      Collection<List<?>> names = own.getSubjectAlternativeNames();
      return names == null
          ? List.of("no host at all")
          : names.stream()
              .map(each -> String.valueOf(each.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateException _) {
      return List.of("names that cannot be read");
    }
  }

  /// A wildcard stands for one label.
  private static boolean matches(String name, String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    int dot = asked.indexOf('.');
    return name.equals(asked) || dot > 0 && name.equals("*" + asked.substring(dot));
  }
}
