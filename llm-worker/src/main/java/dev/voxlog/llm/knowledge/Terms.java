package dev.voxlog.llm.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.search.IndexSearcher;

/// A text's words as they are searched: in lower case, stemmed, without the commonest. Safe for any
/// thread.
final class Terms {
  private static final String FIELD = "words";

  /// Words of questions that say nothing of what they are about.
  private static final List<String> COMMON =
      List.of(
          "i",
          "i'm",
          "me",
          "my",
          "you",
          "your",
          "we",
          "our",
          "us",
          "he",
          "she",
          "do",
          "does",
          "did",
          "don't",
          "can",
          "could",
          "would",
          "should",
          "may",
          "how",
          "what",
          "what's",
          "when",
          "where",
          "who",
          "which",
          "why",
          "am",
          "been",
          "have",
          "has",
          "had",
          "get",
          "want",
          "need",
          "like",
          "know",
          "tell",
          "about",
          "please",
          "so",
          "from",
          "any",
          "some",
          "thing",
          "something",
          "just",
          "also",
          "there's");

  final Analyzer analyzer = new EnglishAnalyzer(stopWords());

  private static CharArraySet stopWords() {
    CharArraySet words = CharArraySet.copy(EnglishAnalyzer.getDefaultStopSet());
    words.addAll(COMMON);
    return words;
  }

  /// Each word once, in the order of the text, at most as many as a query may have.
  Set<String> of(String text) {
    Set<String> terms = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(FIELD, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken() && terms.size() < IndexSearcher.getMaxClauseCount()) {
        terms.add(term.toString());
      }
      tokens.end();
      return terms;
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory does no input or output", impossible);
    }
  }
}
