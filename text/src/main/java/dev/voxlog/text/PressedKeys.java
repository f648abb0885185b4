package dev.voxlog.text;

import dev.voxlog.schemas.CallEvent.Dtmf;
import java.util.ArrayList;
import java.util.List;

/// What may be written of the keys one caller presses, in what order.
///
/// Only a card's last digit tells that it is one. So the first keys of a number are told as they
/// are pressed: menus and orders need no more. From then on each is told as withheld, and which
/// keys they were is told once the number is over, or rests, and is no card's. Nothing is ever held
/// up but the knowledge of those digits. Not safe from several threads.
public final class PressedKeys {
  /// A number's keys that are told at once: a card's issuer, and two more.
  private static final int TOLD = 10;

  private static final int LONGEST_MENU = 2;

  /// Who reads a number from a card while typing it pauses less between two keys.
  private static final long NUMBER_ENDS_AFTER_MS = 5_000;

  /// After a choice from a menu, or a number that is whole by its length.
  private static final long WHOLE_ENDS_AFTER_MS = 1_000;

  /// Shorter than what ends a number for the dialogue.
  private static final long RESTS_AFTER_MS = 1_500;

  private final Masker masker;
  private final StringBuilder digits = new StringBuilder();

  /// Where among the digits the number begins that is being pressed.
  private int begin;

  private int withheld;
  private boolean isCard;
  private long lastMs;

  public PressedKeys(Masker masker) {
    this.masker = masker;
  }

  /// What is told once `key` is pressed at `nowMs`.
  public List<String> press(String key, long nowMs) {
    if (!masker.masksCards()) {
      return List.of(key);
    }
    boolean isDigit = key.length() == 1 && Character.isDigit(key.charAt(0));
    List<String> told = new ArrayList<>();
    if (!isDigit || nowMs - lastMs > NUMBER_ENDS_AFTER_MS) {
      told.addAll(told());
      digits.setLength(0);
      begin = 0;
      isCard = false;
    }
    if (isDigit) {
      told.addAll(digit(key, nowMs));
    } else {
      told.add(key);
    }
    return told;
  }

  private List<String> digit(String key, long nowMs) {
    boolean isAnother = isWhole() || digits.length() <= LONGEST_MENU;
    if (isAnother && nowMs - lastMs > WHOLE_ENDS_AFTER_MS) {
      begin = digits.length();
    }
    lastMs = nowMs;
    digits.append(key);
    isCard |= masker.endsWithCard(digits.toString());
    if (digits.length() <= TOLD) {
      return List.of(key);
    }
    withheld++;
    List<String> told = new ArrayList<>(List.of(Dtmf.WITHHELD));
    if (isWhole()) {
      told.addAll(told());
    }
    return told;
  }

  private int number() {
    return digits.length() - begin;
  }

  private boolean isWhole() {
    return masker.isWholeId(number());
  }

  /// What is told at `nowMs` though no key was pressed.
  public List<String> rest(long nowMs) {
    return withheld > 0 && nowMs - lastMs >= RESTS_AFTER_MS ? told() : List.of();
  }

  /// What is told once no more keys can come.
  public List<String> end() {
    return told();
  }

  private List<String> told() {
    int count = withheld;
    withheld = 0;
    boolean isKept = !isCard && number() <= masker.mostKeys();
    return count > 0 && isKept
        ? List.of(Dtmf.told(digits.substring(digits.length() - count)))
        : List.of();
  }
}
