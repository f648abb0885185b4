package dev.voxlog.benchmarks;

import dev.voxlog.CallerAudioKind;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// Frames of a caller's audio.
final class StockFrames extends StockAvro<CallerAudio.Frame, dev.voxlog.CallerAudio> {
  StockFrames() {
    super(dev.voxlog.CallerAudio.getClassSchema());
  }

  @Override
  dev.voxlog.CallerAudio record(CallerAudio.Frame frame) {
    return new dev.voxlog.CallerAudio(
        CallerAudioKind.FRAME,
        frame.callId().value(),
        frame.at(),
        frame.attach(),
        frame.sequence(),
        frame.mediaMs(),
        dev.voxlog.Codec.valueOf(frame.codec().name()),
        frame.audio().buffer(),
        null,
        null);
  }

  @Override
  CallerAudio.Frame event(dev.voxlog.CallerAudio record) {
    return new CallerAudio.Frame(
        new CallId(record.getCallId()),
        record.getAt(),
        record.getAttach(),
        record.getSequence(),
        record.getMediaMs(),
        Codec.valueOf(record.getCodec().name()),
        AudioBytes.wrap(record.getAudio().array()));
  }

  @Override
  GenericRecord generic(CallerAudio.Frame frame, Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    Schema kinds = schema.getField("kind").schema();
    Schema codecs = schema.getField("codec").schema().getTypes().get(1);
    record.put("kind", new GenericData.EnumSymbol(kinds, "FRAME"));
    record.put("callId", frame.callId().value());
    record.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, frame.at()));
    record.put("attach", frame.attach());
    record.put("sequence", frame.sequence());
    record.put("mediaMs", frame.mediaMs());
    record.put("codec", new GenericData.EnumSymbol(codecs, frame.codec().name()));
    record.put("audio", frame.audio().buffer());
    return record;
  }

  @Override
  CallerAudio.Frame fromGeneric(GenericRecord record) {
    return new CallerAudio.Frame(
        new CallId(record.get("callId").toString()),
        Instant.EPOCH.plus((Long) record.get("at"), ChronoUnit.MICROS),
        (Integer) record.get("attach"),
        (Long) record.get("sequence"),
        (Long) record.get("mediaMs"),
        Codec.valueOf(record.get("codec").toString()),
        AudioBytes.wrap(((ByteBuffer) record.get("audio")).array()));
  }
}
