package dev.voxlog.cli.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerWantedTest {
  private static Settings settings(String... set) {
    return Settings.read(new Settings.Given(null, Map.of(), List.of(set)));
  }

  private static ServerWanted started(@Nullable String engines, boolean isSpeech) {
    return new ServerWanted(null, false, null, engines, isSpeech);
  }

  private static ServerWanted elsewhere(String url) {
    return new ServerWanted(URI.create(url), false, null, null, false);
  }

  @ParameterizedTest
  @CsvSource({
    "embedded, llm.scope=all, engines.kind",
    ", engines.kind=embedded, engines.kind",
    "stub, engines.stub.recognizer=embedded, engines.stub.recognizer",
  })
  void enginesThatHearSpeechAreNotGivenTones(@Nullable String engines, String set, String toldKey) {
    Settings given = settings(set);
    assertThatThrownBy(() -> started(engines, false).check(Set.of(), given))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(toldKey + " = embedded", "--speech");
    assertThatCode(() -> started(engines, true).check(Set.of(), given)).doesNotThrowAnyException();
  }

  @Test
  void answersAreEquallyLongOfTheStubsThatTakeEffect() {
    assertThat(started(null, false).isOwnStub(settings())).isTrue();
    assertThat(started("stub", false).isOwnStub(settings("engines.kind=embedded"))).isTrue();
    assertThat(started(null, false).isOwnStub(settings("engines.kind=scripted"))).isFalse();
    assertThat(started("scripted", false).isOwnStub(settings())).isFalse();
    assertThat(started("stub", true).isOwnStub(settings())).isFalse();
    assertThat(elsewhere("http://127.0.0.1/").isOwnStub(settings())).isFalse();
    Path agent = Path.of("agent.yaml");
    assertThat(new ServerWanted(null, false, agent, null, false).isOwnStub(settings())).isFalse();
  }

  @Test
  void whatCannotReachTheServerIsRefusedWithItsKey() {
    assertThatThrownBy(() -> elsewhere("https://127.0.0.1/").check(Set.of(), settings()))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("--url https://127.0.0.1/", "http address");
    assertThatThrownBy(
            () -> elsewhere("http://127.0.0.1/").check(Set.of("engines.stub.llm"), settings()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("engines.stub.llm");
    ServerWanted both = new ServerWanted(URI.create("http://127.0.0.1/"), true, null, null, false);
    assertThatThrownBy(() -> both.check(Set.of(), settings()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--one-process");
    Settings secret = settings("ingress.authToken=0123456789");
    assertThatThrownBy(() -> started(null, false).check(Set.of("ingress.authToken"), secret))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ingress.authToken");
  }
}
