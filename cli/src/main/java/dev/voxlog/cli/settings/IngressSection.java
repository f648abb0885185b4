package dev.voxlog.cli.settings;

import static dev.voxlog.cli.settings.Setting.Kind.DURATION;
import static dev.voxlog.cli.settings.Setting.Kind.PORT;
import static dev.voxlog.cli.settings.Setting.Kind.SECRET;
import static dev.voxlog.cli.settings.Setting.Kind.TEXT;
import static dev.voxlog.cli.settings.Setting.Kind.WHOLE;
import static dev.voxlog.cli.settings.SettingSections.section;
import static dev.voxlog.cli.settings.SettingSections.setting;
import static dev.voxlog.cli.settings.SettingSections.text;

import dev.voxlog.ingress.IngressConfig;

/// The section about where callers come in.
final class IngressSection {
  private static final IngressConfig.Limits LIMITS = IngressConfig.Limits.USUAL;
  private static final IngressConfig.Realtime REALTIME = IngressConfig.Realtime.USUAL;

  static final SettingTable.Section INGRESS =
      section(
          "Ingress",
          setting("ingress.host", TEXT, "127.0.0.1", "Where the carrier's side listens."),
          setting(
              "ingress.port",
              PORT,
              "8080",
              "The carrier's webhooks and streams, `/v1/realtime`, and `/health`; see [operator-api.md](operator-api.md#ingresss-health)."),
          setting(
              "ingress.publicUrl",
              TEXT,
              "",
              "Scheme and host that callers know this node by, behind a proxy."),
          setting(
              "ingress.authToken",
              SECRET,
              "",
              "The carrier's auth token: signatures are checked when it is set. Where others than this machine reach the node, no carrier is served without it."),
          setting(
              "ingress.realtime.tokens",
              SECRET,
              "",
              "What programs and browsers must bring one of to `/v1/realtime`, separated by commas, each of 16 characters or more. Where others than this machine reach the node, `/v1/realtime` is off without them; see [realtime.md](realtime.md)."),
          setting(
              "ingress.realtime.origins",
              TEXT,
              "",
              "Web pages of other hosts that may open `/v1/realtime`, separated by commas: `https://www.example.com`."),
          setting(
              "ingress.realtime.messageBytes",
              WHOLE,
              text(REALTIME.messageBytes()),
              "The longest message on `/v1/realtime`."),
          setting(
              "ingress.trustedProxies",
              TEXT,
              "",
              "Proxies whose word is taken for their clients' addresses, separated by commas: addresses or blocks such as `10.0.0.0/8`. The last address before them in `X-Forwarded-For` or `Forwarded` is then the client's; of all others these headers are ignored."),
          setting(
              "ingress.tls.cert",
              TEXT,
              "",
              "The certificate chain, a PEM file: the whole port then speaks TLS."),
          setting(
              "ingress.tls.key", TEXT, "", "Its private key, a PEM file that is not encrypted."),
          setting(
              "ingress.agent",
              TEXT,
              "",
              "The agent that answers: its name (the latest published) or name@hash."),
          setting(
              "ingress.holdAfter",
              DURATION,
              "5s",
              "After how long without an answer of the log callers are asked to hold the line, once in an outage; `0s`: never. The"
                  + " agent file's prompt `holding` is what they hear; a node renders it at its start."),
          setting("ingress.media.host", TEXT, "127.0.0.1", "Where egress nodes connect."),
          setting("ingress.media.port", PORT, "0", "The port for that."),
          setting(
              "ingress.media.advertisedHost",
              TEXT,
              "",
              "The name by which egress nodes reach this one."),
          setting(
              "ingress.media.secret",
              SECRET,
              "",
              "Shared with egress, which proves that it knows it without sending it; needed for any host but loopback. What follows"
                  + " on the connection, the agent's voice, is not encrypted."),
          setting(
              "ingress.limits.unreadBytes",
              WHOLE,
              text(LIMITS.unreadBytes()),
              "What waits for a carrier or client that does not read."),
          setting(
              "ingress.limits.messageBytes",
              WHOLE,
              text(LIMITS.messageBytes()),
              "The longest message from a carrier."),
          setting(
              "ingress.limits.attaches",
              WHOLE,
              text(LIMITS.attaches()),
              "How often one call may be connected again."),
          setting(
              "ingress.limits.streams",
              WHOLE,
              text(LIMITS.streams()),
              "Streams open at once on one node."),
          setting(
              "ingress.limits.callsPerMinutePerCaller",
              WHOLE,
              text(LIMITS.rates().perMinutePerCaller()),
              "New calls a minute of one number at one node; more hear that the line is busy. Callers who withhold their"
                  + " number count as one."),
          setting(
              "ingress.limits.callsPerMinute",
              WHOLE,
              text(LIMITS.rates().perMinute()),
              "New calls a minute of all numbers at one node; more hear that the line is busy."),
          setting(
              "ingress.limits.callsPerCaller",
              WHOLE,
              text(LIMITS.callers().calls()),
              "Calls that one number, or one client's address on `/v1/realtime`, may have at once at one node; more hear that the"
                  + " line is busy. Callers who withhold their number count as one."),
          setting(
              "ingress.limits.charactersPerMinutePerCaller",
              WHOLE,
              text(LIMITS.callers().charactersPerMinute()),
              "Characters that one client's address may type a minute on `/v1/realtime`, in all of its sessions at one node together; a text beyond is refused with `rate_limit_exceeded`. Behind a proxy that is none of `ingress.trustedProxies` all clients are one."),
          setting(
              "ingress.limits.connections",
              WHOLE,
              text(LIMITS.callers().connections().inAll()),
              "Connections to the callers' port of one node, streams included; more are closed at once."),
          setting(
              "ingress.limits.connectionsPerAddress",
              WHOLE,
              text(LIMITS.callers().connections().perAddress()),
              "Connections of one address (IPv6: of one /64 network) that are no open streams; more are closed at once, but for those of `ingress.trustedProxies`."),
          setting(
              "ingress.overload.stageLag",
              DURATION,
              text(LIMITS.overload().stageLag()),
              "New calls are refused while a record waits this long for a stage to read it, until none has waited half of it for five seconds."),
          setting(
              "ingress.overload.engineWait",
              DURATION,
              text(LIMITS.overload().engineWait()),
              "New calls are refused while work of a stage waits this long for an engine, until none has waited half of it for five seconds."),
          setting(
              "ingress.overload.message",
              TEXT,
              LIMITS.overload().message(),
              "What a caller hears who is refused, before the carrier hangs up."));

  private IngressSection() {}
}
