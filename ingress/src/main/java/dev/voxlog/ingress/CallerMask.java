package dev.voxlog.ingress;

import java.util.List;

/// What may be written of what one caller types and presses, in that order. Times are milliseconds
/// on the call's media clock. Used by one thread.
public interface CallerMask {
  /// Keeps everything.
  CallerMask NONE =
      new CallerMask() {
        @Override
        public String typed(String text, long mediaMs) {
          return text;
        }

        @Override
        public List<String> pressed(String key, long mediaMs) {
          return List.of(key);
        }

        @Override
        public List<String> resting(long mediaMs) {
          return List.of();
        }

        @Override
        public List<String> ending() {
          return List.of();
        }
      };

  String typed(String text, long mediaMs);

  /// The `digit` of each record that tells of the key.
  List<String> pressed(String key, long mediaMs);

  /// What is told of earlier keys as none follows.
  List<String> resting(long mediaMs);

  /// What is told of earlier keys as none can follow.
  List<String> ending();
}
