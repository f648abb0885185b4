package dev.voxlog.runtime.gate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A block of internet addresses: those whose first `bits` are those of `address`. Immutable.
record AddressBlock(InetAddress address, int bits) {

  /// Reads an address, or a block as in `10.0.0.0/8` or `fd00::/8`, which is the setting `key`'s.
  ///
  /// @throws IllegalArgumentException if it is none; the message says what to write
  static AddressBlock parse(String key, String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (address == null || slash >= 0 && !length.matches("\\d{1,3}")) {
      throw refused(key, text);
    }
    int whole = address.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? whole : Integer.parseInt(length);
    if (bits > whole) {
      throw refused(key, text);
    }
    return new AddressBlock(address, bits);
  }

  private static IllegalArgumentException refused(String key, String text) {
    return new IllegalArgumentException(
        "%s has '%s'; give addresses or blocks of them, such as 10.0.0.5 or 10.0.0.0/8"
            .formatted(key, text));
  }

  boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    int bytes = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    if (ours.length != theirs.length || Arrays.mismatch(ours, 0, bytes, theirs, 0, bytes) >= 0) {
      return false;
    }
    return rest == 0 || ((ours[bytes] ^ theirs[bytes]) & 0xff) >>> (Byte.SIZE - rest) == 0;
  }

  /// An address as it is written, in brackets or not; null if it is none. Names are not looked up.
  static @Nullable InetAddress literal(String text) {
    boolean isBracketed = text.startsWith("[") && text.endsWith("]");
    try {
      return InetAddress.ofLiteral(isBracketed ? text.substring(1, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// By what an address is counted: an IPv6 network is one, for who has one address of it has them
  /// all.
  static String counted(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
    return ofBytes(network) + "/64";
  }

  private static String ofBytes(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
