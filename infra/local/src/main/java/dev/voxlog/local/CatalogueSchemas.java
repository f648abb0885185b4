package dev.voxlog.local;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import dev.voxlog.schemas.serde.SchemaUse;
import dev.voxlog.schemas.serde.Wire;
import java.net.URI;

/// Puts the catalogue's schemas into a registry, each subject held to what the contracts promise.
public final class CatalogueSchemas {
  private static final String PROMISE = "FULL_TRANSITIVE";

  private CatalogueSchemas() {}

  /// Does nothing where all is in place. Throws [dev.voxlog.schemas.registry.RegistryException].
  public static void register(String registryUrl, TopicCatalogue catalogue) {
    try (SchemaRegistryClient client =
        new SchemaRegistryClient(RegistrySettings.of(URI.create(registryUrl)))) {
      new Wire(client, SchemaUse.REGISTER, catalogue::name).prepare();
      for (Topic topic : Topic.values()) {
        client.compatibility(catalogue.name(topic) + "-value", PROMISE);
      }
    }
  }
}
