package dev.voxlog.stt.moonshine;

import dev.voxlog.stt.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The 32,000 word pieces of the recogniser, by id.
final class Vocabulary {
  static final int START = 1;
  static final int END = 2;
  static final int SIZE = 32_000;

  private static final int FIRST_PIECE = 3;

  /// Base64 of the first two pieces, `<unk>` and `<s>`, with which the list begins.
  private static final String LIST_BEGINS = "PHVuaz4KPHM+";

  private static final Pattern OLD_SPELLING = Pattern.compile("\\b([Tt]o)-(day|night|morrow)\\b");
  private static final Pattern BYTE_PIECE = Pattern.compile("<0x([0-9A-F]{2})>");

  private final byte[][] pieces;

  private Vocabulary(byte[][] pieces) {
    this.pieces = pieces;
  }

  /// Reads the list out of the JavaScript file that carries it.
  ///
  /// @throws EngineException if the file holds no such list
  static Vocabulary read(Path script) {
    try {
      return parse(Files.readString(script, StandardCharsets.ISO_8859_1));
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException(
          "vocabulary file " + script + " cannot be read: " + e.getMessage() + "; fetch it again",
          e);
    }
  }

  static Vocabulary parse(String script) {
    int begin = script.indexOf(LIST_BEGINS);
    if (begin < 0) {
      throw new IllegalArgumentException("it holds no list of word pieces");
    }
    int end = begin;
    while (end < script.length() && isBase64(script.charAt(end))) {
      end++;
    }
    String list =
        new String(
            Base64.getDecoder().decode(script.substring(begin, end)), StandardCharsets.UTF_8);
    String[] lines = list.split("\n", -1);
    if (lines.length < SIZE) {
      throw new IllegalArgumentException(
          "it holds " + lines.length + " word pieces instead of " + SIZE);
    }
    byte[][] pieces = new byte[SIZE][];
    for (int id = 0; id < SIZE; id++) {
      pieces[id] = id < FIRST_PIECE ? new byte[0] : bytes(lines[id]);
    }
    return new Vocabulary(pieces);
  }

  private static boolean isBase64(char c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/'
        || c == '=';
  }

  private static byte[] bytes(String piece) {
    var matcher = BYTE_PIECE.matcher(piece);
    return matcher.matches()
        ? new byte[] {(byte) Integer.parseInt(matcher.group(1), 16)}
        : piece.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
  }

  /// The text in today's spelling: the model writes "to-morrow" now and then, as the old books do
  /// that it learnt from.
  static String modern(String text) {
    return OLD_SPELLING.matcher(text).replaceAll("$1$2");
  }

  /// The text of tokens, without the space before its first word.
  String text(List<Integer> tokens) {
    String text = raw(tokens);
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  /// The text of tokens with the space before its first word.
  String raw(List<Integer> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tokens.forEach(token -> bytes.writeBytes(piece(token)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// Whether the token begins a new word.
  boolean beginsWord(int token) {
    byte[] piece = piece(token);
    return piece.length > 0 && piece[0] == ' ';
  }

  private byte[] piece(int token) {
    return token < SIZE ? pieces[token] : new byte[0];
  }
}
