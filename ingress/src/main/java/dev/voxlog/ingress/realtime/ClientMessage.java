package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.AudioBytes;
import org.jspecify.annotations.Nullable;

/// What a client asks for.
public sealed interface ClientMessage {

  /// `session` is what it wants changed, unchecked; see [SessionSettings#after].
  record Update(JsonNode session) implements ClientMessage {}

  record Append(AudioBytes audio) implements ClientMessage {}

  /// What was appended is all that is to be heard.
  record Commit() implements ClientMessage {}

  record ClearBuffer() implements ClientMessage {}

  /// A text of the user's; `itemId` if the client names it.
  record CreateText(@Nullable String itemId, @Nullable String previousItemId, String text)
      implements ClientMessage {}

  /// So much of the item's audio has been played, and no more will be.
  record Truncate(String itemId, long audioEndMs) implements ClientMessage {}

  record CreateResponse() implements ClientMessage {}

  record CancelResponse(@Nullable String responseId) implements ClientMessage {}
}
