package dev.voxlog.ingress.twilio;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// `X-Twilio-Signature`: base64 of HMAC-SHA1 over the public URL and the sorted form fields.
///
/// Source: https://www.twilio.com/docs/usage/security. A URL counts with and without its port, as
/// Twilio's own validators do.
public final class TwilioSignature {
  private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(&|$)");

  private final byte[] token;

  public TwilioSignature(String authToken) {
    token = authToken.getBytes(StandardCharsets.UTF_8);
  }

  /// `form` holds every value of each field; it is empty for GET, WebSocket handshakes and JSON
  /// bodies.
  public String of(String url, Map<String, List<String>> form) {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(form)
        .forEach((name, values) ->
            new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
    return Base64.getEncoder().encodeToString(hmac(text.toString()));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token, "HmacSHA1"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HmacSHA1", e);
    }
  }

  /// Whether the signature was made with the token; takes the same time wherever it differs.
  public boolean isValid(@Nullable String signature, String url, Map<String, List<String>> form) {
    if (signature == null) {
      return false;
    }
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    boolean isValid = false;
    for (String candidate : withAndWithoutPort(url)) {
      isValid |= MessageDigest.isEqual(given, of(candidate, form).getBytes(StandardCharsets.UTF_8));
    }
    return isValid;
  }

  /// Whether a body that is not a form is the one the URL's `bodySHA256` speaks of; true if it
  /// speaks of none.
  public static boolean isBodyAsSigned(String url, byte[] body) {
    Matcher matcher = BODY_HASH.matcher(url);
    if (!matcher.find()) {
      return true;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return MessageDigest.isEqual(hash, HexFormat.of().parseHex(matcher.group(1)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  private static List<String> withAndWithoutPort(String url) {
    URI uri = URI.create(url);
    String scheme = String.valueOf(uri.getScheme());
    int usual = scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
    String authority = String.valueOf(uri.getRawAuthority());
    int afterScheme = scheme.length() + 3;
    String rest = url.substring(afterScheme + authority.length());
    List<String> candidates = new ArrayList<>(List.of(url));
    if (uri.getPort() < 0) {
      candidates.add(scheme + "://" + authority + ":" + usual + rest);
    } else {
      candidates.add(scheme + "://" + authority.substring(0, authority.lastIndexOf(':')) + rest);
    }
    return candidates;
  }
}
