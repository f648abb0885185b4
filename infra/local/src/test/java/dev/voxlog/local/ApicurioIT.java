package dev.voxlog.local;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/// Apicurio as the independent checker: what the contract demands of ours is what another registry
/// does, too.
@Timeout(120)
class ApicurioIT extends RegistryContract {
  private static Apicurio server;

  @BeforeAll
  static void start() throws Exception {
    server = Apicurio.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String url() {
    return server.url();
  }
}
