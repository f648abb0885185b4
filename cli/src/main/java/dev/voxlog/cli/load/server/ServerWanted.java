package dev.voxlog.cli.load.server;

import dev.voxlog.cli.Closing;
import dev.voxlog.cli.Version;
import dev.voxlog.cli.settings.EngineKind;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.demo.AcmeFiles;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What server is to be called: one that runs, at `url`, or one that is started, with an agent and
/// engines of its own.
public record ServerWanted(
    @Nullable URI url,
    boolean isOneProcess,
    @Nullable Path agentFile,
    @Nullable String engines,
    boolean isSpeech) {
  public Setup setup(Settings given) {
    String agent = agentFile != null ? agentFile.toString() : !isSpeech ? "load's own" : "Acme";
    return new Setup(
        url == null ? layout() : "a server at " + url.getHost() + ":" + url.getPort(),
        url == null ? "agent " + agent : "its settings unknown",
        serverSettings(given),
        "voxlog " + Version.number());
  }

  /// @throws UserError if what was given one by one (`keys` of settings) cannot take effect
  public void check(Collection<String> keys, Settings given) {
    if (url != null && !"http".equals(url.getScheme())) {
      throw new UserError(
          "--url %s: give the webhook's http address; what speaks TLS is to be called behind its proxy"
              .formatted(url));
    }
    Set<String> vain = new TreeSet<>(keys);
    vain.remove("ingress.authToken");
    if (url != null && !vain.isEmpty()) {
      throw new UserError(
          "--url calls a server that runs, so %s is that one's to set; leave it out here"
              .formatted(String.join(", ", vain)));
    }
    vain = new TreeSet<>(keys);
    vain.retainAll(given.unshareable());
    if (url == null && !vain.isEmpty()) {
      throw new UserError(
          "%s would not reach the server that is started here, which is told no secrets and has a broker of its own; leave it out, or call a server of yours with --url"
              .formatted(String.join(", ", vain)));
    }
    if (url == null && !isSpeech) {
      checkThatTonesAreHeard(new StageSettings(given.with(serverSettings(given))));
    }
    if (url != null && (isOneProcess || engines != null || agentFile != null)) {
      throw new UserError(
          "--one-process, --engines and --agent are of a server that is started; leave them out with --url");
    }
  }

  private static void checkThatTonesAreHeard(StageSettings stages) {
    String deaf =
        stages.engines() == EngineKind.EMBEDDED
            ? "engines.kind = embedded"
            : stages.engines() == EngineKind.STUB
                    && stages.stubHearing() == StageSettings.StubHearing.ALL
                ? "engines.stub.recognizer = embedded"
                : null;
    if (deaf != null) {
      throw new UserError(
          deaf
              + " hears speech, and callers without --speech are tones; add --speech FILE…, or leave it out");
    }
  }

  /// Whether all answers should be equally long, and calls may be silent for as long as load likes.
  public boolean isOwnStub(Settings given) {
    return url == null
        && !isSpeech
        && agentFile == null
        && new StageSettings(given.with(serverSettings(given))).engines() == EngineKind.STUB;
  }

  private String layout() {
    return isOneProcess ? "all stages in one process, and a broker" : "a process for each stage";
  }

  /// Those of the server that is started, with what makes it one to be measured.
  private Map<String, String> serverSettings(Settings given) {
    if (url != null) {
      return Map.of();
    }
    Map<String, String> all = new HashMap<>(given.shareable());
    if (engines != null) {
      all.put("engines.kind", engines);
    }
    all.putIfAbsent("engines.kind", !isSpeech ? "stub" : "embedded");
    if (all.get("engines.kind").equals("stub")) {
      all.putIfAbsent("llm.scope", "all");
    }
    // Else what bridges the wait for a slow answer would be taken for the answer.
    all.putIfAbsent("llm.fillerAfter", "1h");
    return all;
  }

  /// Starts it, if it is to be started; what is started is `open`'s to close.
  public Server open(Closing open, Path folder, Settings given, Consumer<String> progress)
      throws InterruptedException {
    if (url != null) {
      return new Server.Elsewhere(url);
    }
    Map<String, String> all = serverSettings(given);
    Path agent = agent(folder.resolve("agent"));
    fetchWeights(given.with(all), progress);
    progress.accept(
        isOneProcess
            ? "starting voxlog run: broker, and all stages in one process"
            : "starting broker, registry and a process for each stage");
    return isOneProcess
        ? new Server.Together(open, folder, agent, all)
        : new Server.Apart(open, folder, agent, all);
  }

  private Path agent(Path folder) {
    if (agentFile != null) {
      return agentFile;
    }
    return !isSpeech ? LoadAgent.writeTo(folder) : AcmeFiles.unpackTo(folder);
  }

  /// Once, before several processes want them.
  private static void fetchWeights(Settings all, Consumer<String> progress) {
    StageSettings stages = new StageSettings(all);
    if (stages.engines() == EngineKind.EMBEDDED) {
      ModelStore store = new ModelStore(stages.models());
      Models.all().forEach(each -> store.get(each, progress::accept));
    }
  }
}
