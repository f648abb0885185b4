package dev.voxlog.ingress;

import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.runtime.gate.Reach;
import dev.voxlog.runtime.gate.Visitors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

  /// What whoever starts the node should know, each with what to do about it.
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(web.edgesThatAreOff());
    web.reach()
        .unencrypted(tls.isPresent(), "set ingress.tls.cert and ingress.tls.key")
        .ifPresent(warnings::add);
    return List.copyOf(warnings);
  }

  /// The side that callers reach. `publicUrl` is the address they know this node by, `authToken`
  /// what the carrier signs with; port 0 takes any free one. Where others than this machine reach
  /// it, an edge without a secret of its own is off. `operators` may see all of its health.
  public record Web(
      String host,
      int port,
      @Nullable String publicUrl,
      @Nullable String authToken,
      Realtime realtime,
      Visitors operators) {
    private static final Visitors NO_OPERATORS = new Visitors("web", List.of(), List.of());
    private static final String DANGER =
        "neither ingress.authToken nor ingress.realtime.tokens is set, so anyone could place calls";
    private static final String REMEDY =
        "set ingress.authToken to your carrier's auth token, or ingress.realtime.tokens to tokens of"
            + " your own";

    public Web {
      Reach reach = new Reach("ingress", host, port, publicUrl);
      publicUrl = reach.publicUrl();
      authToken = authToken == null || authToken.isBlank() ? null : authToken;
      boolean isGuarded = authToken != null || !realtime.tokens().isEmpty();
      reach.requireGuarded(isGuarded, DANGER, REMEDY);
    }

    public Web(String host, int port, @Nullable String publicUrl, @Nullable String authToken) {
      this(host, port, publicUrl, authToken, Realtime.USUAL);
    }

    public Web(
        String host,
        int port,
        @Nullable String publicUrl,
        @Nullable String authToken,
        Realtime realtime) {
      this(host, port, publicUrl, authToken, realtime, NO_OPERATORS);
    }

    public Web with(Realtime other) {
      return new Web(host, port, publicUrl, authToken, other, operators);
    }

    public Web with(Visitors other) {
      return new Web(host, port, publicUrl, authToken, realtime, other);
    }

    /// Who reaches this side.
    Reach reach() {
      return new Reach("ingress", host, port, publicUrl);
    }

    private boolean isOpenToOthers() {
      return reach().isOpenToOthers();
    }

    /// Whether others come through a proxy.
    boolean isKnownToOthers() {
      return reach().isKnownToOthers();
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
  }

  /// The edge for programs and browsers: one of `tokens` must be brought where there are any; web
  /// pages come from this node's own host or from `origins`; a message has at most `messageBytes`.
  public record Realtime(List<String> tokens, List<String> origins, int messageBytes) {
    public static final Realtime USUAL = new Realtime(List.of(), List.of(), 1 << 20);

    public Realtime {
      Visitors visitors = new Visitors("ingress.realtime", tokens, origins);
      tokens = visitors.tokens();
      origins = visitors.origins();
      if (messageBytes < 1_024) {
        throw new IllegalArgumentException(
            "ingress.realtime.messageBytes is " + messageBytes + "; give at least 1024");
      }
    }

    /// Who may come in here.
    Visitors visitors() {
      return new Visitors("ingress.realtime", tokens, origins);
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
  /// `masks` has by key, for each of them, what takes out of what a caller types and presses what
  /// that agent does not keep, `terms` what it leaves to programs.
  public record Agents(
      String defaultKey,
      Map<String, String> byName,
      Map<String, Supplier<CallerMask>> masks,
      Map<String, SessionTerms> terms) {
    public Agents {
      byName = Map.copyOf(byName);
      masks = Map.copyOf(masks);
      terms = Map.copyOf(terms);
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

    /// Agents that keep all that is typed and pressed, and leave nothing to programs.
    public Agents(String defaultKey, Map<String, String> byName) {
      this(
          defaultKey,
          byName,
          keys(defaultKey, byName).stream()
              .collect(Collectors.toMap(key -> key, _ -> () -> CallerMask.NONE)),
          Map.of());
    }

    private static Set<String> keys(String defaultKey, Map<String, String> byName) {
      Set<String> keys = new HashSet<>(byName.values());
      keys.add(defaultKey);
      return keys;
    }

    /// What may be written of what one caller of the agent types and presses; for an agent that is
    /// not known here, without all that any agent does not keep.
    CallerMask mask(String key) {
      Supplier<CallerMask> mask = masks.get(key);
      return mask != null
          ? mask.get()
          : new AllMasks(masks.values().stream().map(Supplier::get).toList());
    }

    /// What programs may set of a session with the agent.
    SessionTerms terms(String key) {
      return terms.getOrDefault(key, SessionTerms.NONE);
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
      Reach.requirePort("ingress.media.port", port);
      secret = secret == null || secret.isBlank() ? null : secret;
      if (!Reach.isLoopback(host) && secret == null) {
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

  private static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }
}
