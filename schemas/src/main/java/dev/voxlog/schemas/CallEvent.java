package dev.voxlog.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts of a call that are nobody's audio or words; topic `calls`. Each kind has one writing
/// stage.
public sealed interface CallEvent extends VoxEvent {

  /// The call exists. `agent` is the agent file's key, name@hash: every stage of the call uses that
  /// one, with what `settings` change of it.
  record Started(
      CallId callId,
      Instant at,
      String carrier,
      String carrierCallId,
      String direction,
      @Nullable String from,
      @Nullable String to,
      String agent,
      Map<String, String> parameters,
      CallSettings settings)
      implements FromIngress {
    public Started {
      parameters = Map.copyOf(parameters);
    }

    public Started(
        CallId callId,
        Instant at,
        String carrier,
        String carrierId,
        String direction,
        @Nullable String from,
        @Nullable String to,
        String agent,
        Map<String, String> extra) {
      this(callId, at, carrier, carrierId, direction, from, to, agent, extra, CallSettings.NONE);
    }

    @Override
    public String identity() {
      return "started";
    }
  }

  /// A stream of the call is connected to an ingress node. `mediaPort` is host:port of that node's
  /// media port, `baseMs` where this attach's media begins on the call's media clock. A stream that
  /// `takesEvents` is told what happens in the call, by client events over the media port.
  record Attached(
      CallId callId,
      Instant at,
      int attach,
      String streamId,
      Codec codec,
      String mediaPort,
      long baseMs,
      boolean takesEvents)
      implements FromIngress {
    public Attached(
        CallId callId,
        Instant at,
        int attach,
        String streamId,
        Codec codec,
        String mediaPort,
        long baseMs) {
      this(callId, at, attach, streamId, codec, mediaPort, baseMs, false);
    }

    @Override
    public String identity() {
      return "attached" + attach;
    }
  }

  /// The stream is gone: `isHangUp` when the carrier said the call is over, else it dropped and may
  /// come again.
  record Detached(
      CallId callId, Instant at, int attach, boolean isHangUp, String reason, long mediaMs)
      implements FromIngress {
    @Override
    public String identity() {
      return "detached" + attach;
    }
  }

  /// A key was pressed: `digit` is that key, or [#WITHHELD] if it is not told, or not yet. Or it is
  /// told which keys the latest withheld ones were. `n` counts the attach's records of this kind.
  record Dtmf(CallId callId, Instant at, int attach, int n, String digit, long mediaMs)
      implements FromIngress {
    public static final String WITHHELD = "x";

    /// The `digit` that tells which keys were withheld before it.
    public static String told(String keys) {
      return WITHHELD + keys;
    }

    @Override
    public String identity() {
      return "dtmf" + attach + "." + n;
    }
  }

  /// The carrier says that everything before the mark has been played, or was cleared.
  record Mark(CallId callId, Instant at, int attach, int n, String name, long mediaMs)
      implements FromIngress {
    @Override
    public String identity() {
      return "mark" + attach + "." + n;
    }
  }

  /// The caller typed `text`, which is an utterance like a spoken one. `n` counts the attach's
  /// typed texts, `mediaMs` is how far the caller's audio had come.
  record Typed(CallId callId, Instant at, int attach, int n, String text, long mediaMs)
      implements FromIngress {
    @Override
    public String identity() {
      return "typed" + attach + "." + n;
    }
  }

  /// The caller's program asks that the agent stop what it is saying. `n` counts the attach's
  /// requests.
  record Cancel(CallId callId, Instant at, int attach, int n, long mediaMs) implements FromIngress {
    @Override
    public String identity() {
      return "cancel" + attach + "." + n;
    }
  }

  /// The caller's program asks for an answer to what the caller had said by `mediaMs`, where
  /// answers are given on request. `n` counts the attach's requests.
  record Asked(CallId callId, Instant at, int attach, int n, long mediaMs) implements FromIngress {
    @Override
    public String identity() {
      return "asked" + attach + "." + n;
    }
  }

  /// What an utterance meant for the playback.
  enum Ruling {
    /// Nothing was playing.
    CLEAR,
    INTERRUPTED,
    RESUMED,
    UNKNOWN
  }

  /// Egress's word on an utterance. `turn` was playing (0 if none); `n` counts verdicts of the
  /// utterance, the last counts.
  record Verdict(
      CallId callId, Instant at, int utterance, int n, Ruling ruling, int turn, long mediaMs)
      implements FromEgress {
    @Override
    public String identity() {
      return "verdict" + utterance + "." + n;
    }
  }

  /// What became of the caller's program's [Cancel] of the same attach and number: `turn` was
  /// broken off, 0 if nothing was being said.
  record Cancelled(CallId callId, Instant at, int attach, int n, int turn) implements FromEgress {
    @Override
    public String identity() {
      return "cancelled" + attach + "." + n;
    }
  }

  /// How sure we are that words were heard.
  enum Evidence {
    /// The carrier acknowledged their playback.
    ACKED,
    /// Reckoned from the clock between acknowledgements.
    ESTIMATED,
    UNKNOWN
  }

