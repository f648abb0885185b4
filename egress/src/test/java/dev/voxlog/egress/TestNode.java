package dev.voxlog.egress;

import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.media.MediaCodec;
import dev.voxlog.schemas.media.MediaDecoder;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaProof;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// An ingress node's media port on a plain socket, with one caller behind it.
final class TestNode implements AutoCloseable {
  final CarrierModel carrier;
  final MediaFrame.Challenge challenge = MediaProof.challenge();
  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<MediaFrame> frames = new CopyOnWriteArrayList<>();
  private volatile boolean isReading = true;

  /// Port 0 takes any free one.
  TestNode(int port, Consumer<String> marksReturned) {
    carrier = new CarrierModel(VoxClock.system(), this::report, marksReturned);
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String mediaPort() {
    return "127.0.0.1:" + port();
  }

  /// Every frame that has come, over all connections.
  List<MediaFrame> frames() {
    return frames;
  }

  <F extends MediaFrame> List<F> frames(Class<F> type) {
    return frames.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// From here on nothing is read any more.
  void stopReading() {
    isReading = false;
  }

  void breakConnections() {
    connections.forEach(TestNode::close);
    connections.clear();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        connections.add(socket);
        socket.getOutputStream().write(MediaCodec.encode(challenge));
        Thread.ofVirtual().start(() -> read(socket));
      }
    } catch (IOException e) {
      breakConnections();
    }
  }

  private void read(Socket socket) {
    MediaDecoder decoder = new MediaDecoder();
    byte[] buffer = new byte[4096];
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(buffer); isReading && count >= 0; count = in.read(buffer)) {
        decoder.read(Arrays.copyOf(buffer, count), this::take);
      }
    } catch (IOException e) {
      connections.remove(socket);
    }
  }

  private void take(MediaFrame frame) {
    frames.add(frame);
    if (frame instanceof MediaFrame.Command command) {
      carrier.take(command);
    }
  }

  void report(MediaFrame.Report report) {
    byte[] bytes = MediaCodec.encode(report);
    for (Socket socket : connections) {
      try {
        synchronized (socket) {
          socket.getOutputStream().write(bytes);
        }
      } catch (IOException e) {
        connections.remove(socket);
      }
    }
  }

  /// Sends what no ingress node sends.
  void sendRaw(byte[] bytes) {
    for (Socket socket : connections) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    breakConnections();
  }
}
