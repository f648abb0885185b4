package dev.voxlog.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Where the process's own log goes. A configuration of the user's own
/// (`-Dlogback.configurationFile=`) is left alone.
final class Logging {
  /// Held, for java.util.logging forgets levels of loggers that nobody holds.
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene.internal.vectorization");

  private Logging() {}

  /// Everything from INFO on into `voxlog.log` of the folder; only errors are also shown.
  static void toFileIn(Path folder) {
    System.setProperty("voxlog.log.dir", folder.toString());
    configure("/voxlog-logback-file.xml");
  }

  /// Everything from INFO on to the error stream, as containers like it.
  static void toErrorStream() {
    configure("/voxlog-logback-stderr.xml");
  }

  private static void configure(String resource) {
    // Lucene advises about an incubator module, which would itself print a warning.
    LUCENE.setLevel(Level.OFF);
    URL configuration = Logging.class.getResource(resource);
    if (System.getProperty("logback.configurationFile") != null
        || configuration == null
        || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    context.reset();
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new IllegalStateException("the log cannot be set up: " + e.getMessage(), e);
    }
  }
}
