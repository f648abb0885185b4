package dev.voxlog.llm.knowledge;

import dev.voxlog.agent.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
/// The two rankings are fused by reciprocal rank (Cormack, Clarke, Büttcher 2009, k = 60). What is good enough to be said
/// is decided by [Relevance]. Safe for any thread; a search embeds one question on the calling thread.
public final class KnowledgeIndex implements AutoCloseable {
  private static final String WORDS = "words";
  private static final String VECTOR = "vector";
  private static final String NUMBER = "number";
  private static final int CANDIDATES = 10;
  private static final double FUSION = 60;

  private final TextEmbedder embedder;
  private final List<Passage> passages;
  private final List<float[]> vectors = new ArrayList<>();
  private final List<List<float[]>> sentenceVectors = new ArrayList<>();
  private final Terms terms = new Terms();
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

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

  /// Indexes the documents; embeds each paragraph and sentence on the calling thread.
  public static KnowledgeIndex of(List<Document> documents, TextEmbedder embedder) {
    try {
      return new KnowledgeIndex(Passages.of(documents), embedder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory does no input or output", impossible);
    }
  }

  private void add(Passage passage, int number, IndexWriter writer) throws IOException {
    float[] vector = embedder.embed(passage.searched());
    vectors.add(vector);
    sentenceVectors.add(passage.sentences().stream().map(embedder::embed).toList());
    org.apache.lucene.document.Document document = new org.apache.lucene.document.Document();
    document.add(new TextField(WORDS, passage.searched(), Field.Store.NO));
    document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    document.add(new StoredField(NUMBER, number));
    writer.addDocument(document);
  }

  /// The passages that answer the question at least `minScore` well, best first, at most `most`.
  public List<Found> search(String question, double minScore, int most) {
    if (passages.isEmpty() || question.isBlank()) {
      return List.of();
    }
    try {
      float[] asked = embedder.embedQuery(question);
      Set<String> words = terms.of(question);
      Map<Integer, Double> fused = new HashMap<>();
      fuse(new KnnFloatVectorQuery(VECTOR, asked, CANDIDATES), fused);
      if (!words.isEmpty()) {
        fuse(anyOf(words), fused);
      }
      List<Found> found = new ArrayList<>();
      Comparator<Map.Entry<Integer, Double>> best = Map.Entry.<Integer, Double>comparingByValue().reversed();
      for (var each : fused.entrySet().stream().sorted(best.thenComparing(Map.Entry.comparingByKey())).toList()) {
        double score = score(each.getKey(), asked, words);
        if (score >= minScore && found.size() < most) {
          Passage passage = passages.get(each.getKey());
          List<String> said = Excerpt.of(passage, sentenceVectors.get(each.getKey()), asked);
          found.add(new Found(passage.document(), score, said));
        }
      }
      return List.copyOf(found);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory does no input or output", impossible);
    }
  }

  private void fuse(Query query, Map<Integer, Double> fused) throws IOException {
    int rank = 1;
    for (ScoreDoc hit : searcher.search(query, CANDIDATES).scoreDocs) {
      int number = searcher.storedFields().document(hit.doc).getField(NUMBER).numericValue().intValue();
      fused.merge(number, 1 / (FUSION + rank++), Double::sum);
    }
  }

  /// How well a passage answers, 0 to 1.
  private double score(int number, float[] asked, Set<String> words) throws IOException {
    double likeness = dot(vectors.get(number), asked);
    for (float[] sentence : sentenceVectors.get(number)) {
      likeness = Math.max(likeness, dot(sentence, asked));
    }
    return Relevance.of(likeness - embedder.border(), coverage(number, words));
  }

  /// The share of the question's words, weighted by rarity, that the passage has.
  private double coverage(int number, Set<String> words) throws IOException {
    Set<String> present = terms.of(passages.get(number).searched());
    double all = 0;
    double shared = 0;
    for (String term : words) {
      double weight = Math.log(1 + (double) passages.size() / (1 + reader.docFreq(new Term(WORDS, term))));
      all += weight;
      shared += present.contains(term) ? weight : 0;
    }
    return all == 0 ? 0 : shared / all;
  }

  private static Query anyOf(Set<String> words) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words.forEach(term -> query.add(new TermQuery(new Term(WORDS, term)), BooleanClause.Occur.SHOULD));
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
