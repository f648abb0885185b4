package dev.voxlog.tts.pronounce;

import java.util.Map;

/// Pronunciations that the dictionary lacks or gives for another sense than a support call's, and
/// the names of letters.
final class Addenda {
  static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("refund", "R IY1 F AH2 N D"),
          Map.entry("refunds", "R IY1 F AH2 N D Z"),
          Map.entry("refunded", "R IH0 F AH1 N D IH0 D"),
          Map.entry("email", "IY1 M EY2 L"),
          Map.entry("emails", "IY1 M EY2 L Z"),
          Map.entry("emailed", "IY1 M EY2 L D"),
          Map.entry("transfer", "T R AE1 N S F ER0"),
          Map.entry("goodbye", "G UH2 D B AY1"),
          Map.entry("monday", "M AH1 N D EY2"),
          Map.entry("tuesday", "T UW1 Z D EY2"),
          Map.entry("wednesday", "W EH1 N Z D EY2"),
          Map.entry("thursday", "TH ER1 Z D EY2"),
          Map.entry("friday", "F R AY1 D EY2"),
          Map.entry("saturday", "S AE1 T ER0 D EY2"),
          Map.entry("sunday", "S AH1 N D EY2"),
          Map.entry("thirty", "TH ER1 T IY0"),
          Map.entry("within", "W IH0 DH IH1 N"),
          Map.entry("address", "AE1 D R EH2 S"),
          Map.entry("callback", "K AO1 L B AE2 K"),
          Map.entry("voicemail", "V OY1 S M EY2 L"),
          Map.entry("online", "AO2 N L AY1 N"),
          Map.entry("read", "R IY1 D"),
          Map.entry("live", "L IH1 V"),
          Map.entry("okay", "OW2 K EY1"));

  static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('A', "EY1"),
          Map.entry('B', "B IY1"),
          Map.entry('C', "S IY1"),
          Map.entry('D', "D IY1"),
          Map.entry('E', "IY1"),
          Map.entry('F', "EH1 F"),
          Map.entry('G', "JH IY1"),
          Map.entry('H', "EY1 CH"),
          Map.entry('I', "AY1"),
          Map.entry('J', "JH EY1"),
          Map.entry('K', "K EY1"),
          Map.entry('L', "EH1 L"),
          Map.entry('M', "EH1 M"),
          Map.entry('N', "EH1 N"),
          Map.entry('O', "OW1"),
          Map.entry('P', "P IY1"),
          Map.entry('Q', "K Y UW1"),
          Map.entry('R', "AA1 R"),
          Map.entry('S', "EH1 S"),
          Map.entry('T', "T IY1"),
          Map.entry('U', "Y UW1"),
          Map.entry('V', "V IY1"),
          Map.entry('W', "D AH1 B AH0 L Y UW0"),
          Map.entry('X', "EH1 K S"),
          Map.entry('Y', "W AY1"),
          Map.entry('Z', "Z IY1"));

  private Addenda() {}
}
