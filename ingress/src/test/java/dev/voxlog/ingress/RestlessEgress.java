package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An egress that speaks in every call that is told of, whatever its client does meanwhile, so that
/// clients find something to cancel and to truncate.
final class RestlessEgress implements AutoCloseable {
  private static final long EPOCH = 3;
  private static final int STEPS = 30;

  private final BlockingQueue<Optional<CallId>> begun = new LinkedBlockingQueue<>();
  private final SplittableRandom random;
  private final Playback playback;
  private final Thread thread;
  private long seq;

  RestlessEgress(long seed, String mediaPort) {
    random = new SplittableRandom(seed);
    playback = new Playback(mediaPort, "");
    thread = Thread.ofVirtual().name("restless-egress").start(this::run);
  }

  /// To be told of everything that is written. Safe from any thread.
  void saw(VoxEvent event) {
    if (event instanceof CallEvent.Attached attached && attached.takesEvents()) {
      begun.add(Optional.of(attached.callId()));
    }
  }

  private void run() {
    try {
      for (Optional<CallId> call = begun.take(); call.isPresent(); call = begun.take()) {
        speak(call.get());
        playback.reports.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void speak(CallId call) {
    playback.send(new MediaFrame.Attach(call, EPOCH, ++seq));
    for (int step = 0; step < STEPS; step++) {
      int turn = 1 + step / 8;
      String chunk = turn + "." + random.nextInt(3) + ".0";
      playback.send(
          switch (random.nextInt(10)) {
            case 0, 1, 2 -> new MediaFrame.Audio(call, EPOCH, ++seq, chunk, audio());
            case 3, 4 -> new MediaFrame.Mark(call, EPOCH, ++seq, EPOCH + ".0/" + chunk);
            case 5 -> new MediaFrame.Clear(call, EPOCH, ++seq);
            default -> new MediaFrame.Tell(call, EPOCH, ++seq, event(turn));
          });
    }
  }

  private AudioBytes audio() {
    return AudioBytes.wrap(new byte[48 * (1 + random.nextInt(300))]);
  }

  private ClientEvent event(int turn) {
    return switch (random.nextInt(6)) {
      case 0 -> new ClientEvent.SpeechStarted(turn, 100L * turn, random.nextInt(4) == 0);
      case 1 -> new ClientEvent.Interim(turn, random.nextInt(4), "one two");
      case 2 -> new ClientEvent.Final(turn, "one two three");
      case 3 -> new ClientEvent.SpeechEnded(turn, 100L * turn + 50, random.nextBoolean());
      case 4 -> new ClientEvent.SentenceBegan(turn, random.nextInt(3), "Somebody says this.");
      default -> new ClientEvent.TurnOver(turn, random.nextBoolean(), "Somebody", 1, 1);
    };
  }

  @Override
  public void close() {
    begun.add(Optional.empty());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    playback.close();
  }
}
