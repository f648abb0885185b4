package dev.voxlog.web;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one call's records amount to, told as they come in: from the records so far and the next
/// one follows what is news. Knows no clock and no log. Confined to one thread.
final class CallStory {
  private static final int MOST_IDENTITIES = 20_000;

  private final Set<String> seen = new LinkedHashSet<>();
  private final TurnTimes times = new TurnTimes();
  private final List<News> news = new ArrayList<>();
  private int attach;
  private CallEvent.@Nullable Detached detached;
  private CallEvent.@Nullable Started started;
  private CallEvent.@Nullable Ended ended;

  /// What is news with this record, in order; nothing with one that was there before, or that tells
  /// a watcher nothing.
  List<News> take(LogRecord<?> record) {
    news.clear();
    if (isNew(record.event())) {
      tell(record.event());
      times.take(record, news::add);
    }
    return List.copyOf(news);
  }

  private boolean isNew(VoxEvent event) {
    String identity = event.identity();
    if (identity == null || !seen.add(Topic.of(event).id() + "/" + identity)) {
      return false;
    }
    if (seen.size() > MOST_IDENTITIES) {
      seen.remove(seen.iterator().next());
    }
    return true;
  }

  private void tell(VoxEvent event) {
    switch (event) {
      case TranscriptEvent.Interim words -> news.add(Facts.of(words));
      case TranscriptEvent.Final words -> news.add(Facts.of(words));
      case Understanding.Understood meant -> news.add(Facts.of(meant));
      case TurnEvent.Sentence sentence -> news.add(Facts.of(sentence));
      case TurnEvent.TurnEnded end -> news.add(Facts.of(end));
      case CallEvent call -> tellCall(call);
      case TranscriptEvent _, Understanding _, TurnEvent _, AgentAudio _, CallerAudio _ -> {}
    }
  }

  private void tellCall(CallEvent event) {
    switch (event) {
      case CallEvent.Started begin -> {
        started = begin;
        news.add(Facts.of(begin));
      }
      case CallEvent.Attached line -> attached(line);
      case CallEvent.Detached line when line.attach() >= attach -> {
        detached = line;
        news.add(Facts.of(line));
      }
      case CallEvent.Dtmf key when key.attach() >= attach -> news.add(Facts.of(key));
      case CallEvent.Verdict verdict -> news.add(Facts.of(verdict));
      case CallEvent.Heard part -> news.add(Facts.of(part));
      case CallEvent.Silence silence -> news.add(Facts.of(silence));
      case CallEvent.Playing first -> news.add(Facts.of(first));
      case CallEvent.Ended end -> {
        ended = end;
        news.add(Facts.of(end));
      }
      case CallEvent.ToolRequested asked -> news.add(Facts.of(asked));
      case CallEvent.ToolDone done -> news.add(Facts.of(done));
      case CallEvent.Transfer transfer -> news.add(Facts.of(transfer));
      case CallEvent.Detached _,
          CallEvent.Dtmf _,
          CallEvent.Mark _,
          CallEvent.Typed _,
          CallEvent.Cancel _,
          CallEvent.Asked _,
          CallEvent.Cancelled _,
          CallEvent.Expects _,
          CallEvent.Decided _,
          CallEvent.Consent _,
          CallEvent.Error _,
          CallEvent.Checkpoint _,
          CallEvent.Owner _ -> {}
    }
  }

  /// What an earlier line still says is void from here on.
  private void attached(CallEvent.Attached line) {
    if (line.attach() < attach) {
      return;
    }
    attach = line.attach();
    if (detached != null) {
      news.add(Facts.gap(detached, line));
      detached = null;
    }
    news.add(Facts.of(line));
  }

  CallEvent.@Nullable Started started() {
    return started;
  }

  CallEvent.@Nullable Ended ended() {
    return ended;
  }

  /// Turns with something to say that no later one has taken over.
  int turns() {
    return times.turns();
  }
}