  /// What the caller heard of a sentence: `text` its heard part. `n` counts the sentence's records,
  /// the last counts.
  record Heard(
      CallId callId,
      Instant at,
      int turn,
      int sentence,
      int n,
      String text,
      long heardMs,
      boolean isWhole,
      Evidence evidence)
      implements FromEgress {
    @Override
    public String identity() {
      return "heard" + turn + "." + sentence + "." + n;
    }
  }

  /// The caller has said nothing for a while after the agent fell silent. `n` counts from 1 since
  /// the caller last spoke.
  record Silence(CallId callId, Instant at, int turn, int n, long silentMs) implements FromEgress {
    @Override
    public String identity() {
      return "silence" + turn + "." + n;
    }
  }

  /// The first audio of a turn's sentence went to the ingress node. `mediaMs` is not known to
  /// egress; compare `at`.
  record Playing(CallId callId, Instant at, int turn, int sentence) implements FromEgress {
    @Override
    public String identity() {
      return "playing" + turn + "." + sentence;
    }
  }

  /// The call is over, and this is its last record but for heard and analytics: completed, hung-up,
  /// transferred, lost, failed.
  record Ended(CallId callId, Instant at, String reason) implements FromEgress {
    @Override
    public String identity() {
      return "ended";
    }
  }

  /// The kind of answer the dialogue waits for.
  enum Answer {
    ANYTHING,
    YES_NO,
    DIGITS,
    CODE,
    UNKNOWN
  }

  /// From now on the dialogue waits for this kind of answer; `length` characters where it is known,
  /// else 0.
  record Expects(CallId callId, Instant at, int turn, Answer answer, int length)
      implements FromLlm {
    @Override
    public String identity() {
      return "expects" + turn;
    }
  }

  /// A tool is about to be called; key `call/turn/n`. Written before the call is made.
  record ToolRequested(CallId callId, Instant at, int turn, int n, String tool, String arguments)
      implements FromLlm {
    public String idempotencyKey() {
      return callId + "/" + turn + "/" + n;
    }

    @Override
    public String identity() {
      return "toolRequested" + turn + "." + n;
    }
  }

  /// What a language model that was asked in a turn came to, written before anything follows from
  /// it: what it said are the turn's sentences up to `sentences`, then `function`, a flow, follows
  /// with the values in `arguments` (JSON), or nothing. `utterances` are those the turn answers.
  /// Tokens are 0 where the model did not tell.
  record Decided(
      CallId callId,
      Instant at,
      int turn,
      int n,
      String model,
      int sentences,
      @Nullable String function,
      @Nullable String arguments,
      Outcome outcome,
      List<Integer> utterances,
      long promptTokens,
      long completionTokens,
      long tookMs)
      implements FromLlm {
    public Decided {
      utterances = List.copyOf(utterances);
    }

    @Override
    public String identity() {
      return "decided" + turn + "." + n;
    }
  }

  /// How a tool call, or a question to a language model, ended.
  enum Outcome {
    OK,
    /// The tool answered that there is no such thing.
    NOT_FOUND,
    /// The tool refused the request.
    REFUSED,
    /// The tool could not be reached or broke.
    FAILED,
    /// It may or may not have happened.
    UNCERTAIN,
    /// What the tool answered is not the caller's, and is not in the log; the dialogue goes on as
    /// if there were no such thing.
    WITHHELD,
    UNKNOWN
  }

  /// A tool's answer, written before the dialogue sees it. `result` is JSON.
  record ToolDone(
      CallId callId,
      Instant at,
      int turn,
      int n,
      String tool,
      Outcome outcome,
      @Nullable String result,
      long tookMs)
      implements FromLlm {
    @Override
    public String identity() {
      return "toolDone" + turn + "." + n;
    }
  }

  /// The call is to be handed to a person at `destination` once turn `turn` has been heard.
  record Transfer(CallId callId, Instant at, int turn, String destination, String reason)
      implements FromLlm {
    @Override
    public String identity() {
      return "transfer" + turn;
    }
  }

  /// The caller agreed to, or declined, `what`.
  record Consent(CallId callId, Instant at, int turn, String what, boolean isGiven)
      implements FromLlm {
    @Override
    public String identity() {
      return "consent" + turn + "." + what;
    }
  }

  /// Something went wrong in `writer` that touches this call alone; `detail` holds no caller
  /// content.
  record Error(CallId callId, Instant at, StageName writer, int n, String reason, String detail)
      implements CallEvent {
    @Override
    public String identity() {
      return "error" + writer.id() + "." + n;
    }
  }

  /// What a stage whose own output is this topic needs from before its safe point.
  record Checkpoint(CallId callId, Instant at, StageName writer, AudioBytes state)
      implements CallEvent {
    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// A new owner of (stage, this partition): this record's offset is its epoch.
  record Owner(Instant at, StageName writer) implements CallEvent {
    @Override
    public @Nullable CallId callId() {
      return null;
    }

    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// Kinds that ingress alone writes.
  sealed interface FromIngress extends CallEvent {
    @Override
    default StageName writer() {
      return StageName.INGRESS;
    }
  }

  /// Kinds that egress alone writes.
  sealed interface FromEgress extends CallEvent {
    @Override
    default StageName writer() {
      return StageName.EGRESS;
    }
  }

  /// Kinds that llm alone writes.
  sealed interface FromLlm extends CallEvent {
    @Override
    default StageName writer() {
      return StageName.LLM;
    }
  }
}
