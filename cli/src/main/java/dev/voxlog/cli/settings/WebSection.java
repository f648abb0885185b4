package dev.voxlog.cli.settings;

import static dev.voxlog.cli.settings.Setting.Kind.DURATION;
import static dev.voxlog.cli.settings.Setting.Kind.PORT;
import static dev.voxlog.cli.settings.Setting.Kind.SECRET;
import static dev.voxlog.cli.settings.Setting.Kind.TEXT;
import static dev.voxlog.cli.settings.Setting.Kind.WHOLE;
import static dev.voxlog.cli.settings.SettingSections.section;
import static dev.voxlog.cli.settings.SettingSections.setting;

/// The section about the page and the operator API.
final class WebSection {
  static final SettingTable.Section WEB =
      section(
          "Page and operator API",
          setting(
              "web.host",
              TEXT,
              "127.0.0.1",
              "Where `voxlog worker web` listens; `voxlog run` serves the page on ingress's port, and these three settings are not used."),
          setting("web.port", PORT, "8070", "The port for that."),
          setting(
              "web.publicUrl",
              TEXT,
              "",
              "Scheme and host that browsers know the page by, behind a proxy."),
          setting(
              "web.tokens",
              SECRET,
              "",
              "What must be brought one of to the operator API, separated by commas, each of 16 characters or more. Where others than this machine reach it, it is off without them. The page brings the token that its user types to `/v1/realtime` as well, so it must be among `ingress.realtime.tokens` too; see [operator-api.md](operator-api.md)."),
          setting(
              "web.origins",
              TEXT,
              "",
              "Web pages of other hosts that may read the operator API, separated by commas: `https://www.example.com`."),
          setting(
              "web.realtimeUrl",
              TEXT,
              "",
              "Where the page talks, if not at `/v1/realtime` of its own host: `wss://voice.example.com/v1/realtime`. The page's origin must then be among `ingress.realtime.origins`."),
          setting(
              "web.history",
              DURATION,
              "1h",
              "How far back calls are read at the start; a call that began before is not shown."),
          setting(
              "web.calls",
              WHOLE,
              "500",
              "How many calls are held, of at most 2 MiB each and 64 MiB in all; of more, those that ended longest ago go first."),
          setting(
              "web.limits.connections",
              WHOLE,
              "1024",
              "Connections to the port of `voxlog worker web`, streams included; more are closed at once. `voxlog run` serves the page under ingress's limits, and this and the next two settings are not used."),
          setting(
              "web.limits.connectionsPerAddress",
              WHOLE,
              "256",
              "Connections of one address (IPv6: of one /64 network); more are closed at once, but for those of `web.trustedProxies`."),
          setting(
              "web.trustedProxies",
              TEXT,
              "",
              "Proxies through which many people come, separated by commas: addresses or blocks such as `10.0.0.0/8`."));

  private WebSection() {}
}
