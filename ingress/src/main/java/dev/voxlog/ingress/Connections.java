package dev.voxlog.ingress;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The connections of the callers' port, below what is spoken on them: how many there may be, how
/// long a request may take to come, and that nobody is answered who does not read. Confined to the
/// node's event loop.
///
/// Whatever breaks a bound is cut off at once, without a word: a word would be one more thing
/// unread.
final class Connections {
  /// A close frame is given so long to be read before the connection is cut.
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final IngressMetrics metrics;
  private final CallerLimits limits;
  private final Clients clients;
  private final Duration requestWithin;
  private final Set<Channel> open = new HashSet<>();

  /// Those that are no WebSockets, by who connects; and how many each has.
  private final Map<Channel, String> asking = new HashMap<>();

  private final Map<String, Integer> askingByAddress = new HashMap<>();

  /// The timers of those whose request is still to come whole.
  private final Map<Channel, Long> deadlines = new HashMap<>();

  private long mostUnread;

  /// A request must be there whole `requestWithin` its beginning, the first one from the
  /// connection's.
  Connections(Vertx vertx, IngressMetrics metrics, CallerLimits limits, Duration requestWithin) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.limits = limits;
    this.requestWithin = requestWithin;
    clients = new Clients(limits);
  }

  /// How many there are.
  int size() {
    return open.size();
  }

  /// The most bytes that ever waited to be read at one connection.
  long mostUnread() {
    return mostUnread;
  }

  void opened(HttpConnection connection) {
    Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
    InetAddress address = Clients.address(connection.remoteAddress());
    String counted = address == null ? "" : AddressBlock.counted(address);
    boolean isProxy = address != null && clients.isTrusted(address);
    boolean isOneTooMany =
        open.size() >= limits.connections()
            || !isProxy
                && askingByAddress.getOrDefault(counted, 0) >= limits.connectionsPerAddress();
    if (isOneTooMany) {
      cut(channel, "too-many-connections");
      return;
    }
    open.add(channel);
    channel.pipeline().addFirst(new Guard());
    asking.put(channel, counted);
    askingByAddress.merge(counted, 1, Integer::sum);
    awaitRequest(channel);
    channel
        .closeFuture()
        .addListener(_ -> {
          open.remove(channel);
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
  void asked(HttpServerRequest request) {
    Channel channel =
        ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
    awaitRequest(channel);
    request.end().onComplete(_ -> isThere(channel));
  }

  /// The connection is a WebSocket from here on.
  void upgraded(ServerWebSocket socket, Runnable whenClosed) {
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
  boolean isBacklogged(ServerWebSocket socket) {
    return isBacklogged(channel(socket));
  }

  private boolean isBacklogged(Channel channel) {
    ChannelOutboundBuffer unread = channel.unsafe().outboundBuffer();
    mostUnread = Math.max(mostUnread, unread == null ? 0 : unread.totalPendingWriteBytes());
    return !channel.isWritable();
  }

  private void cut(Channel channel, String reason) {
    metrics.count(reason);
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
  void closing(ServerWebSocket socket) {
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
