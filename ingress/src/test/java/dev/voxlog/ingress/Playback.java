package dev.voxlog.ingress;

import dev.voxlog.schemas.media.MediaCodec;
import dev.voxlog.schemas.media.MediaDecoder;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaProof;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// An egress node's end of the media port, on a plain socket.
final class Playback implements AutoCloseable {
  final List<MediaFrame> reports = new CopyOnWriteArrayList<>();
  private final CompletableFuture<MediaFrame.Challenge> challenge = new CompletableFuture<>();
  private final Socket socket;
  private volatile boolean isClosed;

  Playback(String hostAndPort, String secret) {
    String[] parts = hostAndPort.split(":");
    try {
      socket = new Socket(parts[0], Integer.parseInt(parts[1]));
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::read);
    MediaFrame.Challenge asked = challenge.orTimeout(5, TimeUnit.SECONDS).join();
    send(MediaProof.answer(asked, hostAndPort, "egress-1", secret));
  }

  private void read() {
    MediaDecoder decoder = new MediaDecoder();
    try (InputStream in = socket.getInputStream()) {
      byte[] buffer = new byte[4096];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        decoder.read(Arrays.copyOf(buffer, count), this::take);
      }
    } catch (IOException e) {
      isClosed = true;
    }
    isClosed = true;
  }

  private void take(MediaFrame frame) {
    if (frame instanceof MediaFrame.Challenge asked) {
      challenge.complete(asked);
    } else {
      reports.add(frame);
    }
  }

  void send(MediaFrame frame) {
    sendRaw(MediaCodec.encode(frame));
  }

  void sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isClosed() {
    return isClosed;
  }

  <R extends MediaFrame> List<R> reports(Class<R> type) {
    return reports.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
