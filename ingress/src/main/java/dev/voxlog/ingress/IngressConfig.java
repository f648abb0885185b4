package dev.voxlog.ingress;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an ingress node listens on, which agents answer, and what it bears. Refuses what would be
/// unsafe or could not work.
public record IngressConfig(
    Web web, Agents agents, MediaEndpoint media, Limits limits, Optional<Tls> tls, String version) {

  /// One node on this machine, as `voxlog run` starts it; `agentKey` is name@hash.
  public static IngressConfig local(int port, String agentKey) {
    return new IngressConfig(
        new Web("127.0.0.1", port, null, null),
        new Agents(agentKey, Map.of()),
        new MediaEndpoint("127.0.0.1", 0, null, null),
        Limits.USUAL,
        Optional.empty(),
        "development");
  }

  public IngressConfig with(Web other) {
    return new IngressConfig(other, agents, media, limits, tls, version);
  }

  public IngressConfig with(Agents other) {
    return new IngressConfig(web, other, media, limits, tls, version);
  }

  public IngressConfig with(MediaEndpoint other) {
    return new IngressConfig(web, agents, other, limits, tls, version);
  }

  public IngressConfig with(Limits other) {
    return new IngressConfig(web, agents, media, other, tls, version);
  }

  public IngressConfig with(Tls other) {
    return new IngressConfig(web, agents, media, limits, Optional.of(other), version);
  }

  public IngressConfig withVersion(String other) {
    return new IngressConfig(web, agents, media, limits, tls, other);
  }

  /// The side that callers reach. `publicUrl` is the address they know this node by, `authToken`
  /// what the carrier signs with; port 0 takes any free one. Where others than this machine reach
  /// it, an edge without a secret of its own is off.
  public record Web(
      String host,
      int port,
      @Nullable String publicUrl,
      @Nullable String authToken,
      Realtime realtime) {
    private static final String ADVICE =
        " but neither ingress.authToken nor ingress.realtime.tokens is set, so anyone could place"
            + " calls; set ingress.authToken to your carrier's auth token, or ingress.realtime.tokens"
            + " to tokens of your own, or ";

    public Web {
      requirePort("ingress.port", port);
      publicUrl = publicUrl == null ? null : origin(publicUrl);
      authToken = authToken == null || authToken.isBlank() ? null : authToken;
      boolean isGuarded = authToken != null || !realtime.tokens().isEmpty();
      if (!isLoopback(host) && !isGuarded) {
        throw new IllegalArgumentException(
            "ingress.host is "
                + host
                + ", which other machines can reach,"
                + ADVICE
                + "ingress.host to 127.0.0.1");
      }
      if (isPublic(publicUrl) && !isGuarded) {
        throw new IllegalArgumentException(
            "ingress.publicUrl is "
                + publicUrl
                + ", which others can call,"
                + ADVICE
                + "take ingress.publicUrl away");
      }
    }

    public Web(String host, int port, @Nullable String publicUrl, @Nullable String authToken) {
      this(host, port, publicUrl, authToken, Realtime.USUAL);
    }

    public Web with(Realtime other) {
      return new Web(host, port, publicUrl, authToken, other);
    }

    private static boolean isPublic(@Nullable String url) {
      return url != null && !isLoopback(URI.create(url).getHost());
    }

    private boolean isOpenToOthers() {
      return !isLoopback(host) || isPublic(publicUrl);
    }

    /// What is not served, each with what to do about it.
    List<String> edgesThatAreOff() {
      List<String> off = new ArrayList<>();
      if (!takesCarrier()) {
        off.add(
            "no carrier is served, for others reach this node and ingress.authToken is not set");
      }
      if (!takesRealtime()) {
        off.add(
            "/v1/realtime is off, for others reach this node and ingress.realtime.tokens is not set");
      }
      return List.copyOf(off);
    }

    /// Whether a carrier may come in.
    boolean takesCarrier() {
      return authToken != null || !isOpenToOthers();
    }

    /// Whether programs and browsers may come in.
    boolean takesRealtime() {
      return !realtime.tokens().isEmpty() || !isOpenToOthers();
    }

    private static String origin(String url) {
      String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      if (!trimmed.matches("https?://[^/?#\\s]+") || URI.create(trimmed).getHost() == null) {
        throw new IllegalArgumentException(
            "ingress.publicUrl is '"
                + url
                + "'; give scheme and host alone, such as https://voice.example.com");
      }
      return trimmed;
    }
  }

  /// The edge for programs and browsers: one of `tokens` must be brought where there are any; web
  /// pages come from this node's own host or from `origins`; a message has at most `messageBytes`.
  public record Realtime(List<String> tokens, List<String> origins, int messageBytes) {
    private static final int SHORTEST_TOKEN = 16;
    public static final Realtime USUAL = new Realtime(List.of(), List.of(), 1 << 20);

    public Realtime {
      tokens = List.copyOf(tokens);
      origins = List.copyOf(origins);
      if (tokens.stream()
          .anyMatch(token -> !token.matches("[!-+\\--~]{" + SHORTEST_TOKEN + ",}"))) {
        throw new IllegalArgumentException(
            "one of ingress.realtime.tokens is no token; write at least "
                + SHORTEST_TOKEN
                + " letters, digits and signs without blanks, such as openssl rand -hex 24 makes");
      }
      for (String origin : origins) {
        if (!origin.matches("https?://[^/?#\\s]+")) {
          throw new IllegalArgumentException(
              "ingress.realtime.origins has '"
                  + origin
                  + "'; give scheme and host alone, such as https://www.example.com");
        }
      }
      if (messageBytes < 1_024) {
        throw new IllegalArgumentException(
            "ingress.realtime.messageBytes is " + messageBytes + "; give at least 1024");
      }
    }
  }

  /// Certificate chain and private key, PEM files.
  public record Tls(Path cert, Path key) {
    public Tls {
      requireFile("ingress.tls.cert", cert);
      requireFile("ingress.tls.key", key);
    }

    private static void requireFile(String setting, Path file) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new IllegalArgumentException(
            setting + " is " + file + ", which cannot be read; give the path of a PEM file");
      }
    }
  }

  /// Which agent answers: `byName` maps the names that may be asked for to their keys, name@hash;
  /// `masks` has by key, for each of them, what takes out of a typed text what that agent does not
  /// keep.
  public record Agents(
      String defaultKey, Map<String, String> byName, Map<String, UnaryOperator<String>> masks) {
    public Agents {
      byName = Map.copyOf(byName);
      masks = Map.copyOf(masks);
      if (!defaultKey.contains("@")) {
        throw new IllegalArgumentException(
            "ingress.agent is '"
                + defaultKey
                + "'; give the key of a loaded agent file, name@hash");
      }
      for (String key : keys(defaultKey, byName)) {
        if (!masks.containsKey(key)) {
          throw new IllegalArgumentException(
              "nobody says what agent " + key + " does not keep of what is typed");
        }
      }
    }

    /// Agents that keep all that is typed.
    public Agents(String defaultKey, Map<String, String> byName) {
      this(
          defaultKey,
          byName,
          keys(defaultKey, byName).stream()
              .collect(Collectors.toMap(key -> key, _ -> UnaryOperator.identity())));
    }

    private static Set<String> keys(String defaultKey, Map<String, String> byName) {
      Set<String> keys = new HashSet<>(byName.values());
      keys.add(defaultKey);
      return keys;
    }

    /// What may be written of a text that was typed to the agent; for one that is not known here,
    /// without all that any agent does not keep.
    String masked(String key, String text) {
      UnaryOperator<String> mask = masks.get(key);
      if (mask != null) {
        return mask.apply(text);
      }
      String kept = text;
      for (UnaryOperator<String> each : masks.values()) {
        kept = each.apply(kept);
      }
      return kept;
    }

    /// The key for a name; null asks for the default.
    Optional<String> key(@Nullable String name) {
      if (name == null || name.isBlank()) {
        return Optional.of(defaultKey);
      }
      String defaultName = defaultKey.substring(0, defaultKey.indexOf('@'));
      String key =
          name.equals(defaultName) || name.equals(defaultKey) ? defaultKey : byName.get(name);
      return Optional.ofNullable(key);
    }
  }

  /// Where egress nodes connect; `advertisedHost` is the name other machines know this one by.
  public record MediaEndpoint(
      String host, int port, @Nullable String advertisedHost, @Nullable String secret) {
    public MediaEndpoint {
      requirePort("ingress.media.port", port);
      secret = secret == null || secret.isBlank() ? null : secret;
      if (!isLoopback(host) && secret == null) {
        throw new IllegalArgumentException(
            "ingress.media.host is "
                + host
                + ", which other machines can reach, but ingress.media.secret is not set, so"
                + " anyone could speak to callers; set the same ingress.media.secret on ingress and egress, or the host"
                + " to 127.0.0.1");
      }
      if (advertisedHost == null && isWildcard(host)) {
        throw new IllegalArgumentException(
            "ingress.media.host is "
                + host
                + ", which no egress can connect to; set ingress.media.advertisedHost to this"
                + " machine's name");
      }
    }

    String reachableHost() {
      return advertisedHost == null ? host : advertisedHost;
    }
  }

  /// `unreadBytes` may wait for a carrier that does not read; `messageBytes` is the longest
  /// message; a call may be attached `attaches` times; `streams` may be open at once; calls come in
  /// at `rates`, and not at all in an `overload`; `callers` bounds what each may have open.
  public record Limits(
      int unreadBytes,
      int messageBytes,
      int attaches,
      int streams,
      Rates rates,
      Overload overload,
      CallerLimits callers) {
    public static final Limits USUAL =
        new Limits(2 << 20, 64 << 10, 10, 2_000, new Rates(30, 600), Overload.USUAL);

    public Limits(
        int unreadBytes,
        int messageBytes,
        int attaches,
        int streams,
        Rates rates,
        Overload overload) {
      this(unreadBytes, messageBytes, attaches, streams, rates, overload, CallerLimits.USUAL);
    }

    public Limits with(CallerLimits other) {
      return new Limits(unreadBytes, messageBytes, attaches, streams, rates, overload, other);
    }

    public Limits {
      if (unreadBytes < 1 || messageBytes < 1 || attaches < 1 || streams < 1) {
        throw new IllegalArgumentException("every one of ingress.limits must be at least 1");
      }
    }
  }

  /// From which `stageLag` or `engineWait` of any stage on new calls are refused, and the `message`
  /// that is spoken to them.
  public record Overload(Duration stageLag, Duration engineWait, String message) {
    /// What is read of the stages is a second or two old, so half of less could be no lag at all.
    private static final Duration LEAST_LAG = Duration.ofSeconds(5);

    public static final Overload USUAL =
        new Overload(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            "All our lines are busy at the moment. Please call again in a few minutes.");

    public Overload {
      if (stageLag.compareTo(LEAST_LAG) < 0) {
        throw new IllegalArgumentException(
            "ingress.overload.stageLag is "
                + stageLag
                + "; a stage commits once a second, so give it at least 5s");
      }
      if (!engineWait.isPositive()) {
        throw new IllegalArgumentException(
            "ingress.overload.engineWait is " + engineWait + "; it must be more than nothing");
      }
      if (message.isBlank()) {
        throw new IllegalArgumentException(
            "ingress.overload.message is empty; say to the caller why they are refused");
      }
    }
  }

  /// How many new calls a minute one caller's number may bring, and how many all callers together.
  public record Rates(int perMinutePerCaller, int perMinute) {
    public Rates {
      requireCalls("ingress.limits.callsPerMinutePerCaller", perMinutePerCaller);
      requireCalls("ingress.limits.callsPerMinute", perMinute);
    }

    private static void requireCalls(String key, int calls) {
      if (calls < 1) {
        throw new IllegalArgumentException(
            key + " is " + calls + "; at least one call a minute must be let in: write 1 or more");
      }
    }
  }

  private static void requirePort(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(key + " is " + port + "; a port lies between 0 and 65535");
    }
  }

  /// Whether only this machine reaches the host, which may be an IPv6 address in brackets.
  static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return InetAddress.ofLiteral(isBracketed ? host.substring(1, host.length() - 1) : host)
          .isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }
}
