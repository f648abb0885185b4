package dev.voxlog.schemas;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Attached;
import dev.voxlog.schemas.CallEvent.Checkpoint;
import dev.voxlog.schemas.CallEvent.Consent;
import dev.voxlog.schemas.CallEvent.Detached;
import dev.voxlog.schemas.CallEvent.Dtmf;
import dev.voxlog.schemas.CallEvent.Ended;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Expects;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Mark;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Owner;
import dev.voxlog.schemas.CallEvent.Playing;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.Silence;
import dev.voxlog.schemas.CallEvent.Started;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.CallEvent.Transfer;
import dev.voxlog.schemas.CallEvent.Verdict;
import java.util.Map;

/// [CallEvent] as flat records.
final class CallEventCodec extends TopicCodec<CallEvent> {
  enum Kind {
    UNKNOWN,
    STARTED,
    ATTACHED,
    DETACHED,
    DTMF,
    MARK,
    VERDICT,
    HEARD,
    SILENCE,
    PLAYING,
    ENDED,
    EXPECTS,
    TOOL_REQUESTED,
    TOOL_DONE,
    TRANSFER,
    CONSENT,
    ERROR,
    CHECKPOINT,
    OWNER
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Text carrier;
  private final Column.Text carrierCallId;
  private final Column.Text direction;
  private final Column.Text fromAddress;
  private final Column.Text toAddress;
  private final Column.Text agent;
  private final Column.TextMap parameters;
  private final Column.Int attach;
  private final Column.Text streamId;
  private final Column.Symbol<Codec> codec;
  private final Column.Text mediaPort;
  private final Column.Long baseMs;
  private final Column.Flag isHangUp;
  private final Column.Int n;
  private final Column.Text digit;
  private final Column.Text markName;
  private final Column.Long mediaMs;
  private final Column.Int utterance;
  private final Column.Symbol<Ruling> ruling;
  private final Column.Int turn;
  private final Column.Int sentence;
  private final Column.Text text;
  private final Column.Long heardMs;
  private final Column.Flag isWhole;
  private final Column.Symbol<Evidence> evidence;
  private final Column.Long silentMs;
  private final Column.Text reason;
  private final Column.Symbol<Answer> answer;
  private final Column.Int answerLength;
  private final Column.Text tool;
  private final Column.Text toolArguments;
  private final Column.Symbol<Outcome> outcome;
  private final Column.Text toolResult;
  private final Column.Long tookMs;
  private final Column.Text destination;
  private final Column.Text what;
  private final Column.Flag isGiven;
  private final Column.Symbol<StageName> writer;
  private final Column.Text detail;
  private final Column.Bytes state;

  CallEventCodec() {
    this(Columns.of("CallEvent"));
  }

  private CallEventCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    carrier = columns.text("carrier");
    carrierCallId = columns.text("carrierCallId");
    direction = columns.text("direction");
    fromAddress = columns.text("fromAddress");
    toAddress = columns.text("toAddress");
    agent = columns.text("agent");
    parameters = columns.map("parameters");
    attach = columns.integer("attach");
    streamId = columns.text("streamId");
    codec = columns.symbol("codec", Codec.class);
    mediaPort = columns.text("mediaPort");
    baseMs = columns.number("baseMs");
    isHangUp = columns.flag("isHangUp");
    n = columns.integer("n");
    digit = columns.text("digit");
    markName = columns.text("markName");
    mediaMs = columns.number("mediaMs");
    utterance = columns.integer("utterance");
    ruling = columns.symbol("ruling", Ruling.class);
    turn = columns.integer("turn");
    sentence = columns.integer("sentence");
    text = columns.text("text");
    heardMs = columns.number("heardMs");
    isWhole = columns.flag("isWhole");
    evidence = columns.symbol("evidence", Evidence.class);
    silentMs = columns.number("silentMs");
    reason = columns.text("reason");
    answer = columns.symbol("answer", Answer.class);
    answerLength = columns.integer("answerLength");
    tool = columns.text("tool");
    toolArguments = columns.text("toolArguments");
    outcome = columns.symbol("outcome", Outcome.class);
    toolResult = columns.text("toolResult");
    tookMs = columns.number("tookMs");
    destination = columns.text("destination");
    what = columns.text("what");
    isGiven = columns.flag("isGiven");
    writer = columns.symbol("writer", StageName.class);
    detail = columns.text("detail");
    state = columns.bytes("state");
    super(CallEvent.class, columns);
  }

