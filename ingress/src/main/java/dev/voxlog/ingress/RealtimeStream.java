package dev.voxlog.ingress;

import dev.voxlog.ingress.realtime.AgentResponses;
import dev.voxlog.ingress.realtime.CallerItems;
import dev.voxlog.ingress.realtime.ClientMessage;
import dev.voxlog.ingress.realtime.ClientReader;
import dev.voxlog.ingress.realtime.DueAnswers;
import dev.voxlog.ingress.realtime.InputBuffer;
import dev.voxlog.ingress.realtime.ProtocolFault;
import dev.voxlog.ingress.realtime.ServerEvents;
import dev.voxlog.ingress.realtime.SessionSettings;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.media.ClientEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One program's or browser's socket that speaks OpenAI's Realtime protocol: its messages become
/// records, commands and client events become its events.
///
/// The call begins with the first thing the client wants of it. Confined to the node's event loop.
final class RealtimeStream implements CallStream {
  private static final Logger log = LoggerFactory.getLogger(RealtimeStream.class);
  private static final int MOST_ERRORS = 20;
  private static final int MOST_TEXTS = 20;

  private static final int GOING_AWAY = 1001;

  private final Node node;
  private final CarrierSocket socket;
  private final RealtimeCall.Opening opening;
  private final ServerEvents events;
  private final CallerItems caller;
  private final AgentResponses agent;
  private final ClientPace pace;
  private final List<String> texts = new ArrayList<>();
  private final InputBuffer buffer = new InputBuffer();
  private final DueAnswers answers = new DueAnswers();

  /// As the client has set it; of its instructions `instructions` is what is kept.
  private SessionSettings settings;

  private @Nullable String instructions;
  private @Nullable RealtimeCall call;
  private boolean isClosed;
  private int errorsTold;

  /// `askedModel` is the model that the client named.
  RealtimeStream(
      Node node,
      CarrierSocket socket,
      RealtimeCall.Opening opening,
      ClientPace pace,
      @Nullable String askedModel) {
    this.node = node;
    this.socket = socket;
    this.opening = opening;
    this.pace = pace;
    String callId = opening.call().value();
    String name = opening.agent().substring(0, opening.agent().indexOf('@'));
    SessionTerms terms = node.config().agents().terms(opening.agent());
    settings =
        SessionSettings.initial(new SessionSettings.Session(callId, name, askedModel, terms));
    events = new ServerEvents(opening.session(), this::send);
    caller = new CallerItems(events, settings.isTranscribed());
    agent = new AgentResponses(events, callId);
  }

  void open() {
    events.sessionCreated(settings);
  }

  /// The socket was taken only to say why it cannot stay.
  void turnAway(String code, String message) {
    events.serverError(code, message);
    close(1013, code);
  }

  // From the client.

  @Override
  public void message(String text) {
    if (isClosed || isFlood()) {
      return;
    }
    String eventId = null;
    try {
      ClientReader.Envelope envelope = ClientReader.open(text);
      eventId = envelope.eventId();
      take(ClientReader.read(envelope));
    } catch (ProtocolFault fault) {
      fault(fault, eventId);
    }
  }

  private boolean isFlood() {
    if (!pace.isFlood()) {
      return false;
    }
    node.metrics().count("message-flood");
    close(1008, "too many messages a second");
    return true;
  }

  @Override
  public void binaryMessage() {
    fault(new ProtocolFault("invalid_json", null, "Messages are texts."), null);
  }

  /// The client is told each time, the call's readers up to a bound; who makes nothing but faults
  /// is cut off.
  private void fault(ProtocolFault fault, @Nullable String eventId) {
    node.metrics().count("realtime-fault");
    events.error(fault, eventId);
    if (call != null && errorsTold < MOST_ERRORS) {
      errorsTold++;
      call.error("protocol-fault", fault.code());
    }
    if (!pace.bearsFault()) {
      close(1008, "too many faults");
    }
  }

  private void take(ClientMessage message) throws ProtocolFault {
    switch (message) {
      case ClientMessage.Update update -> update(update);
      case ClientMessage.Append append -> append(append.audio());
      case ClientMessage.Commit _ -> commit();
      case ClientMessage.ClearBuffer _ -> clearBuffer();
      case ClientMessage.CreateText create -> createText(create);
      case ClientMessage.Truncate truncate -> truncate(truncate);
      case ClientMessage.CreateResponse _ -> createResponse();
      case ClientMessage.CancelResponse cancel -> {
        agent.cancel(cancel.responseId());
        begun().cancel();
      }
    }
  }

  private void update(ClientMessage.Update update) throws ProtocolFault {
    SessionSettings wanted = settings.after(update.session());
    if (call != null) {
      wanted.requireUnchanged(settings);
    }
    settings = wanted;
    caller.transcribe(wanted.isTranscribed());
    if (call == null) {
      instructions = masked(wanted.instructions());
    }
    events.sessionUpdated(wanted.withInstructions(instructions));
    begun();
  }

