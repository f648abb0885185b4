package dev.voxlog.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// Records as JSON with their class's name: enough for a broker that does not look inside.
final class JsonLogCodec implements LogCodec {
  private final ObjectMapper json = new ObjectMapper();

  JsonLogCodec() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(
        Instant.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
          }
        });
    module.addDeserializer(
        Instant.class,
        new JsonDeserializer<>() {
          @Override
          public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Instant.parse(in.getText());
          }
        });
    module.addSerializer(
        AudioBytes.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(AudioBytes value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeBinary(value.array());
          }
        });
    module.addDeserializer(
        AudioBytes.class,
        new JsonDeserializer<>() {
          @Override
          public AudioBytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return AudioBytes.wrap(in.getBinaryValue());
          }
        });
    json.registerModule(module);
  }

  @Override
  public byte[] encode(VoxEvent event) {
    try {
      ObjectNode tree = json.createObjectNode();
      tree.put("type", event.getClass().getName());
      tree.set("event", json.valueToTree(event));
      return json.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Read decode(Topic topic, byte[] value) throws UnreadableException {
    try {
      JsonNode tree = json.readTree(value);
      Class<?> type = Class.forName(tree.path("type").asText());
      return new Read.Known((VoxEvent) json.treeToValue(tree.path("event"), type));
    } catch (IOException | ClassNotFoundException e) {
      throw new UnreadableException("not a record", e);
    }
  }
}
