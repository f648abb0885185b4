package dev.voxlog.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Reads JSON that others write. A parser that remembers fields' names would hold all that they
/// invent, for as long as the process runs.
public final class ForeignJson {
  private ForeignJson() {}

  /// Of parsers that remember no names; to be configured further.
  public static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
  }

  /// A mapper of its own on such parsers.
  public static ObjectMapper mapper() {
    return new ObjectMapper(factory().build());
  }
}