  @Override
  void fill(CallEvent event, Row row) {
    if (event.callId() != null) {
      callId.put(row, event.callId().value());
    }
    at.put(row, event.at());
    switch (event) {
      case Started e -> {
        kind.put(row, Kind.STARTED);
        carrier.put(row, e.carrier());
        carrierCallId.put(row, e.carrierCallId());
        direction.put(row, e.direction());
        fromAddress.put(row, e.from());
        toAddress.put(row, e.to());
        agent.put(row, e.agent());
        parameters.put(row, e.parameters());
      }
      case Attached e -> {
        kind.put(row, Kind.ATTACHED);
        attach.put(row, e.attach());
        streamId.put(row, e.streamId());
        codec.put(row, e.codec());
        mediaPort.put(row, e.mediaPort());
        baseMs.put(row, e.baseMs());
      }
      case Detached e -> {
        kind.put(row, Kind.DETACHED);
        attach.put(row, e.attach());
        isHangUp.put(row, e.isHangUp());
        reason.put(row, e.reason());
        mediaMs.put(row, e.mediaMs());
      }
      case Dtmf e -> {
        kind.put(row, Kind.DTMF);
        attach.put(row, e.attach());
        n.put(row, e.n());
        digit.put(row, e.digit());
        mediaMs.put(row, e.mediaMs());
      }
      case Mark e -> {
        kind.put(row, Kind.MARK);
        attach.put(row, e.attach());
        n.put(row, e.n());
        markName.put(row, e.name());
        mediaMs.put(row, e.mediaMs());
      }
      case Verdict e -> {
        kind.put(row, Kind.VERDICT);
        utterance.put(row, e.utterance());
        n.put(row, e.n());
        ruling.put(row, e.ruling());
        turn.put(row, e.turn());
        mediaMs.put(row, e.mediaMs());
      }
      case Heard e -> {
        kind.put(row, Kind.HEARD);
        turn.put(row, e.turn());
        sentence.put(row, e.sentence());
        n.put(row, e.n());
        text.put(row, e.text());
        heardMs.put(row, e.heardMs());
        isWhole.put(row, e.isWhole());
        evidence.put(row, e.evidence());
      }
      case Silence e -> {
        kind.put(row, Kind.SILENCE);
        turn.put(row, e.turn());
        n.put(row, e.n());
        silentMs.put(row, e.silentMs());
      }
      case Playing e -> {
        kind.put(row, Kind.PLAYING);
        turn.put(row, e.turn());
        sentence.put(row, e.sentence());
      }
      case Ended e -> {
        kind.put(row, Kind.ENDED);
        reason.put(row, e.reason());
      }
      case Expects e -> {
        kind.put(row, Kind.EXPECTS);
        turn.put(row, e.turn());
        answer.put(row, e.answer());
        answerLength.put(row, e.length());
      }
      case ToolRequested e -> {
        kind.put(row, Kind.TOOL_REQUESTED);
        turn.put(row, e.turn());
        n.put(row, e.n());
        tool.put(row, e.tool());
        toolArguments.put(row, e.arguments());
      }
      case ToolDone e -> {
        kind.put(row, Kind.TOOL_DONE);
        turn.put(row, e.turn());
        n.put(row, e.n());
        tool.put(row, e.tool());
        outcome.put(row, e.outcome());
        toolResult.put(row, e.result());
        tookMs.put(row, e.tookMs());
      }
      case Transfer e -> {
        kind.put(row, Kind.TRANSFER);
        turn.put(row, e.turn());
        destination.put(row, e.destination());
        reason.put(row, e.reason());
      }
      case Consent e -> {
        kind.put(row, Kind.CONSENT);
        turn.put(row, e.turn());
        what.put(row, e.what());
        isGiven.put(row, e.isGiven());
      }
      case CallEvent.Error e -> {
        kind.put(row, Kind.ERROR);
        writer.put(row, e.writer());
        n.put(row, e.n());
        reason.put(row, e.reason());
        detail.put(row, e.detail());
      }
      case Checkpoint e -> {
        kind.put(row, Kind.CHECKPOINT);
        writer.put(row, e.writer());
        state.put(row, e.state());
      }
      case Owner e -> {
        kind.put(row, Kind.OWNER);
        writer.put(row, e.writer());
      }
    }
  }

