package dev.voxlog.cli.doctor;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.registry.RegistryException;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;

/// The schema registry: whether it answers, has our schemas, or would take them. Registers nothing.
final class RegistryChecks {
  private static final String AREA = "registry";

  private final String urls;
  private final Map<String, Object> keys;
  private final Function<Topic, String> names;

  RegistryChecks(Cluster cluster) {
    this(cluster.registryUrl(), cluster.registry(), cluster.topics()::name);
  }

  RegistryChecks(String urls, Map<String, Object> keys, Function<Topic, String> names) {
    this.urls = urls;
    this.keys = keys;
    this.names = names;
  }

  List<Finding> all() {
    try (SchemaRegistryClient client = new SchemaRegistryClient(RegistrySettings.from(keys))) {
      int subjects = client.subjects().size();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok(AREA, "%s answers with %d subjects".formatted(urls, subjects)));
      List<String> missing = new ArrayList<>();
      int here = 0;
      for (Topic topic : Topic.values()) {
        switch (standing(client, topic, findings)) {
          case HERE -> here++;
          case MISSING -> missing.add(subject(topic));
          case REFUSED -> {}
        }
      }
      findings.addAll(schemas(here, missing));
      return findings;
    } catch (RegistryException e) {
      return List.of(unreachable(e));
    }
  }

  private Finding unreachable(RegistryException e) {
    String what = "%s does not answer: %s".formatted(urls, e.getMessage());
    return switch (e.status()) {
      case 401 ->
          Finding.bad(
              AREA,
              what,
              "it wants a login: set basic.auth.credentials.source=USER_INFO and basic.auth.user.info=user:password");
      case 403 ->
          Finding.bad(AREA, what, "let the login read and write the subjects of our topics");
      default ->
          Finding.bad(
              AREA, what, "start one (voxlog registry), or set schema.registry.url to yours");
    };
  }

  private enum Standing {
    HERE,
    MISSING,
    REFUSED
  }

  private Standing standing(SchemaRegistryClient client, Topic topic, List<Finding> findings) {
    String subject = subject(topic);
    Schema schema = TopicCodecs.of(topic).schema();
    boolean isHere = isHere(client, subject, schema);
    if (!isHere && !client.isCompatible(subject, schema)) {
      findings.add(
          Finding.bad(
              AREA,
              "%s holds a schema that ours does not go with, at the level %s"
                  .formatted(subject, client.compatibility(subject)),
              "another program, or a newer version, owns the subject: choose another topics.prefix, or upgrade this one"));
      return Standing.REFUSED;
    }
    if (isHere && client.compatibility(subject).equals("NONE")) {
      findings.add(
          Finding.note(
              AREA,
              subject
                  + " takes any schema (level NONE), so that another program can break its readers",
              "set the subject's compatibility to FULL_TRANSITIVE"));
    }
    return isHere ? Standing.HERE : Standing.MISSING;
  }

  private static boolean isHere(SchemaRegistryClient client, String subject, Schema schema) {
    try {
      client.idOf(subject, schema);
      return true;
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private List<Finding> schemas(int here, List<String> missing) {
    if (missing.isEmpty()) {
      return here == Topic.values().length
          ? List.of(Finding.ok("schemas", "all %d of ours are registered".formatted(here)))
          : List.of();
    }
    boolean registers = !"false".equals(keys.get("auto.register.schemas"));
    boolean takesLatest = "true".equals(keys.get("use.latest.version"));
    String what =
        "%d of ours are not registered as they are here: %s"
            .formatted(missing.size(), String.join(", ", missing));
    return registers
        ? List.of(Finding.ok("schemas", what + "; the first start registers them"))
        : List.of(
            takesLatest
                ? Finding.note(
                    "schemas",
                    what,
                    "nothing to do where each subject has a version: use.latest.version is on")
                : Finding.bad(
                    "schemas",
                    what,
                    "register them, or set auto.register.schemas=true for one start"));
  }

  private String subject(Topic topic) {
    return names.apply(topic) + "-value";
  }
}
