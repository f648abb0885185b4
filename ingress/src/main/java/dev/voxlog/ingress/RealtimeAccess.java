package dev.voxlog.ingress;

import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may open a Realtime session: whoever brings a token where there are tokens, and without them
/// this machine alone, by a name of its own; web pages only from where they may come. Immutable.
final class RealtimeAccess {
  private static final String BEARER = "Bearer ";
  private static final String BROWSER_TOKEN = "openai-insecure-api-key.";

  private final IngressConfig.Web web;
  private final List<byte[]> tokens;

  RealtimeAccess(IngressConfig.Web web) {
    this.web = web;
    tokens = web.realtime().tokens().stream().map(RealtimeAccess::digest).toList();
  }

  /// What a request brings: `authority` is whom it asks for, `origin` the page it comes from.
  record Knock(
      @Nullable HostAndPort authority,
      @Nullable String origin,
      @Nullable String authorization,
      List<String> subprotocols) {}

  /// Why nobody opens, with the HTTP status that says so.
  record Refusal(int status, String code, String message) {}

  /// Empty if the session may be opened.
  Optional<Refusal> refusal(Knock knock) {
    if (!web.takesRealtime()) {
      return refuse(
          403,
          "realtime-off",
          "Set ingress.realtime.tokens: others than this machine reach this node.");
    }
    if (knock.origin() != null && !isWelcome(knock.origin(), knock.authority())) {
      return refuse(
          403, "foreign-origin", "This page's origin is none of ingress.realtime.origins.");
    }
    if (tokens.isEmpty()) {
      boolean isOurName =
          knock.authority() != null && IngressConfig.isLoopback(knock.authority().host());
      return isOurName
          ? Optional.empty()
          : refuse(403, "foreign-host", "Without tokens this node answers to loopback's names.");
    }
    String token = token(knock);
    return token != null && isKnown(token)
        ? Optional.empty()
        : refuse(401, "invalid_api_key", "Bring one of ingress.realtime.tokens as a bearer token.");
  }

  private static Optional<Refusal> refuse(int status, String code, String message) {
    return Optional.of(new Refusal(status, code, message));
  }

  private boolean isWelcome(String origin, @Nullable HostAndPort authority) {
    boolean isOwn =
        authority != null
            && (origin.equals("http://" + authority) || origin.equals("https://" + authority));
    return isOwn || origin.equals(web.publicUrl()) || web.realtime().origins().contains(origin);
  }

  /// Browsers can send no header, and name the token as a subprotocol.
  private static @Nullable String token(Knock knock) {
    String authorization = knock.authorization();
    if (authorization != null) {
      boolean isBearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
      return isBearer ? authorization.substring(BEARER.length()).strip() : null;
    }
    return knock.subprotocols().stream()
        .filter(name -> name.startsWith(BROWSER_TOKEN))
        .map(name -> name.substring(BROWSER_TOKEN.length()))
        .findFirst()
        .orElse(null);
  }

  /// How long it takes tells nothing of the tokens, nor how long they are.
  private boolean isKnown(String token) {
    byte[] brought = digest(token);
    boolean isKnown = false;
    for (byte[] known : tokens) {
      isKnown |= MessageDigest.isEqual(known, brought);
    }
    return isKnown;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
