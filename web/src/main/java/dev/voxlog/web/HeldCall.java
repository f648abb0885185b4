package dev.voxlog.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that is held, with what its watchers are told. Guarded by its book's lock, but for the
/// story, which is the reader's.
final class HeldCall {
  /// What an entry takes besides its text, its identity and place in the story included.
  private static final int ENTRY_BYTES = 400;

  final CallId id;
  final CallStory story = new CallStory();
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private @Nullable String row;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedSince;
  private long revision;

  /// Something told, under a number that only grows.
  record Entry(long id, News news, String json) {
    int bytes() {
      return 2 * json.length() + ENTRY_BYTES;
    }
  }

  HeldCall(CallId id) {
    this.id = id;
  }

  /// Of an utterance's interim words only the latest are kept, until the final ones come; over
  /// `most` bytes the oldest entries go, but for the first.
  void add(Entry entry, long most) {
    News news = entry.news();
    if (news.name().equals(News.INTERIM) || news.name().equals(News.FINAL)) {
      int utterance = news.data().path("utterance").asInt();
      forget(utterance);
    }
    entries.add(entry);
    bytes += entry.bytes();
    while (bytes > most && entries.size() > 2) {
      Entry first = entries.remove();
      bytes -= entries.remove().bytes();
      entries.addFirst(first);
    }
  }

  private void forget(int utterance) {
    for (Iterator<Entry> each = entries.descendingIterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.news().isInterimOf(utterance)) {
        bytes -= entry.bytes();
        each.remove();
        return;
      }
    }
  }

  /// Whether its row has changed.
  boolean summarise(Instant now) {
    CallEvent.Started begin = story.started();
    if (begin == null) {
      return false;
    }
    CallEvent.Ended end = story.ended();
    startedAt = begin.at();
    if (end != null && endedSince == null) {
      endedSince = now;
    }
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary
        .put("callId", id.value())
        .put("carrier", begin.carrier())
        .put("agent", Facts.agent(begin.agent()))
        .put("startedAt", Facts.time(begin.at()))
        .put("endedAt", end == null ? null : Facts.time(end.at()))
        .put("endReason", end == null ? null : end.reason())
        .put("turns", story.turns())
        .put("live", end == null);
    String before = row;
    row = summary.toString();
    return !row.equals(before);
  }

  void revised(long number) {
    revision = number;
  }

  long revision() {
    return revision;
  }

  long bytes() {
    return bytes;
  }

  /// Null until its beginning has been read.
  @Nullable String row() {
    return row;
  }

  Instant startedAt() {
    return startedAt == null ? Instant.EPOCH : startedAt;
  }

  /// When its end was read.
  @Nullable Instant endedSince() {
    return endedSince;
  }

  List<Entry> after(long id, int most) {
    List<Entry> following = new ArrayList<>();
    for (Iterator<Entry> each = entries.descendingIterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.id() <= id) {
        break;
      }
      following.add(entry);
    }
    return following.reversed().stream().limit(most).toList();
  }

  boolean covers(long id) {
    return !entries.isEmpty() && id >= entries.peekFirst().id() && id <= entries.peekLast().id();
  }
}
