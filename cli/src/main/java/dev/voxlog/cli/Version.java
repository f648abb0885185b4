package dev.voxlog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which Voxlog this is.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"voxlog " + number()};
  }

  /// The number alone.
  public static String number() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return build.getProperty("version", "unknown");
  }
}
