package dev.voxlog.schemas.media;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How an egress node proves that it knows the secret of an ingress node without saying it:
/// HMAC-SHA256, under the secret, of the challenge's nonce, of the address that egress means to
/// speak to and of its own name. A node that only claims to be that address gets a proof that no
/// other node takes. Stateless.
public final class MediaProof {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 32;

  private MediaProof() {}

  public static MediaFrame.Challenge challenge() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return new MediaFrame.Challenge(HexFormat.of().formatHex(nonce));
  }

  /// Egress `node`'s answer to the challenge of the ingress node at `mediaPort`, host:port; without
  /// a secret nothing is proved.
  public static MediaFrame.Hello answer(
      MediaFrame.Challenge challenge, String mediaPort, String node, String secret) {
    return new MediaFrame.Hello(
        node, secret.isEmpty() ? "" : proof(challenge, mediaPort, node, secret));
  }

  /// Whether whoever says hello knows the secret, in a time that tells nothing of the proof.
  public static boolean isProved(
      MediaFrame.Hello hello, MediaFrame.Challenge challenge, String mediaPort, String secret) {
    return MessageDigest.isEqual(
        bytes(hello.proof()), bytes(proof(challenge, mediaPort, hello.node(), secret)));
  }

  private static String proof(
      MediaFrame.Challenge challenge, String mediaPort, String node, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      String said = String.join("\n", challenge.nonce(), "ingress", mediaPort, "egress", node);
      return HexFormat.of().formatHex(mac.doFinal(bytes(said)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
