package dev.voxlog.runtime.gate;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who reaches an address: this machine alone, or others. Its settings begin with `prefix`.
///
/// `publicUrl` is the scheme and host that others know it by, behind a proxy.
public record Reach(String prefix, String host, int port, @Nullable String publicUrl) {
  public Reach {
    requirePort(prefix + ".port", port);
    publicUrl = publicUrl == null ? null : origin(prefix + ".publicUrl", publicUrl);
  }

  /// Whether other machines can come here.
  public boolean isOpenToOthers() {
    return !isLoopback(host) || isPublic(publicUrl);
  }

  /// @throws IllegalArgumentException if others reach it and it is not guarded, saying that
  ///   `danger` and that `remedy` is one way out
  public void requireGuarded(boolean isGuarded, String danger, String remedy) {
    if (isGuarded) {
      return;
    }
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "%s.host is %s, which other machines can reach, but %s; %s, or %s.host to 127.0.0.1"
              .formatted(prefix, host, danger, remedy, prefix));
    }
    if (isPublic(publicUrl)) {
      throw new IllegalArgumentException(
          "%s.publicUrl is %s, which others can call, but %s; %s, or take %s.publicUrl away"
              .formatted(prefix, publicUrl, danger, remedy, prefix));
    }
  }

  /// Whether others know it by an address of a proxy's.
  public boolean isKnownToOthers() {
    return isPublic(publicUrl);
  }

  /// What to say to whoever starts it, where others reach it and what they send can be read on the
  /// way, as far as is known; `remedy` is one way out. Empty where there is nothing to say.
  public Optional<String> unencrypted(boolean hasTls, String remedy) {
    boolean isProxys = publicUrl != null && publicUrl.startsWith("https:");
    if (hasTls || isProxys || !isOpenToOthers()) {
      return Optional.empty();
    }
    boolean isByUrl = isLoopback(host);
    return Optional.of(
        "%s.%s is %s, which other machines can reach, and nothing is encrypted: tokens and what is said can be read on the way; %s, or, where a proxy that speaks TLS stands in front, %s.publicUrl to its https address"
            .formatted(
                prefix,
                isByUrl ? "publicUrl" : "host",
                isByUrl ? publicUrl : host,
                remedy,
                prefix));
  }

  private static boolean isPublic(@Nullable String url) {
    return url != null && !isLoopback(URI.create(url).getHost());
  }

  /// Whether only this machine reaches the host, which may be an IPv6 address in brackets.
  public static boolean isLoopback(String host) {
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

  /// @throws IllegalArgumentException naming the key, if there is no such port
  public static void requirePort(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(key + " is " + port + "; a port lies between 0 and 65535");
    }
  }

  private static String origin(String key, String url) {
    String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (!trimmed.matches("https?://[^/?#\\s]+") || URI.create(trimmed).getHost() == null) {
      throw new IllegalArgumentException(
          "%s is '%s'; give scheme and host alone, such as https://voice.example.com"
              .formatted(key, url));
    }
    return trimmed;
  }
}
