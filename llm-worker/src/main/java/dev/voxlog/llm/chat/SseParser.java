package dev.voxlog.llm.chat;

import dev.voxlog.llm.chat.ChatException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Server-sent events out of bytes, however they are cut: [WHATWG HTML, section
/// 9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html). `id` and `retry` concern
/// reconnecting and are skipped; an event that is cut off by the end is none. Confined to one
/// thread.
final class SseParser {
  private static final int MOST_BYTES = 1 << 20;

  private final Consumer<Event> events;
  private byte[] line = new byte[1024];
  private int lineLength;
  private boolean isAfterReturn;
  private boolean isFirstLine = true;
  private String type = "";
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private int frameLength;

  record Event(String type, String data) {}

  SseParser(Consumer<Event> events) {
    this.events = events;
  }

  /// Takes the next bytes in, whose last line may be incomplete.
  ///
  /// @throws ChatException if a line or an event is longer than any model's
  void feed(byte[] bytes) {
    for (byte each : bytes) {
      boolean isSecondOfPair = isAfterReturn && each == '\n';
      isAfterReturn = each == '\r';
      if (isSecondOfPair) {
        continue;
      }
      // Neither byte is ever part of a longer character in UTF-8.
      if (each == '\n' || each == '\r') {
        endLine();
      } else {
        append(each);
      }
    }
  }

  private void append(byte each) {
    if (++frameLength > MOST_BYTES) {
      throw new ChatException(Kind.BROKEN, "the answer has a line or an event of over 1 MiB");
    }
    if (lineLength == line.length) {
      line = Arrays.copyOf(line, 2 * line.length);
    }
    line[lineLength++] = each;
  }

  private void endLine() {
    String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
    lineLength = 0;
    if (isFirstLine) {
      isFirstLine = false;
      text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      endEvent();
    } else {
      int colon = text.indexOf(':');
      if (colon != 0) {
        field(colon < 0 ? text : text.substring(0, colon), colon < 0 ? "" : value(text, colon));
      } else if (!hasData && type.isEmpty()) {
        // Comments keep a connection alive for as long as it takes, between events.
        frameLength = 0;
      }
    }
  }

  private static String value(String text, int colon) {
    return text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
  }

  private void field(String name, String value) {
    switch (name) {
      case "event" -> type = value;
      case "data" -> data(value);
      case "error" -> {
        // llama.cpp's own way to break off.
        type = "error";
        data(value);
      }
      default -> {}
    }
  }

  private void data(String value) {
    if (hasData) {
      data.append('\n');
    }
    hasData = true;
    data.append(value);
  }

  private void endEvent() {
    Event event = hasData ? new Event(type, data.toString()) : null;
    type = "";
    data.setLength(0);
    hasData = false;
    frameLength = 0;
    if (event != null) {
      events.accept(event);
    }
  }
}
