package dev.voxlog.llm.knowledge;

import dev.voxlog.agent.Document;
import dev.voxlog.agent.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts documents into passages that can be spoken: paragraphs of Markdown or plain text without
/// their markup.
final class Passages {
  private static final Logger log = LoggerFactory.getLogger(Passages.class);
  private static final int MOST_SENTENCES = 6;
  private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\d+[.)])\\s+(.*)");
  private static final Pattern RULE =
      Pattern.compile("\\s*(?:[-*_]\\s*){3,}|```.*|\\|.*|<!--.*-->");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern MARKS =
      Pattern.compile("\\*\\*|__|`|(?<!\\w)[*_](?=\\w)|(?<=\\w)[*_](?!\\w)");

  private Passages() {}

  static List<Passage> of(List<Document> documents) {
    List<Passage> passages = new ArrayList<>();
    documents.forEach(document -> cut(document, passages));
    return List.copyOf(passages);
  }

  /// The first level's heading is the title of all that follows, a deeper one that of its own
  /// paragraphs.
  private static void cut(Document document, List<Passage> into) {
    Place place = new Place(document.name(), "", "");
    StringBuilder paragraph = new StringBuilder();
    for (String line : document.text().split("\n", -1)) {
      Matcher heading = HEADING.matcher(line.strip());
      if (heading.matches()) {
        add(place, paragraph, into);
        String words = plain(heading.group(1));
        boolean isTitle = !line.strip().startsWith("##");
        place =
            isTitle
                ? new Place(document.name(), words, "")
                : new Place(document.name(), place.title(), words);
      } else if (line.isBlank()) {
        add(place, paragraph, into);
      } else if (!RULE.matcher(line).matches()) {
        append(paragraph, line);
      }
    }
    add(place, paragraph, into);
  }

  /// Where a paragraph stands.
  private record Place(String document, String title, String heading) {}

  /// A list item is a sentence of its own.
  private static void append(StringBuilder paragraph, String line) {
    Matcher item = ITEM.matcher(line);
    boolean isItem = item.matches();
    if (isItem
        && !paragraph.isEmpty()
        && !".!?:".contains(paragraph.substring(paragraph.length() - 1))) {
      paragraph.append('.');
    }
    if (!paragraph.isEmpty()) {
      paragraph.append(' ');
    }
    paragraph.append(plain(isItem ? item.group(1) : line.replaceFirst("^\\s*>\\s?", "")).strip());
  }

  private static void add(Place place, StringBuilder paragraph, List<Passage> into) {
    List<String> all = Sentences.of(paragraph.toString());
    List<String> sentences = all.stream().filter(each -> !Instructions.isOne(each)).toList();
    if (sentences.size() < all.size()) {
      log.warn(
          "document {}: {} sentence(s) left out that speak to a machine, not to a caller",
          place.document(),
          all.size() - sentences.size());
    }
    paragraph.setLength(0);
    List<String> heading = Sentences.of(place.heading());
    for (int from = 0; from < sentences.size(); from += MOST_SENTENCES) {
      List<String> part =
          sentences.subList(from, Math.min(sentences.size(), from + MOST_SENTENCES));
      into.add(new Passage(place.document(), place.title(), heading, part));
    }
  }

  private static String plain(String markdown) {
    return MARKS.matcher(LINK.matcher(markdown).replaceAll("$1")).replaceAll("");
  }
}
