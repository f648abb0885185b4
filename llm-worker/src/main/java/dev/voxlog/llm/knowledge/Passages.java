package dev.voxlog.llm.knowledge;

import dev.voxlog.agent.Document;
import dev.voxlog.agent.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts documents into passages that can be spoken: paragraphs of Markdown or plain text without their markup.
final class Passages {
  private static final int MOST_SENTENCES = 6;
  private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\d+[.)])\\s+(.*)");
  private static final Pattern RULE = Pattern.compile("\\s*(?:[-*_]\\s*){3,}|```.*|\\|.*|<!--.*-->");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern MARKS = Pattern.compile("\\*\\*|__|`|(?<!\\w)[*_](?=\\w)|(?<=\\w)[*_](?!\\w)");

  private Passages() {}

  static List<Passage> of(List<Document> documents) {
    List<Passage> passages = new ArrayList<>();
    documents.forEach(document -> cut(document, passages));
    return List.copyOf(passages);
  }

  private static void cut(Document document, List<Passage> into) {
    String heading = "";
    StringBuilder paragraph = new StringBuilder();
    for (String line : document.text().split("\n", -1)) {
      Matcher title = HEADING.matcher(line.strip());
      if (title.matches()) {
        add(document, heading, paragraph, into);
        heading = plain(title.group(1));
      } else if (line.isBlank()) {
        add(document, heading, paragraph, into);
      } else if (!RULE.matcher(line).matches()) {
        append(paragraph, line);
      }
    }
    add(document, heading, paragraph, into);
  }

  /// A list item is a sentence of its own.
  private static void append(StringBuilder paragraph, String line) {
    Matcher item = ITEM.matcher(line);
    boolean isItem = item.matches();
    if (isItem && !paragraph.isEmpty() && !".!?:".contains(paragraph.substring(paragraph.length() - 1))) {
      paragraph.append('.');
    }
    if (!paragraph.isEmpty()) {
      paragraph.append(' ');
    }
    paragraph.append(plain(isItem ? item.group(1) : line.replaceFirst("^\\s*>\\s?", "")).strip());
  }

  private static void add(Document document, String heading, StringBuilder paragraph, List<Passage> into) {
    List<String> sentences = Sentences.of(paragraph.toString());
    paragraph.setLength(0);
    for (int from = 0; from < sentences.size(); from += MOST_SENTENCES) {
      into.add(new Passage(document.name(), heading, sentences.subList(from, Math.min(sentences.size(), from + MOST_SENTENCES))));
    }
  }

  private static String plain(String markdown) {
    return MARKS.matcher(LINK.matcher(markdown).replaceAll("$1")).replaceAll("");
  }
}
