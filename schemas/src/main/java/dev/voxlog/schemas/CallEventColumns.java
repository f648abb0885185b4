package dev.voxlog.schemas;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;

/// The columns of `CallEvent.avsc`.
final class CallEventColumns {
  final Columns all = Columns.of("CallEvent");
  final Column.Symbol<CallEventCodec.Kind> kind = all.symbol("kind", CallEventCodec.Kind.class);
  final Column.Text callId = all.text("callId");
  final Column.Moment at = all.moment("at");
  final Column.Text carrier = all.text("carrier");
  final Column.Text carrierCallId = all.text("carrierCallId");
  final Column.Text direction = all.text("direction");
  final Column.Text fromAddress = all.text("fromAddress");
  final Column.Text toAddress = all.text("toAddress");
  final Column.Text agent = all.text("agent");
  final Column.TextMap parameters = all.map("parameters");
  final Column.Int attach = all.integer("attach");
  final Column.Text streamId = all.text("streamId");
  final Column.Symbol<Codec> codec = all.symbol("codec", Codec.class);
  final Column.Text mediaPort = all.text("mediaPort");
  final Column.Count baseMs = all.number("baseMs");
  final Column.Flag isHangUp = all.flag("isHangUp");
  final Column.Int n = all.integer("n");
  final Column.Text digit = all.text("digit");
  final Column.Text markName = all.text("markName");
  final Column.Count mediaMs = all.number("mediaMs");
  final Column.Int utterance = all.integer("utterance");
  final Column.Symbol<Ruling> ruling = all.symbol("ruling", Ruling.class);
  final Column.Int turn = all.integer("turn");
  final Column.Int sentence = all.integer("sentence");
  final Column.Text text = all.text("text");
  final Column.Count heardMs = all.number("heardMs");
  final Column.Flag isWhole = all.flag("isWhole");
  final Column.Symbol<Evidence> evidence = all.symbol("evidence", Evidence.class);
  final Column.Count silentMs = all.number("silentMs");
  final Column.Text reason = all.text("reason");
  final Column.Symbol<Answer> answer = all.symbol("answer", Answer.class);
  final Column.Int answerLength = all.integer("answerLength");
  final Column.Text tool = all.text("tool");
  final Column.Text toolArguments = all.text("toolArguments");
  final Column.Symbol<Outcome> outcome = all.symbol("outcome", Outcome.class);
  final Column.Text toolResult = all.text("toolResult");
  final Column.Count tookMs = all.number("tookMs");
  final Column.Text destination = all.text("destination");
  final Column.Text what = all.text("what");
  final Column.Flag isGiven = all.flag("isGiven");
  final Column.Symbol<StageName> writer = all.symbol("writer", StageName.class);
  final Column.Text detail = all.text("detail");
  final Column.Bytes state = all.bytes("state");
}
