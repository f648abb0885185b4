package dev.voxlog.schemas;

import dev.voxlog.schemas.CallEvent.Consent;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Expects;
import dev.voxlog.schemas.CallEvent.FromLlm;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.CallEvent.Transfer;
import dev.voxlog.schemas.CallEventCodec.Kind;
import java.util.List;

/// The kinds of [CallEvent] that llm writes, as flat records.
final class LlmKinds {
  private final CallEventColumns c;

  LlmKinds(CallEventColumns columns) {
    c = columns;
  }

  void fill(FromLlm event, Row row) {
    switch (event) {
      case Expects e -> {
        c.kind.put(row, Kind.EXPECTS);
        c.turn.put(row, e.turn());
        c.answer.put(row, e.answer());
        c.answerLength.put(row, e.length());
      }
      case ToolRequested e -> {
        c.kind.put(row, Kind.TOOL_REQUESTED);
        c.turn.put(row, e.turn());
        c.n.put(row, e.n());
        c.tool.put(row, e.tool());
        c.toolArguments.put(row, e.arguments());
      }
      case ToolDone e -> fillToolDone(e, row);
      case Decided e -> fillDecided(e, row);
      case Transfer e -> {
        c.kind.put(row, Kind.TRANSFER);
        c.turn.put(row, e.turn());
        c.destination.put(row, e.destination());
        c.reason.put(row, e.reason());
      }
      case Consent e -> {
        c.kind.put(row, Kind.CONSENT);
        c.turn.put(row, e.turn());
        c.what.put(row, e.what());
        c.isGiven.put(row, e.isGiven());
      }
    }
  }

  private void fillToolDone(ToolDone e, Row row) {
    c.kind.put(row, Kind.TOOL_DONE);
    c.turn.put(row, e.turn());
    c.n.put(row, e.n());
    c.tool.put(row, e.tool());
    c.outcome.put(row, e.outcome());
    c.toolResult.put(row, e.result());
    c.tookMs.put(row, e.tookMs());
  }

  private void fillDecided(Decided e, Row row) {
    c.kind.put(row, Kind.DECIDED);
    c.turn.put(row, e.turn());
    c.n.put(row, e.n());
    c.model.put(row, e.model());
    c.sentences.put(row, e.sentences());
    c.functionName.put(row, e.function());
    c.toolArguments.put(row, e.arguments());
    c.outcome.put(row, e.outcome());
    c.utterances.put(row, e.utterances());
    c.promptTokens.put(row, e.promptTokens());
    c.completionTokens.put(row, e.completionTokens());
    c.tookMs.put(row, e.tookMs());
  }

  FromLlm build(Kind kind, CallId call, Row row) {
    return switch (kind) {
      case EXPECTS -> expects(call, row);
      case TOOL_REQUESTED -> toolRequested(call, row);
      case TOOL_DONE -> toolDone(call, row);
      case DECIDED -> decided(call, row);
      case TRANSFER ->
          new Transfer(call, c.at.of(row), c.turn.of(row), c.destination.of(row), c.reason.of(row));
      case CONSENT ->
          new Consent(call, c.at.of(row), c.turn.of(row), c.what.of(row), c.isGiven.of(row));
      default -> throw new IllegalArgumentException(kind + " is not llm's");
    };
  }

  private Expects expects(CallId call, Row row) {
    return new Expects(
        call, c.at.of(row), c.turn.of(row), c.answer.of(row), c.answerLength.of(row));
  }

  private ToolRequested toolRequested(CallId call, Row row) {
    return new ToolRequested(
        call, c.at.of(row), c.turn.of(row), c.n.of(row), c.tool.of(row), c.toolArguments.of(row));
  }

  private ToolDone toolDone(CallId call, Row row) {
    return new ToolDone(
        call,
        c.at.of(row),
        c.turn.of(row),
        c.n.of(row),
        c.tool.of(row),
        c.outcome.of(row),
        c.toolResult.orNull(row),
        c.tookMs.of(row));
  }

  private Decided decided(CallId call, Row row) {
    return new Decided(
        call,
        c.at.of(row),
        c.turn.of(row),
        c.n.of(row),
        c.model.of(row),
        c.sentences.of(row),
        c.functionName.orNull(row),
        c.toolArguments.orNull(row),
        c.outcome.of(row),
        c.utterances.orElse(row, List.of()),
        c.promptTokens.of(row),
        c.completionTokens.of(row),
        c.tookMs.of(row));
  }
}
