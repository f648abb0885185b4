package dev.voxlog.runtime.gate;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets in whoever brings a token where there are tokens, and without them this machine alone, by a
/// name of its own; web pages only from where they may come. Safe from any thread.
public final class Gate {
  private static final String BEARER = "Bearer ";
  private static final String BROWSER_TOKEN = "openai-insecure-api-key.";

  private final Visitors visitors;
  private final Reach reach;
  private final List<byte[]> tokens;
  private final WrongTokens wrongTokens;

  public Gate(Visitors visitors, Reach reach, InstantSource clock) {
    this.visitors = visitors;
    this.reach = reach;
    this.tokens = visitors.tokens().stream().map(Gate::digest).toList();
    this.wrongTokens = new WrongTokens(clock);
  }

  /// What a request brings: `authority` is whom it asks for, `origin` the page it comes from,
  /// `address` whence it came.
  public record Knock(
      @Nullable HostAndPort authority,
      @Nullable String origin,
      @Nullable String authorization,
      List<String> subprotocols,
      @Nullable String address) {

    public static Knock of(HttpServerRequest request) {
      String subprotocols = request.getHeader("Sec-WebSocket-Protocol");
      return new Knock(
          request.authority(),
          request.getHeader("Origin"),
          request.getHeader("Authorization"),
          subprotocols == null ? List.of() : Arrays.asList(subprotocols.split("\\s*,\\s*")),
          request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
    }
  }

  /// Why nobody opens, with the HTTP status that says so.
  public record Refusal(int status, String code, String message) {}

  /// Whether anybody may come in at all.
  public boolean isOpen() {
    return !tokens.isEmpty() || !reach.isOpenToOthers();
  }

  /// Empty if the request may come in.
  public Optional<Refusal> refusal(Knock knock) {
    Optional<Refusal> place = placeRefusal(knock);
    if (place.isPresent() || tokens.isEmpty()) {
      return place;
    }
    String token = token(knock);
    if (token == null) {
      return refuse(401, "invalid_api_key", bringOne());
    }
    return isKnown(token) ? Optional.empty() : refuse(wrongTokens.come(knock.address()));
  }

  /// The same for what needs no token: only whom it asks for and whence it comes count.
  public Optional<Refusal> placeRefusal(Knock knock) {
    if (!isOpen()) {
      return refuse(
          403,
          visitors.name() + "-off",
          "Set " + visitors.prefix() + ".tokens: others than this machine reach this node.");
    }
    if (knock.origin() != null && !isWelcome(knock.origin(), knock.authority())) {
      return refuse(
          403,
          "foreign-origin",
          "This page's origin is none of " + visitors.prefix() + ".origins.");
    }
    boolean isOurs =
        !tokens.isEmpty()
            || knock.authority() != null && Reach.isLoopback(knock.authority().host());
    return isOurs
        ? Optional.empty()
        : refuse(403, "foreign-host", "Without tokens this node answers to loopback's names.");
  }

  /// Who guesses often is told so, and counted under a name of its own; nobody is slowed down or
  /// locked out by it, for whoever shares an address with a guesser, behind a proxy, would be too.
  /// That no token is guessed is for their length to see to.
  private Optional<Refusal> refuse(WrongTokens.Ruling ruling) {
    return switch (ruling) {
      case WRONG -> refuse(401, "invalid_api_key", bringOne());
      case TOO_MANY ->
          refuse(
              429,
              "too_many_wrong_tokens",
              "Too many wrong tokens came from this address; wait a minute.");
    };
  }

  private String bringOne() {
    return "Bring one of " + visitors.prefix() + ".tokens as a bearer token.";
  }

  private static Optional<Refusal> refuse(int status, String code, String message) {
    return Optional.of(new Refusal(status, code, message));
  }

  private boolean isWelcome(String origin, @Nullable HostAndPort authority) {
    boolean isOwn =
        authority != null
            && (origin.equals("http://" + authority) || origin.equals("https://" + authority));
    return isOwn || origin.equals(reach.publicUrl()) || visitors.origins().contains(origin);
  }

  /// Browsers can send no header with a WebSocket, and name the token as a subprotocol.
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
