package dev.voxlog.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Something listens on a port that is needed; the message names the port and the flag that changes
/// it.
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The flags by which a start is told other ports.
  static final String BROKER_FLAG = "--broker-port";

  static final String REGISTRY_FLAG = "--registry-port";

  public PortTakenException(int port, String flag) {
    super(
        "port "
            + port
            + " is taken by another program; stop it, or choose another port with "
            + flag);
  }

  /// @throws PortTakenException if the loopback port cannot be listened on
  public static void check(int port, String flag) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return;
    } catch (IOException e) {
      throw new PortTakenException(port, flag);
    }
  }
}
