package dev.voxlog.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.llm.chat.ChatException.Kind;
import dev.voxlog.runtime.ForeignJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The answer of a server that does not let the model answer. Of what it says only the API's own
/// words are told: the rest may quote what was asked, or the key.
final class ErrorBody {
  private static final ObjectMapper JSON = ForeignJson.mapper();
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern OWN_WORD =
      Pattern.compile("[a-z]+(_[a-z]+)+|([A-Z][a-z]+)+Error|model|messages|tools|temperature");

  private final int status;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  ErrorBody(int status) {
    this.status = status;
  }

  /// Takes the next bytes in; what is too long for an error is dropped.
  void feed(byte[] bytes) {
    if (body.size() + bytes.length <= MOST_BYTES) {
      body.writeBytes(bytes);
    }
  }

  /// What it comes to by what has been read so far.
  ChatException toException() {
    String told = "";
    try {
      told = named(JSON.readTree(body.toByteArray()));
    } catch (IOException _) {
      // The status says enough.
    }
    return new ChatException(kind(), "the model's server answers with status " + status + told);
  }

  private Kind kind() {
    return switch (status) {
      case 429, 503 -> Kind.BUSY;
      default -> status >= 500 ? Kind.BROKEN : Kind.REFUSED;
    };
  }

  /// In brackets, the machine-readable fields of an error that are made of words as the API has
  /// them; empty where there are none.
  static String named(JsonNode body) {
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    List<String> words =
        Stream.of("type", "code", "param")
            .map(field -> error.path(field).asText(""))
            .filter(word -> word.length() < 60 && OWN_WORD.matcher(word).matches())
            .distinct()
            .toList();
    return words.isEmpty() ? "" : words.stream().collect(Collectors.joining(", ", " (", ")"));
  }
}
