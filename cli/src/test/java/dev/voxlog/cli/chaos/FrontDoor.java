package dev.voxlog.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What stands before several ingress nodes: one public address, whose connections go to the first
/// node of the list that takes them. Safe from any thread.
final class FrontDoor implements AutoCloseable {
  private final ServerSocket server;
  private final List<Integer> nodes = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private FrontDoor(ServerSocket server) {
    this.server = server;
  }

  static FrontDoor open() {
    try {
      ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      FrontDoor door = new FrontDoor(server);
      Thread.ofVirtual().name("front-door").start(door::accept);
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// From now on connections go to the first of these ports that takes them.
  void leadTo(List<Integer> ports) {
    nodes.addAll(0, ports);
    while (nodes.size() > ports.size()) {
      nodes.removeLast();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = kept(server.accept());
        Thread.ofVirtual().start(() -> join(caller));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void join(Socket caller) {
    for (int port : nodes) {
      try {
        Socket node = new Socket();
        node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        kept(node);
        Thread.ofVirtual().start(() -> pass(caller, node));
        pass(node, caller);
        return;
      } catch (IOException e) {
        // The next one, then.
      }
    }
    end(caller);
  }

  private Socket kept(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    open.add(socket);
    return socket;
  }

  /// Where one side ends, both do.
  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Broken off.
    }
    end(from);
    end(to);
  }

  private void end(Socket socket) {
    try {
      open.remove(socket);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(this::end);
  }
}
