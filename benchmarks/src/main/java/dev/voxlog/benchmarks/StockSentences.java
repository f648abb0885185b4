package dev.voxlog.benchmarks;

import dev.voxlog.Purpose;
import dev.voxlog.TurnEventKind;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// Sentences of the agent's.
final class StockSentences extends StockAvro<TurnEvent.Sentence, dev.voxlog.TurnEvent> {
  StockSentences() {
    super(dev.voxlog.TurnEvent.getClassSchema());
  }

  @Override
  dev.voxlog.TurnEvent record(TurnEvent.Sentence sentence) {
    return new dev.voxlog.TurnEvent(
        TurnEventKind.SENTENCE,
        sentence.callId().value(),
        sentence.at(),
        sentence.turn(),
        sentence.sentence(),
        sentence.text(),
        Purpose.valueOf(sentence.purpose().name()),
        sentence.utterances(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Override
  TurnEvent.Sentence event(dev.voxlog.TurnEvent record) {
    return new TurnEvent.Sentence(
        new CallId(record.getCallId()),
        record.getAt(),
        record.getTurn(),
        record.getSentence(),
        record.getText(),
        TurnEvent.Purpose.valueOf(record.getPurpose().name()),
        record.getUtterances());
  }

  @Override
  GenericRecord generic(TurnEvent.Sentence sentence, Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    Schema kinds = schema.getField("kind").schema();
    Schema purposes = schema.getField("purpose").schema().getTypes().get(1);
    record.put("kind", new GenericData.EnumSymbol(kinds, "SENTENCE"));
    record.put("callId", sentence.callId().value());
    record.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, sentence.at()));
    record.put("turn", sentence.turn());
    record.put("sentence", sentence.sentence());
    record.put("text", sentence.text());
    record.put("purpose", new GenericData.EnumSymbol(purposes, sentence.purpose().name()));
    record.put("utterances", sentence.utterances());
    return record;
  }

  @Override
  @SuppressWarnings("unchecked")
  TurnEvent.Sentence fromGeneric(GenericRecord record) {
    return new TurnEvent.Sentence(
        new CallId(record.get("callId").toString()),
        Instant.EPOCH.plus((Long) record.get("at"), ChronoUnit.MICROS),
        (Integer) record.get("turn"),
        (Integer) record.get("sentence"),
        record.get("text").toString(),
        TurnEvent.Purpose.valueOf(record.get("purpose").toString()),
        (List<Integer>) record.get("utterances"));
  }
}
