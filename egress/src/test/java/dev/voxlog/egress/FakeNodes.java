package dev.voxlog.egress;

import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.function.Consumer;

/// Ingress nodes without sockets: one carrier behind every media port.
final class FakeNodes implements IngressNodes {
  CarrierModel carrier;
  private final Consumer<Object> call;
  private String mediaPort = "";
  private boolean isUp = true;
  private boolean isSwallowing;

  /// What is for the call is given to `call`.
  FakeNodes(
      Consumer<Object> call,
      java.util.function.Function<Consumer<MediaFrame.Report>, CarrierModel> carrier) {
    this.call = call;
    this.carrier = carrier.apply(call::accept);
  }

  @Override
  public void start(Stage.Outside outside) {}

  @Override
  public void open(CallId id, long epoch, String port) {
    mediaPort = port;
    if (isUp) {
      call.accept(new Link.Up(port));
    }
  }

  /// The way is broken from here on, which nobody has noticed yet.
  void swallow() {
    isSwallowing = true;
  }

  void linkDown() {
    isUp = false;
    isSwallowing = false;
    call.accept(new Link.Down(mediaPort));
  }

  void linkUp() {
    isUp = true;
    call.accept(new Link.Up(mediaPort));
  }

  @Override
  public void send(String port, MediaFrame.Command command) {
    if (isUp && !isSwallowing && port.equals(mediaPort)) {
      carrier.take(command);
    }
  }

  @Override
  public void release(CallId id, long epoch) {}

  @Override
  public void close() {}
}
