package dev.voxlog.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where Acme's service listens and keeps its database: port 0 is any free one, no folder keeps it
/// in memory only. With a `token`, requests must carry it as a bearer; beyond this machine the
/// service listens only with one.
public record AcmeSettings(String host, int port, @Nullable Path folder, @Nullable String token) {
  public static final int PORT = 8090;

  public AcmeSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " must be from 0 to 65535");
    }
    if (token == null && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "host: "
              + host
              + " is reachable from other machines: set ACME_TOKEN so that callers must show it, or use 127.0.0.1");
    }
  }

  /// In memory, on any free port of this machine.
  public static AcmeSettings inMemory() {
    return new AcmeSettings("127.0.0.1", 0, null, null);
  }

  /// With the database in `folder`, on this machine.
  public static AcmeSettings in(Path folder, int port) {
    return new AcmeSettings("127.0.0.1", port, folder, null);
  }

  /// From `ACME_HOST`, `ACME_PORT`, `ACME_FOLDER` and `ACME_TOKEN`.
  public static AcmeSettings of(Map<String, String> environment) {
    String folder = environment.getOrDefault("ACME_FOLDER", "");
    String token = environment.getOrDefault("ACME_TOKEN", "");
    return new AcmeSettings(
        environment.getOrDefault("ACME_HOST", "127.0.0.1"),
        port(environment.getOrDefault("ACME_PORT", Integer.toString(PORT))),
        folder.isBlank() ? null : Path.of(folder),
        token.isBlank() ? null : token);
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "ACME_PORT: " + text + " must be a number from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException(
          "host: " + host + " is not known: use an address of this machine, such as 127.0.0.1");
    }
  }
}
