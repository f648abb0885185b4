package dev.voxlog.ingress;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A word that only the webhook could have given to one call's stream, so that nobody opens a
/// stream for a call that is not theirs. It needs no memory: any node with the same auth token
/// knows it.
final class StreamTokens {
  private final byte[] secret;

  StreamTokens(String authToken) {
    secret = authToken.getBytes(StandardCharsets.UTF_8);
  }

  String of(String carrierCallId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal(("stream:" + carrierCallId).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HmacSHA256", e);
    }
  }

  boolean isValid(@Nullable String token, String carrierCallId) {
    return token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8),
            of(carrierCallId).getBytes(StandardCharsets.UTF_8));
  }
}