  /// Once a session, for it takes a while.
  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : node.config().agents().mask(opening.agent()).typed(text, 0);
  }

  private void append(AudioBytes audio) throws ProtocolFault {
    if (settings.isPushToTalk() && !buffer.takes(audio.length(), settings.codec())) {
      return;
    }
    begun().append(audio);
    buffer.appended(audio.length());
  }

  private void commit() throws ProtocolFault {
    if (settings.isPushToTalk()) {
      buffer.requireEnough(settings.codec());
      caller.committed(begun().commitAppended());
    } else {
      buffer.requireSomething();
      begun().commit();
    }
    buffer.clear();
    said();
  }

  private void said() {
    if (settings.isAnsweredOnRequest()) {
      answers.saidUnasked();
    } else {
      answers.said();
    }
  }

  private void clearBuffer() throws ProtocolFault {
    if (settings.isPushToTalk()) {
      begun().dropAppended();
    } else if (caller.isSpeaking()) {
      throw new ProtocolFault(
          "input_audio_buffer_in_use", null, "What is being said has been heard already.");
    } else {
      begun().clearAppended();
    }
    buffer.clear();
    events.bufferCleared();
  }

  private void createText(ClientMessage.CreateText create) throws ProtocolFault {
    int waiting = texts.stream().mapToInt(String::length).sum();
    if (texts.size() >= MOST_TEXTS
        || waiting + create.text().length() > ClientReader.LONGEST_TEXT) {
      throw new ProtocolFault(
          "too_many_items", "item", "Ask for a response to the texts there are first.");
    }
    if (!pace.bearsText(create.text().length())) {
      throw new ProtocolFault(
          "rate_limit_exceeded", "item", "That is more text a minute than can be taken.");
    }
    begun();
    caller.typed(create.itemId(), create.previousItemId(), create.text());
    texts.add(create.text());
  }

  /// Texts are said once a response to them is asked for; what was spoken is answered anyway,
  /// unless the client wants to ask for that, too.
  private void createResponse() throws ProtocolFault {
    boolean isFirst = call == null;
    RealtimeCall running = begun();
    if (!texts.isEmpty()) {
      running.typed(String.join("\n", texts));
      texts.clear();
      answers.said();
    } else if (agent.isGoingOn()) {
      throw new ProtocolFault(
          "conversation_already_has_active_response", null, "There is a response in progress.");
    } else if (!isFirst) {
      answers.requireSome(caller.isSpeaking() && !settings.isAnsweredOnRequest());
    }
    if (settings.isAnsweredOnRequest()) {
      running.ask();
      answers.asked();
    }
  }

  private void truncate(ClientMessage.Truncate truncate) throws ProtocolFault {
    long bytes = settings.codec().bytes(Duration.ofMillis(truncate.audioEndMs()));
    agent.requireSent(truncate.itemId(), bytes);
    events.truncated(truncate.itemId(), truncate.audioEndMs());
    begun().stopped(truncate.itemId(), truncate.audioEndMs());
  }

  private RealtimeCall begun() {
    if (call != null) {
      return call;
    }
    RealtimeCall beginning =
        new RealtimeCall(
            node,
            opening,
            settings.codec(),
            settings.withInstructions(instructions).forTheCall(),
            agent);
    call = beginning;
    answers.said();
    node.calls().place(opening.call(), this);
    beginning.begin(opening);
    log.info("{} attached", opening.call());
    return beginning;
  }

  // From egress.

  @Override
  public boolean isStreaming() {
    return call != null && !isClosed;
  }

  @Override
  public String agent() {
    return call == null ? "" : call.agent();
  }

  @Override
  public int attach() {
    return call == null ? 0 : RealtimeCall.ATTACH;
  }

  @Override
  public String caller() {
    return opening.client();
  }

  @Override
  public void play(String chunk, AudioBytes audio) {
    if (call != null) {
      answers.given();
      call.play(chunk, audio);
    }
  }

  @Override
  public void mark(String name) {
    if (call != null) {
      call.mark(name);
    }
  }

  @Override
  public void clear() {
    if (call != null) {
      call.clear();
    }
  }

  @Override
  public void tell(ClientEvent event) {
    switch (event) {
      case ClientEvent.SpeechStarted speech -> caller.started(speech);
      case ClientEvent.Interim interim -> caller.interim(interim);
      case ClientEvent.Final words -> caller.words(words);
      case ClientEvent.SpeechEnded speech -> ended(speech);
      case ClientEvent.SentenceBegan sentence -> agent.began(sentence);
      case ClientEvent.TurnOver turn -> agent.over(turn);
    }
  }

  private void ended(ClientEvent.SpeechEnded speech) {
    if (caller.ended(speech)) {
      answers.understood();
      if (!settings.isPushToTalk()) {
        said();
      }
    } else if (settings.isPushToTalk() && !caller.isCommitPending()) {
      answers.inVain().ifPresent(fault -> events.error(fault, null));
    }
  }

  @Override
  public void say(AudioBytes mulaw) {
    if (call != null) {
      call.say(mulaw);
    }
  }

  @Override
  public void hangUp() {
    close(1000, AGENT_HUNG_UP);
  }

  // The end.

  /// The socket is closed, by whomever; `isGoodbye` if the client said so and was not merely lost.
  void closed(boolean isGoodbye) {
    leave(isGoodbye, isGoodbye ? "closed" : "dropped");
  }

  void closeUnlessBegun() {
    if (call == null && !isClosed) {
      node.metrics().count("no-start");
      close(1008, "nothing was asked of this session");
    }
  }

  @Override
  public void close(int code, String reason) {
    if (isClosed) {
      return;
    }
    if (code == GOING_AWAY) {
      events.serverError("server_stopping", "This server is being stopped; connect again.");
    }
    leave(false, reason);
    socket.close(code, reason);
  }

  private void leave(boolean isHangUp, String reason) {
    boolean wasStreaming = isStreaming();
    isClosed = true;
    if (wasStreaming && call != null) {
      call.leave(isHangUp, reason);
      node.calls().remove(opening.call(), this);
      log.info("{} detached: {}", opening.call(), reason);
    }
  }

  private void send(String event) {
    if (isClosed) {
      return;
    }
    socket.send(event);
    if (socket.isBacklogged()) {
      node.metrics().count("carrier-backlog");
      close(1011, "the client leaves too much unread");
    }
  }
}
