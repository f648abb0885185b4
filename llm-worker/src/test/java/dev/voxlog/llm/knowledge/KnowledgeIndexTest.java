package dev.voxlog.llm.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Search by words, without weights.
class KnowledgeIndexTest {
  private static final Document RETURNS =
      new Document(
          "returns.md",
          """
          # Returns

          ## How long may I keep it? Can I bring it back?

          You have **thirty** days. After that we cannot take it back.

          See [our page](http://acme.example) for more.
          - Bring the receipt
          - Bring the box

          | no | table |
          """);
  private static final Document HOURS =
      new Document("hours.md", "# Opening hours\n\nWe open at nine.\n");

  private static List<Found> found(String question, int most) {
    try (KnowledgeIndex index = KnowledgeIndex.of(List.of(RETURNS, HOURS), new WordEmbedder())) {
      return index.search(question, 0.5, most);
    }
  }

  @Test
  void aPassageIsFoundByItsHeadingAndSaidInItsOwnWords() {
    assertThat(found("may I bring it back", 1))
        .singleElement()
        .satisfies(found -> assertThat(found.document()).isEqualTo("returns.md"))
        .satisfies(found ->
            assertThat(found.sentences())
                .containsExactly("You have thirty days.", "After that we cannot take it back."));
  }

  @Test
  void aPassageIsFoundByItsTitle() {
    assertThat(found("your opening hours", 1))
        .extracting(Found::document)
        .containsExactly("hours.md");
  }

  @Test
  void whatNoDocumentTellsIsNotFound() {
    assertThat(found("who painted the mona lisa", 3)).isEmpty();
    assertThat(found("what is it", 3)).isEmpty();
    assertThat(found("", 3)).isEmpty();
  }

  @Test
  void noDocumentsAnswerNothing() {
    try (KnowledgeIndex index = KnowledgeIndex.of(List.of(), new WordEmbedder())) {
      assertThat(index.search("opening hours", 0.5, 1)).isEmpty();
    }
  }

  @Test
  void markupIsNotSpoken() {
    assertThat(Passages.of(List.of(RETURNS)))
        .extracting(Passage::text)
        .containsExactly(
            "You have thirty days. After that we cannot take it back.",
            "See our page for more. Bring the receipt. Bring the box");
  }

  @Test
  void aLongPassageIsToldByItsBestSentencesInTheirOrder() {
    Passage passage =
        new Passage(
            "x.md",
            "",
            List.of(),
            List.of("One is here.", "Two is there.", "Three is far.", "Four is near."));
    List<float[]> vectors =
        List.of(new float[] {.1f}, new float[] {.9f}, new float[] {.2f}, new float[] {.8f});

    assertThat(Excerpt.of(passage, vectors, new float[] {1}))
        .containsExactly("Two is there.", "Three is far.", "Four is near.");
  }
}
