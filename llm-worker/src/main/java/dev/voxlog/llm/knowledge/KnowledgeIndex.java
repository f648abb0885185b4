package dev.voxlog.llm.knowledge;

import dev.voxlog.agent.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// An agent's documents, searchable by words (BM25) and by meaning (nearest vectors), in memory.
///
/// A passage has a vector for the whole of it, for each longer sentence and for each line of its
/// heading; the nearest one counts. Words and vectors bring candidates, [Relevance] ranks them and
/// decides what is good enough to be said. Safe for any thread; a search embeds one question on the
/// calling thread.
public final class KnowledgeIndex implements AutoCloseable {
  /// What of the agent's minimum an answer must reach when the question surely is one: recognition
  /// garbles words, and "I don't know" to what the documents do say is the worse mistake.
  public static final double OF_A_SURE_QUESTION = 0.7;

  private static final String WORDS = "words";
  private static final String VECTOR = "vector";
  private static final String NUMBER = "number";
  private static final int CANDIDATES = 10;
  private static final int NEAREST = 30;
  private static final int LONGER = 5;
  private static final int MOST_PARTS = 3;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!])\\s+");
  // Measured on Acme's documents: headings that are questions tell better than texts which passage
  // answers.
  private static final double HEADING_SAYS_MORE = 0.05;

  private final TextEmbedder embedder;
  private final List<Passage> passages;
  private final List<Vectors> vectors = new ArrayList<>();
  private final Terms terms = new Terms();
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /// What a passage means: each of its sentences, what it is found by of its text, and of its
  /// heading.
  private record Vectors(List<float[]> sentences, List<float[]> text, List<float[]> heading) {
    double likeness(float[] asked) {
      return Math.max(nearest(text, asked), nearest(heading, asked) + HEADING_SAYS_MORE);
    }

    private static double nearest(List<float[]> vectors, float[] asked) {
      return vectors.stream().mapToDouble(each -> dot(each, asked)).max().orElse(-1);
    }
  }

  private KnowledgeIndex(List<Passage> passages, TextEmbedder embedder) throws IOException {
    this.embedder = embedder;
    this.passages = passages;
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(terms.analyzer))) {
      for (int number = 0; number < passages.size(); number++) {
        add(passages.get(number), number, writer);
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  /// Indexes the documents; embeds each paragraph, sentence and heading on the calling thread.
  public static KnowledgeIndex of(List<Document> documents, TextEmbedder embedder) {
    try {
      return new KnowledgeIndex(Passages.of(documents), embedder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory does no input or output", impossible);
    }
  }

  private void add(Passage passage, int number, IndexWriter writer) throws IOException {
    Vectors embedded = embed(passage);
    vectors.add(embedded);
    org.apache.lucene.document.Document words = numbered(number);
    words.add(new TextField(WORDS, passage.searched(), Field.Store.NO));
    writer.addDocument(words);
    for (float[] vector : embedded.text()) {
      writer.addDocument(meaning(vector, number));
    }
    for (float[] vector : embedded.heading()) {
      writer.addDocument(meaning(vector, number));
    }
  }

  private static org.apache.lucene.document.Document meaning(float[] vector, int number) {
    org.apache.lucene.document.Document meaning = numbered(number);
    meaning.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    return meaning;
  }

  private static org.apache.lucene.document.Document numbered(int number) {
    org.apache.lucene.document.Document document = new org.apache.lucene.document.Document();
    document.add(new StoredField(NUMBER, number));
    return document;
  }

  private Vectors embed(Passage passage) {
    List<float[]> text = new ArrayList<>(List.of(embedder.embed(passage.meaning())));
    List<float[]> sentences = new ArrayList<>();
    for (String sentence : passage.sentences()) {
      float[] vector = embedder.embed(sentence);
      sentences.add(vector);
      if (sentence.split(" ").length >= LONGER) {
        text.add(vector);
      }
    }
    return new Vectors(sentences, text, passage.heading().stream().map(embedder::embed).toList());
  }

  /// The passages that answer the question at least `minScore` well, best first, at most `most`.
  ///
  /// A question of several sentences is asked as a whole and by each of them: what leads up to a
  /// question says little of what is asked.
  public List<Found> search(String question, double minScore, int most) {
    if (passages.isEmpty() || question.isBlank()) {
      return List.of();
    }
    try {
      Map<Integer, Answer> best = new TreeMap<>();
      for (String part : parts(question)) {
        for (Answer answer : answers(part)) {
          best.merge(answer.number(), answer, (a, b) -> b.score() > a.score() ? b : a);
        }
      }
      return best.values().stream()
          .filter(each -> each.score() >= minScore)
          .sorted(Comparator.comparingDouble(Answer::score).reversed())
          .limit(most)
          .map(this::found)
          .toList();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory does no input or output", impossible);
    }
  }

  /// A passage with how well it answers the question whose vector is `asked`.
  private record Answer(int number, double score, float[] asked) {}

  private static Set<String> parts(String question) {
    Set<String> parts = new LinkedHashSet<>(Set.of(question));
    for (String sentence : SENTENCE_END.split(question)) {
      if (sentence.strip().split(" ").length >= LONGER && parts.size() <= MOST_PARTS) {
        parts.add(sentence.strip());
      }
    }
    return parts;
  }

  private List<Answer> answers(String question) throws IOException {
    float[] asked = embedder.embedQuery(question);
    Set<String> words = terms.of(question);
    Set<Integer> numbers =
        new TreeSet<>(hits(new KnnFloatVectorQuery(VECTOR, asked, NEAREST), NEAREST));
    if (!words.isEmpty()) {
      numbers.addAll(hits(anyOf(words), CANDIDATES));
    }
    List<Answer> answers = new ArrayList<>();
    for (int number : numbers) {
      double surplus = vectors.get(number).likeness(asked) - embedder.border();
      answers.add(new Answer(number, Relevance.of(surplus, coverage(number, words)), asked));
    }
    return answers;
  }

  private Found found(Answer best) {
    Passage passage = passages.get(best.number());
    return new Found(
        passage.document(),
        best.score(),
        Excerpt.of(passage, vectors.get(best.number()).sentences(), best.asked()));
  }

  private List<Integer> hits(Query query, int most) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query, most).scoreDocs) {
      numbers.add(
          searcher.storedFields().document(hit.doc).getField(NUMBER).numericValue().intValue());
    }
    return numbers;
  }

  /// The share of the question's words, weighted by rarity, that the passage has.
  private double coverage(int number, Set<String> words) throws IOException {
    Set<String> present = terms.of(passages.get(number).searched());
    double all = 0;
    double shared = 0;
    for (String term : words) {
      double weight =
          Math.log(1 + (double) passages.size() / (1 + reader.docFreq(new Term(WORDS, term))));
      all += weight;
      shared += present.contains(term) ? weight : 0;
    }
    return all == 0 ? 0 : shared / all;
  }

  private static Query anyOf(Set<String> words) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words.forEach(
        term -> query.add(new TermQuery(new Term(WORDS, term)), BooleanClause.Occur.SHOULD));
    return query.build();
  }

  static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
      terms.analyzer.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory does no input or output", impossible);
    }
  }
}
