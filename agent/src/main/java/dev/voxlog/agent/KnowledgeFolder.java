package dev.voxlog.agent;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the documents below a folder: files ending in .md or .txt that have text; hidden ones are
/// left out.
final class KnowledgeFolder {
  private static final int DEEPEST = 8;

  private KnowledgeFolder() {}

  static List<Document> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
    }
    List<Document> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(each -> isDocument(folder.relativize(each)))
              .sorted()
              .toList()) {
        String text = text(file);
        if (!text.isBlank()) {
          documents.add(new Document(name(folder.relativize(file)), text));
        }
      }
    }
    return documents;
  }

  private static boolean isDocument(Path relative) {
    String name = relative.getFileName().toString();
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return name.endsWith(".md") || name.endsWith(".txt");
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (CharacterCodingException _) {
      throw new IOException(file.getFileName() + " is not UTF-8 text");
    }
  }

  private static String name(Path relative) {
    List<String> parts = new ArrayList<>();
    relative.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }
}
