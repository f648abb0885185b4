package dev.voxlog.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;

/// How one item of an array lies on the wire.
interface Element<T> {
  void write(Encoder out, T value) throws IOException;

  T read(Decoder in) throws IOException;

  Element<Integer> NUMBER =
      new Element<>() {
        @Override
        public void write(Encoder out, Integer value) throws IOException {
          out.writeInt(value);
        }

        @Override
        public Integer read(Decoder in) throws IOException {
          return in.readInt();
        }
      };

  Element<Word> WORD =
      new Element<>() {
        @Override
        public void write(Encoder out, Word word) throws IOException {
          out.writeString(word.text());
          out.writeLong(word.startMs());
          out.writeLong(word.endMs());
          out.writeDouble(word.confidence());
          out.writeBoolean(word.isEstimated());
        }

        @Override
        public Word read(Decoder in) throws IOException {
          String text = "";
          long start = 0;
          long end = 0;
          double confidence = 0;
          boolean isEstimated = false;
          for (int field : order(in, 5)) {
            switch (field) {
              case 0 -> text = in.readString();
              case 1 -> start = in.readLong();
              case 2 -> end = in.readLong();
              case 3 -> confidence = in.readDouble();
              default -> isEstimated = in.readBoolean();
            }
          }
          return new Word(text, start, end, confidence, isEstimated);
        }
      };

  Element<Score> SCORE =
      new Element<>() {
        @Override
        public void write(Encoder out, Score score) throws IOException {
          out.writeString(score.label());
          out.writeDouble(score.probability());
        }

        @Override
        public Score read(Decoder in) throws IOException {
          String label = "";
          double probability = 0;
          for (int field : order(in, 2)) {
            if (field == 0) {
              label = in.readString();
            } else {
              probability = in.readDouble();
            }
          }
          return new Score(label, probability);
        }
      };

  Element<Entity> ENTITY =
      new Element<>() {
        @Override
        public void write(Encoder out, Entity entity) throws IOException {
          out.writeString(entity.kind());
          out.writeString(entity.value());
          out.writeString(entity.text());
          out.writeInt(entity.start());
          out.writeInt(entity.end());
          out.writeDouble(entity.confidence());
        }

        @Override
        public Entity read(Decoder in) throws IOException {
          String kind = "";
          String value = "";
          String text = "";
          int start = 0;
          int end = 0;
          double confidence = 0;
          for (int field : order(in, 6)) {
            switch (field) {
              case 0 -> kind = in.readString();
              case 1 -> value = in.readString();
              case 2 -> text = in.readString();
              case 3 -> start = in.readInt();
              case 4 -> end = in.readInt();
              default -> confidence = in.readDouble();
            }
          }
          return new Entity(kind, value, text, start, end, confidence);
        }
      };

  /// The order in which a record's fields arrive: a resolving decoder gives them in the writer's,
  /// and must be asked.
  static int[] order(Decoder in, int fields) throws IOException {
    if (in instanceof ResolvingDecoder resolving) {
      Schema.Field[] order = resolving.readFieldOrder();
      int[] positions = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        positions[i] = order[i].pos();
      }
      return positions;
    }
    return OwnOrder.OF[fields];
  }

  /// Field positions as our own contracts have them, by number of fields.
  final class OwnOrder {
    private static final int[][] OF = {
      {}, {0}, {0, 1}, {0, 1, 2}, {0, 1, 2, 3}, {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4, 5}
    };

    private OwnOrder() {}
  }
}
