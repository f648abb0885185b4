package dev.voxlog.runtime.gate;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose address a request comes from: the one that connects, or, where that is a trusted proxy,
/// the last one before it that is not trusted. What stands before that anyone may have written.
/// Immutable.
public final class Clients {
  /// RFC 7239 §4: the nodes of a `Forwarded` header, quoted or not.
  private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*\"?([^\";]+)\"?");

  private static final Pattern PORT = Pattern.compile("^(\\[[^]]+]|[^:]+):\\d{1,5}$");

  private final List<AddressBlock> trusted;

  public Clients(ConnectionLimits limits) {
    trusted = limits.trusted();
  }

  boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }

  /// Whether it is this machine that connects, and no trusted proxy.
  public boolean isLoopback(@Nullable SocketAddress connected) {
    InetAddress address = address(connected);
    return address != null && address.isLoopbackAddress() && !isTrusted(address);
  }

  /// By what the request's client is counted.
  public String of(HttpServerRequest request) {
    return of(
        request.remoteAddress(),
        request.headers().getAll("X-Forwarded-For"),
        request.headers().getAll("Forwarded"));
  }

  /// As [#of(HttpServerRequest)], of a header's lines in order. A proxy writes one of the two
  /// headers and may hand the other through: where they disagree neither is believed.
  String of(SocketAddress connected, List<String> forwardedFor, List<String> forwarded) {
    InetAddress nearest = address(connected);
    if (nearest == null) {
      return String.valueOf(connected == null ? null : connected.host());
    }
    InetAddress one = last(nearest, split(forwardedFor));
    InetAddress other = last(nearest, split(forwarded).stream().map(Clients::node).toList());
    boolean isDisagreement = !forwardedFor.isEmpty() && !forwarded.isEmpty() && !one.equals(other);
    InetAddress client = isDisagreement ? nearest : forwarded.isEmpty() ? one : other;
    return AddressBlock.counted(client);
  }

  static @Nullable InetAddress address(@Nullable SocketAddress connected) {
    String host = connected == null ? null : connected.hostAddress();
    return host == null ? null : AddressBlock.literal(host);
  }

  private static List<String> split(List<String> lines) {
    List<String> parts = new ArrayList<>();
    for (String line : lines) {
      for (String part : line.split(",", -1)) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static String node(String element) {
    Matcher node = FOR.matcher(element);
    return node.find() ? node.group(1).strip() : "";
  }

  /// Goes back from the nearest as far as each can be believed.
  private InetAddress last(InetAddress nearest, List<String> hops) {
    InetAddress client = nearest;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      InetAddress before = AddressBlock.literal(PORT.matcher(hops.get(i)).replaceFirst("$1"));
      if (before == null) {
        break;
      }
      client = before;
    }
    return client;
  }
}
