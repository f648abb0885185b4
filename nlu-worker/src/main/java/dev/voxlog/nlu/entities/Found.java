package dev.voxlog.nlu.entities;

import java.util.BitSet;

/// Something exact between two token positions, `to` exclusive.
record Found(String kind, String value, int from, int to) {
  /// Whether none of its tokens is among those taken.
  boolean isFree(BitSet taken) {
    int next = taken.nextSetBit(from);
    return next < 0 || next >= to;
  }
}
