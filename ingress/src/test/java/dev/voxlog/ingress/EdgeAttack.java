package dev.voxlog.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Clients of one edge who send mutations of what it understands: whole, in fragments, as binary
/// messages and among control frames, and on other sockets frames that are none. The same for the
/// same seed, as far as the node leaves the sockets open.
final class EdgeAttack {
  private static final int SOCKETS = 4;
  private static final int MESSAGES_OF_A_SOCKET = 400;
  private static final int MESSAGES_TO_A_BROKEN_SOCKET = 2_000;

  /// Few, so that sockets also fight for the same one.
  private static final int CALLS = 20;

  private final Edge edge;
  private final int port;

  EdgeAttack(Edge edge, int port) {
    this.edge = edge;
    this.port = port;
  }

  /// Whoever waits for these has sent at least so many messages.
  List<Future<?>> begin(ExecutorService attackers, HttpClient http, long seed, int messages) {
    List<Future<?>> attacks = new ArrayList<>();
    for (int each = 0; each < SOCKETS; each++) {
      long ofSocket = seed * 1_000L + each;
      attacks.add(attackers.submit(() -> texts(http, ofSocket, messages / SOCKETS)));
    }
    attacks.add(
        attackers.submit(() -> frames(seed * 1_000L, messages / MESSAGES_TO_A_BROKEN_SOCKET)));
    return attacks;
  }

  private static final class Client implements WebSocket.Listener {
    private volatile boolean isClosed;

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      isClosed = true;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      isClosed = true;
    }
  }

  private @Nullable Void texts(HttpClient http, long seed, int messages) {
    SplittableRandom random = new SplittableRandom(seed);
    URI address = URI.create("ws://127.0.0.1:" + port + edge.path);
    for (int sent = 0; sent < messages; ) {
      List<String> conversation = edge.conversation(random.nextInt(CALLS));
      MessageMutator mutator = new MessageMutator(random.nextLong(), conversation);
      Client client = new Client();
      WebSocket socket = http.newWebSocketBuilder().buildAsync(address, client).join();
      try {
        if (random.nextInt(4) > 0) {
          conversation.subList(0, edge.openers).forEach(text -> socket.sendText(text, true).join());
        }
        for (int of = 0;
            of < MESSAGES_OF_A_SOCKET && sent < messages && !client.isClosed;
            of++, sent++) {
          send(socket, random, mutator.next());
        }
        if (random.nextInt(8) == 0) {
          socket.sendClose(random.nextBoolean() ? WebSocket.NORMAL_CLOSURE : 4_999, "").join();
        }
      } catch (CompletionException e) {
        // The node has closed it, as it may.
        assertThat(e).hasCauseInstanceOf(IOException.class);
      } finally {
        socket.abort();
      }
    }
    return null;
  }

  private static void send(WebSocket socket, SplittableRandom random, String text) {
    switch (random.nextInt(200)) {
      case 0 -> socket.sendBinary(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), true).join();
      case 1 -> socket.sendPing(ByteBuffer.wrap(new byte[random.nextInt(126)])).join();
      case 2 -> socket.sendPong(ByteBuffer.wrap(new byte[random.nextInt(126)])).join();
      case 3, 4, 5, 6 -> inFragments(socket, random, text);
      default -> socket.sendText(text, true).join();
    }
  }

  private static void inFragments(WebSocket socket, SplittableRandom random, String text) {
    int from = 0;
    for (int fragments = random.nextInt(5); fragments > 0; fragments--) {
      int to = from + random.nextInt(text.length() - from + 1);
      boolean isInPair = to > 0 && to < text.length() && Character.isLowSurrogate(text.charAt(to));
      to = isInPair ? to - 1 : to;
      socket.sendText(text.substring(from, Math.max(from, to)), false).join();
      from = Math.max(from, to);
      if (random.nextBoolean()) {
        socket.sendPing(ByteBuffer.allocate(4)).join();
      }
    }
    socket.sendText(text.substring(from), true).join();
  }

  private @Nullable Void frames(long seed, int sockets) throws IOException {
    BrokenFrames frames = new BrokenFrames(seed, edge.conversation(0));
    byte[] handshake =
        ("GET "
                + edge.path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(ISO_8859_1);
    for (int each = 0; each < sockets; each++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(handshake);
        for (int frame = 0; frame < 10; frame++) {
          socket.getOutputStream().write(frames.next());
        }
      } catch (IOException e) {
        // Closed by the node before all was written.
        assertThat(e).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
      }
    }
    return null;
  }
}
