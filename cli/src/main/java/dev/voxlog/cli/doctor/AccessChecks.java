package dev.voxlog.cli.doctor;

import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.ingress.IngressConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who may come in, with which secrets and certificates; and whether the stages would take their
/// settings.
public final class AccessChecks {
  private static final IngressConfig.Agents SOME_AGENT =
      new IngressConfig.Agents("agent@0", Map.of());

  private final Settings settings;
  private final StageSettings stages;
  private final Instant now;

  public AccessChecks(Settings settings, Instant now) {
    this.settings = settings;
    this.stages = new StageSettings(settings);
    this.now = now;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(Guard.look("access", this::edges));
    if (settings.isSet("ingress.tls.cert") && settings.isSet("ingress.tls.key")) {
      findings.addAll(Guard.look("TLS", this::tls));
    }
    List<Supplier<?>> others =
        List.of(stages::stt, stages::llm, stages::tts, stages::egress, stages::zone);
    for (Supplier<?> other : others) {
      findings.addAll(
          Guard.look(
              "settings",
              () -> {
                var _ = other.get();
                return List.of();
              }));
    }
    return findings;
  }

  private List<Finding> tls() {
    return new TlsChecks(settings.path("ingress.tls.cert"), settings.path("ingress.tls.key"), now)
        .all(settings.optional("ingress.publicUrl"));
  }

  /// What ingress would refuse is refused here with its own words.
  private List<Finding> edges() {
    stages.ingress(SOME_AGENT, "doctor");
    String publicUrl = settings.optional("ingress.publicUrl");
    String host = settings.text("ingress.host");
    if (isLoopback(host) && (publicUrl == null || isLoopback(URI.create(publicUrl).getHost()))) {
      return List.of(Finding.ok("access", "only this machine reaches ingress"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        edge("ingress.authToken", "carriers", "your carrier's auth token, to serve a telephone"));
    findings.add(
        edge(
            "ingress.realtime.tokens",
            "programs and browsers",
            "tokens of your own (openssl rand -hex 24), to serve /v1/realtime"));
    encryption(host, publicUrl, findings);
    return findings;
  }

  private Finding edge(String key, String who, String value) {
    return settings.isSet(key)
        ? Finding.ok("access", "%s must bring what %s knows".formatted(who, key))
        : Finding.note(
            "access",
            "others reach ingress, and %s is not set: %s are not served".formatted(key, who),
            "set %s to %s".formatted(key, value));
  }

  private void encryption(String host, @Nullable String publicUrl, List<Finding> findings) {
    boolean isTls = settings.isSet("ingress.tls.cert");
    if (publicUrl != null && publicUrl.startsWith("http://")) {
      findings.add(
          Finding.bad(
              "access",
              "ingress.publicUrl is %s: carriers and browsers speak TLS alone".formatted(publicUrl),
              "set ingress.tls.cert and ingress.tls.key, or a proxy before it, and write https://"));
    } else if (publicUrl == null && !isTls && !isLoopback(host)) {
      findings.add(
          Finding.note(
              "access",
              "what callers say and the tokens they bring cross the network unencrypted",
              "set ingress.tls.cert and ingress.tls.key, or listen on loopback behind a proxy"));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
