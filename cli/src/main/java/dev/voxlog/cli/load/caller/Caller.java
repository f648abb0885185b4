package dev.voxlog.cli.load.caller;

import dev.voxlog.cli.load.caller.Talk.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// One caller on an open stream: a frame each 20 ms, come what may, and an ear. Confined to one
/// thread.
public final class Caller {
  private static final long FRAME = Talk.FRAME.toNanos();
  private static final long NANOS_PER_SAMPLE = Duration.ofSeconds(1).toNanos() / 8_000;

  private final Timetable timetable;
  private final Timetable.Call call;
  private final Surroundings around;
  private final List<Saying> says;
  private final int cycleFrames;
  private final Wire wire;
  private final MediaWriter writer;
  private final String callSid;
  private final TurnMeter meter;
  private final long beginsAt;
  private final long endsAt;
  private long frame;
  private boolean isOver;

  /// What all callers share: when the run began ([System#nanoTime]), what they say, and what they
  /// measured.
  public record Surroundings(long origin, List<Saying> sayings, Tally tally) {}

  /// The stream of a call.
  public record Stream(Wire wire, String streamSid, String callSid) {}

  /// Joins at `now`: frames that were due before are not said, for the caller was not there yet.
  ///
  /// @throws IOException if it should have been talking by then
  public Caller(
      Timetable timetable, Timetable.Call call, Stream stream, Surroundings around, long now)
      throws IOException {
    this.timetable = timetable;
    this.call = call;
    this.around = around;
    this.says = timetable.order(call.index(), around.sayings());
    this.cycleFrames = timetable.talk().frames();
    this.wire = stream.wire();
    this.writer = new MediaWriter(stream.streamSid());
    this.callSid = stream.callSid();
    this.meter = new TurnMeter(around.tally());
    this.beginsAt = around.origin() + call.begins().toNanos();
    this.endsAt = around.origin() + timetable.ends().toNanos();
    this.frame = Math.max(0, Math.ceilDiv(now - beginsAt, FRAME));
    if (frame > call.firstLine()) {
      throw new IOException("its stream was open too late");
    }
  }

  public Wire wire() {
    return wire;
  }

  /// When the next frame is to go out, by [System#nanoTime].
  long due() {
    return beginsAt + frame * FRAME;
  }

  boolean isOver() {
    return isOver;
  }

  /// The next frame goes out, and the marks that were passed.
  public void step(long now) {
    long due = due();
    if (due >= endsAt) {
      hangUp();
      return;
    }
    long since = frame - call.firstLine();
    long cycle = Math.floorDiv(since, (long) cycleFrames);
    int place = (int) Math.floorMod(since, (long) cycleFrames);
    boolean isMeasured = timetable.isMeasured(cycle);
    Saying saying = says.get((int) Math.floorMod(cycle, (long) says.size()));
    byte[] payload = saying.pause(place);
    if (since >= 0 && cycle < timetable.cycles()) {
      payload = saying.payload(place);
      for (Line line : saying.lines()) {
        if (place == line.begin()) {
          meter.lineBegins(due, isMeasured, line.isBargeIn());
        } else if (place == line.end()) {
          meter.lineEnds(due - (place - line.begin()) * FRAME + line.said().toNanos());
        }
      }
    }
    around.tally().sent(now - due, isMeasured);
    frame++;
    try {
      wire.send(writer.media(payload));
      for (String mark : meter.playout().passed(now)) {
        wire.send(writer.mark(mark));
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /// Reads what has come. What one server says wrongly to one caller is no other caller's matter.
  void readable() {
    try {
      wire.read(this::received);
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void received(int opcode, byte[] message) {
    long now = System.nanoTime();
    switch (opcode) {
      case FrameReader.TEXT -> heard(AgentMessage.read(message), now);
      case FrameReader.CLOSE -> fail(new IOException("the agent closed the stream"));
      case FrameReader.PING -> {
        try {
          wire.send(writer.pong(message));
        } catch (IOException e) {
          fail(e);
        }
      }
      default -> {}
    }
  }

  private void heard(AgentMessage message, long now) {
    switch (message) {
      case AgentMessage.Media(int samples, int quiet) ->
          meter.audio(now, samples * NANOS_PER_SAMPLE, quiet * NANOS_PER_SAMPLE);
      case AgentMessage.Mark(String name) -> meter.mark(name, now);
      case AgentMessage.Clear() -> meter.cleared(now);
      case AgentMessage.Other() -> {}
    }
  }

  private void hangUp() {
    isOver = true;
    meter.ends();
    try {
      wire.send(writer.stop(callSid));
      wire.send(writer.close());
    } catch (IOException e) {
      // It was over anyway.
      wire.close();
      return;
    }
    wire.close();
  }

  private void fail(Exception why) {
    if (!isOver) {
      isOver = true;
      around.tally().failed(call.index(), why);
      meter.ends();
      wire.close();
    }
  }
}
