package dev.voxlog.ingress;

/// What all edges of a node share: how many sockets are open, and how often calls come in. Confined
/// to the node's event loop.
final class Entrance {
  private final CallRates rates;
  private final int most;
  private int open;

  Entrance(Node node) {
    rates = new CallRates(node.config().limits().rates(), node.log().clock());
    most = node.config().limits().streams();
  }

  CallRates.Ruling admit(String caller) {
    return rates.admit(caller);
  }

  void opened() {
    open++;
  }

  void closed() {
    open--;
  }

  int openSockets() {
    return open;
  }

  boolean isFull() {
    return open >= most;
  }
}
