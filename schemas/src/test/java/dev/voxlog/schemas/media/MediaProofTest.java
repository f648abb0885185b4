package dev.voxlog.schemas.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaProofTest {
  private static final String HERE = "node-1:7000";
  private final MediaFrame.Challenge challenge = MediaProof.challenge();
  private final MediaFrame.Hello hello = MediaProof.answer(challenge, HERE, "egress-1", "secret");

  @Test
  void whoKnowsTheSecretProvesItWithoutSayingIt() {
    assertThat(MediaProof.isProved(hello, challenge, HERE, "secret")).isTrue();
    assertThat(hello.proof()).hasSize(64).doesNotContain("secret");
  }

  @Test
  void aProofFitsOneChallengeOneAddressOneNameAndOneSecretOnly() {
    assertThat(MediaProof.isProved(hello, MediaProof.challenge(), HERE, "secret")).isFalse();
    assertThat(MediaProof.isProved(hello, challenge, "node-2:7000", "secret")).isFalse();
    assertThat(MediaProof.isProved(hello, challenge, HERE, "other")).isFalse();
    MediaFrame.Hello renamed = new MediaFrame.Hello("egress-2", hello.proof());
    assertThat(MediaProof.isProved(renamed, challenge, HERE, "secret")).isFalse();
  }

  @Test
  void withoutASecretNothingIsProved() {
    MediaFrame.Hello open = MediaProof.answer(challenge, HERE, "egress-1", "");
    assertThat(open.proof()).isEmpty();
    assertThat(MediaProof.isProved(open, challenge, HERE, "secret")).isFalse();
  }
}
