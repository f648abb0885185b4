package dev.voxlog.analytics;

import dev.voxlog.analytics.CallRecords.Place;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.Understanding;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The records along which one turn's answer came about, from its cause to its first audio.
///
/// Every record's time is its writer's `at`. From one record to the next, what the reader waited
/// for it is Kafka's, the rest is the stage's.
final class Path {
  private final CallRecords records;
  private final Turn.Cause cause;
  private final @Nullable LogRecord<TranscriptEvent.Final> words;
  private final @Nullable LogRecord<Understanding.Understood> meant;
  private final @Nullable LogRecord<Sentence> sentence;
  private final @Nullable LogRecord<AgentAudio.Chunk> audio;
  private final @Nullable LogRecord<CallEvent.Playing> playing;
  private final int turn;
  private final Map<Part, Duration> parts = new EnumMap<>(Part.class);

  Path(CallRecords records, int turn, Turn.Cause cause, List<Integer> utterances) {
    this.records = records;
    this.turn = turn;
    this.cause = cause;
    Integer last = utterances.stream().max(Integer::compare).orElse(null);
    words = last == null ? null : records.finals.get(last);
    meant = last == null ? null : records.understood.get(last);
    sentence =
        records.sentences.getOrDefault(turn, new TreeMap<>()).values().stream()
            .filter(each -> each.event().purpose() != Purpose.FILLER)
            .findFirst()
            .orElse(null);
    Place place = sentence == null ? null : new Place(turn, sentence.event().sentence());
    audio = place == null ? null : records.firstChunks.get(place);
    playing = place == null ? null : records.playing.get(place);
  }

  @Nullable Instant answeredAt() {
    return playing == null ? null : playing.at();
  }

  Waterfall waterfall() {
    LogRecord<?> trigger = trigger();
    Duration total = null;
    if (words != null) {
      endpointed(words);
    }
    if (words != null && meant != null) {
      step(Part.NLU, words, meant.at());
    }
    if (trigger != null && sentence != null) {
      step(Part.DIALOGUE, trigger, sentence.at());
      tools(trigger.at(), sentence.at());
    }
    if (sentence != null && audio != null) {
      step(Part.TTS, sentence, audio.at());
    }
    if (audio != null && playing != null) {
      step(Part.PLAYBACK, audio, playing.at());
    }
    Instant beginning = beginning(trigger);
    if (beginning != null && playing != null) {
      total = Duration.between(beginning, playing.at());
    }
    return new Waterfall(parts, total);
  }

  /// What the dialogue answered.
  private @Nullable LogRecord<?> trigger() {
    return switch (cause) {
      case SPEECH -> meant;
      case CONNECTED -> records.attached.isEmpty() ? null : records.attached.getFirst();
      case SILENCE -> lastBefore(records.silences);
      case KEYS -> lastBefore(records.keys);
    };
  }

  private @Nullable LogRecord<?> lastBefore(List<? extends LogRecord<?>> candidates) {
    LogRecord<Sentence> said = sentence;
    return said == null
        ? null
        : candidates.stream()
            .filter(each -> !each.at().isAfter(said.at()))
            .reduce((_, later) -> later)
            .orElse(null);
  }

  /// The end of speech by the machine's clock, when it was typed, or the trigger's time.
  private @Nullable Instant beginning(@Nullable LogRecord<?> trigger) {
    if (cause != Turn.Cause.SPEECH) {
      return trigger == null ? null : trigger.at();
    }
    LogRecord<TranscriptEvent.Final> said = words;
    if (said == null) {
      return null;
    }
    return records
        .typed(said)
        .map(LogRecord::at)
        .or(() ->
            records
                .arrival(said.event().mediaMs())
                .map(heard -> heard.minusMillis(said.event().endpointingMs())))
        .orElse(null);
  }

  private void endpointed(LogRecord<TranscriptEvent.Final> said) {
    parts.put(Part.ENDPOINTING, Duration.ofMillis(said.event().endpointingMs()));
    long decided = said.event().mediaMs();
    Optional<? extends LogRecord<?>> typed = records.typed(said);
    Optional<? extends LogRecord<?>> heard = typed.isPresent() ? typed : records.audioUpTo(decided);
    if (heard.isPresent()) {
      step(Part.STT, heard.get(), said.at());
    } else {
      records
          .arrival(decided)
          .ifPresent(arrived -> parts.put(Part.STT, Duration.between(arrived, said.at())));
    }
  }

  /// From a record to the next one on the way: first it is read, then worked on.
  private void step(Part part, LogRecord<?> from, Instant to) {
    Duration whole = Duration.between(from.at(), to);
    Instant readAt = from.readAt();
    if (readAt == null) {
      parts.merge(part, whole, Duration::plus);
      return;
    }
    Duration waited = Duration.between(from.at(), readAt);
    Duration hop =
        waited.isNegative()
            ? Duration.ZERO
            : waited.compareTo(whole) > 0 ? atLeastZero(whole) : waited;
    parts.merge(Part.KAFKA, hop, Duration::plus);
    parts.merge(part, whole.minus(hop), Duration::plus);
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /// The tools' time between the two is theirs, not the dialogue's.
  private void tools(Instant from, Instant to) {
    Duration spent = Duration.ZERO;
    for (LogRecord<CallEvent.ToolRequested> request :
        records
            .requested
            .subMap(new Place(turn, Integer.MIN_VALUE), new Place(turn, Integer.MAX_VALUE))
            .values()) {
      LogRecord<CallEvent.ToolDone> done = records.done.get(new Place(turn, request.event().n()));
      if (done != null && !request.at().isBefore(from) && !done.at().isAfter(to)) {
        spent = spent.plus(Duration.between(request.at(), done.at()));
      }
    }
    if (!spent.isZero()) {
      parts.put(Part.TOOL, spent);
      parts.merge(Part.DIALOGUE, spent.negated(), Duration::plus);
    }
  }
}
