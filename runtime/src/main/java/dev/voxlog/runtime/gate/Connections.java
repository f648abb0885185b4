package dev.voxlog.runtime.gate;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.http.WebSocketInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The connections of a port, below what is spoken on them: how many there may be, how long a
/// request may take to come, and that nobody is answered who does not read. Confined to the one
/// event loop on which the port is served, but for [#size] and [#mostUnread].
///
/// Whatever breaks a bound is cut off at once, without a word: a word would be one more thing
/// unread.
public final class Connections {
  /// A close frame is given so long to be read before the connection is cut.
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final ConnectionLimits limits;
  private final Consumer<String> counted;
  private final Clients clients;
  private final Duration requestWithin;
  private final AtomicInteger open = new AtomicInteger();

  /// Those that are no WebSockets, by who connects; and how many each has.
  private final Map<Channel, String> asking = new HashMap<>();

  private final Map<String, Integer> askingByAddress = new HashMap<>();

  /// The timers of those whose request is still to come whole.
  private final Map<Channel, Long> deadlines = new HashMap<>();

  /// Written by the event loop alone.
  private volatile long mostUnread;

  /// A request must be there whole `requestWithin` its beginning, the first one from the
  /// connection's. Why a connection was cut is `counted`.
  public Connections(
      Vertx vertx, ConnectionLimits limits, Duration requestWithin, Consumer<String> counted) {
    this.vertx = vertx;
    this.limits = limits;
    this.requestWithin = requestWithin;
    this.counted = counted;
    clients = new Clients(limits);
  }

  /// How many there are. Safe from any thread.
  public int size() {
    return open.get();
  }

  /// The most bytes that ever waited to be read at one connection. Safe from any thread.
  public long mostUnread() {
    return mostUnread;
  }

  /// To be called for each connection before anything is read of it.
  public void opened(HttpConnection connection) {
    Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
    InetAddress address = Clients.address(connection.remoteAddress());
    String client = address == null ? "" : AddressBlock.counted(address);
    boolean isProxy = address != null && clients.isTrusted(address);
    boolean isOneTooMany =
        open.get() >= limits.inAll()
            || !isProxy && askingByAddress.getOrDefault(client, 0) >= limits.perAddress();
    if (isOneTooMany) {
      cut(channel, "too-many-connections");
      return;
    }
    open.incrementAndGet();
    channel.pipeline().addFirst(new Guard());
    asking.put(channel, client);
    askingByAddress.merge(client, 1, Integer::sum);
    awaitRequest(channel);
    channel
        .closeFuture()
        .addListener(_ -> {
          open.decrementAndGet();
          asksNoMore(channel);
        });
  }

  private void asksNoMore(Channel channel) {
    isThere(channel);
    String address = asking.remove(channel);
    if (address != null) {
      askingByAddress.computeIfPresent(address, (_, n) -> n > 1 ? n - 1 : null);
    }
  }

  private void awaitRequest(Channel channel) {
    isThere(channel);
    deadlines.put(channel, vertx.setTimer(requestWithin.toMillis(), _ -> late(channel)));
  }

  private void isThere(Channel channel) {
    Long deadline = deadlines.remove(channel);
    if (deadline != null) {
      vertx.cancelTimer(deadline);
    }
  }

  private void late(Channel channel) {
    deadlines.remove(channel);
    cut(channel, "slow-request");
  }

  /// A request's head has come.
  public void asked(HttpServerRequest request) {
    Channel channel =
        ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
    awaitRequest(channel);
    request.end().onComplete(_ -> isThere(channel));
  }

  /// The connection is a WebSocket from here on.
  public void upgraded(ServerWebSocket socket, Runnable whenClosed) {
    Channel channel = channel(socket);
    asksNoMore(channel);
    channel.closeFuture().addListener(_ -> whenClosed.run());
  }

  /// Reads nothing more of whoever does not read themselves: what they send may be answered below
  /// all that is spoken here, as pings are.
  private final class Guard extends ChannelInboundHandlerAdapter {
    private boolean isCut;

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (!isCut && !isBacklogged(context.channel())) {
        context.fireChannelRead(bytes);
        return;
      }
      ReferenceCountUtil.release(bytes);
      if (!isCut) {
        isCut = true;
        cut(context.channel(), "unread-answers");
      }
    }
  }

  /// Whether the client has left more unread than it may.
  public boolean isBacklogged(ServerWebSocket socket) {
    return isBacklogged(channel(socket));
  }

  private boolean isBacklogged(Channel channel) {
    ChannelOutboundBuffer unread = channel.unsafe().outboundBuffer();
    long bytes = unread == null ? 0 : unread.totalPendingWriteBytes();
    if (bytes > mostUnread) {
      mostUnread = bytes;
    }
    return !channel.isWritable();
  }

  private void cut(Channel channel, String reason) {
    counted.accept(reason);
    cut(channel);
  }

  /// Below Vert.x, which would first have all read that waits.
  private static void cut(Channel channel) {
    ChannelHandlerContext lowest = channel.pipeline().firstContext();
    if (lowest != null) {
      lowest.close();
    }
  }

  /// After a close frame was sent: whoever does not answer it is cut off, whatever else they send.
  /// Of whoever leaves too much unread nothing more is read.
  public void closing(ServerWebSocket socket) {
    Channel channel = channel(socket);
    if (isBacklogged(channel)) {
      channel.config().setAutoRead(false);
    }
    long timer = vertx.setTimer(GOODBYE.toMillis(), _ -> cut(channel));
    channel.closeFuture().addListener(_ -> vertx.cancelTimer(timer));
  }

  private static Channel channel(ServerWebSocket socket) {
    return ((WebSocketInternal) socket).channelHandlerContext().channel();
  }
}
