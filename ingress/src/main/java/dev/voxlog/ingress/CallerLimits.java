package dev.voxlog.ingress;

import java.util.List;

/// What one caller may have open at once at a node: `calls` by a number or a client's address, and
/// `connectionsPerAddress` that are no open streams, of the `connections` that all may have.
/// Addresses are those that connect, save for `trustedProxies` (addresses or CIDR blocks), whose
/// word for their clients' addresses is taken.
public record CallerLimits(
    int calls, int connections, int connectionsPerAddress, List<String> trustedProxies) {
  public static final CallerLimits USUAL = new CallerLimits(20, 4_096, 256, List.of());

  public CallerLimits {
    require("ingress.limits.callsPerCaller", calls);
    require("ingress.limits.connections", connections);
    require("ingress.limits.connectionsPerAddress", connectionsPerAddress);
    trustedProxies = List.copyOf(trustedProxies);
    trustedProxies.forEach(AddressBlock::parse);
  }

  private static void require(String key, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(key + " is " + number + "; write 1 or more");
    }
  }
}
