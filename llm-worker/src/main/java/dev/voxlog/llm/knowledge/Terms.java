package dev.voxlog.llm.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.search.IndexSearcher;

/// A text's words as they are searched: in lower case, stemmed, without the commonest. Safe for any thread.
final class Terms {
  private static final String FIELD = "words";

  final Analyzer analyzer = new EnglishAnalyzer();

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
