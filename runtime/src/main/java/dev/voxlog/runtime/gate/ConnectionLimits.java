package dev.voxlog.runtime.gate;

import java.util.List;

/// How many connections a port bears: `inAll`, and `perAddress` of those that are no open
/// WebSockets. Addresses are those that connect, save for `trustedProxies` (addresses or CIDR
/// blocks), whose word for their clients' addresses is taken. Their settings are
/// `prefix`.limits.connections, `prefix`.limits.connectionsPerAddress and `prefix`.trustedProxies.
public record ConnectionLimits(
    String prefix, int inAll, int perAddress, List<String> trustedProxies) {
  public ConnectionLimits {
    require(prefix + ".limits.connections", inAll);
    require(prefix + ".limits.connectionsPerAddress", perAddress);
    trustedProxies = List.copyOf(trustedProxies);
    blocks(prefix, trustedProxies);
  }

  private static void require(String key, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(key + " is " + number + "; write 1 or more");
    }
  }

  private static List<AddressBlock> blocks(String prefix, List<String> proxies) {
    String key = prefix + ".trustedProxies";
    return proxies.stream().map(text -> AddressBlock.parse(key, text)).toList();
  }

  List<AddressBlock> trusted() {
    return blocks(prefix, trustedProxies);
  }
}