  @Override
  Decoded<CallEvent> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    return switch (which) {
      case STARTED -> known(
          new Started(
              call(row), at.of(row), carrier.of(row), carrierCallId.of(row), direction.of(row), fromAddress.orNull(row), toAddress.orNull(row), agent.of(row), parameters.orElse(row, Map.of())));
      case ATTACHED -> known(
          new Attached(
              call(row), at.of(row), attach.of(row), streamId.of(row), codec.of(row), mediaPort.of(row), baseMs.of(row)));
      case DETACHED -> known(
          new Detached(
              call(row), at.of(row), attach.of(row), isHangUp.of(row), reason.of(row), mediaMs.of(row)));
      case DTMF -> known(
          new Dtmf(
              call(row), at.of(row), attach.of(row), n.of(row), digit.of(row), mediaMs.of(row)));
      case MARK -> known(
          new Mark(
              call(row), at.of(row), attach.of(row), n.of(row), markName.of(row), mediaMs.of(row)));
      case VERDICT -> known(
          new Verdict(
              call(row), at.of(row), utterance.of(row), n.of(row), ruling.of(row), turn.of(row), mediaMs.of(row)));
      case HEARD -> known(
          new Heard(
              call(row), at.of(row), turn.of(row), sentence.of(row), n.of(row), text.of(row), heardMs.of(row), isWhole.of(row), evidence.of(row)));
      case SILENCE -> known(
          new Silence(
              call(row), at.of(row), turn.of(row), n.of(row), silentMs.of(row)));
      case PLAYING -> known(
          new Playing(
              call(row), at.of(row), turn.of(row), sentence.of(row)));
      case ENDED -> known(
          new Ended(
              call(row), at.of(row), reason.of(row)));
      case EXPECTS -> known(
          new Expects(
              call(row), at.of(row), turn.of(row), answer.of(row), answerLength.of(row)));
      case TOOL_REQUESTED -> known(
          new ToolRequested(
              call(row), at.of(row), turn.of(row), n.of(row), tool.of(row), toolArguments.of(row)));
      case TOOL_DONE -> known(
          new ToolDone(
              call(row), at.of(row), turn.of(row), n.of(row), tool.of(row), outcome.of(row), toolResult.orNull(row), tookMs.of(row)));
      case TRANSFER -> known(
          new Transfer(
              call(row), at.of(row), turn.of(row), destination.of(row), reason.of(row)));
      case CONSENT -> known(
          new Consent(
              call(row), at.of(row), turn.of(row), what.of(row), isGiven.of(row)));
      case ERROR -> known(
          new CallEvent.Error(
              call(row), at.of(row), writer.of(row), n.of(row), reason.of(row), detail.of(row)));
      case CHECKPOINT -> known(
          new Checkpoint(
              call(row), at.of(row), writer.of(row), state.of(row)));
      case OWNER -> known(new Owner(at.of(row), writer.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private CallId call(Row row) {
    return new CallId(callId.of(row));
  }
}
