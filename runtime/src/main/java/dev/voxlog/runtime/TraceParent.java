package dev.voxlog.runtime;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The header `traceparent`, as W3C Trace Context has it.
final class TraceParent {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final String HEADER = "traceparent";

  private TraceParent() {}

  /// Without tracing there is no span; then the records of a turn still share an id of their own,
  /// marked unsampled.
  static String of(SpanContext context) {
    Map<String, String> headers = new HashMap<>();
    SpanContext named = context.isValid() ? context : unsampled();
    W3C.inject(Context.root().with(Span.wrap(named)), headers, Map::put);
    return headers.getOrDefault(HEADER, "");
  }

  private static SpanContext unsampled() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return SpanContext.create(
        TraceId.fromLongs(random.nextLong(), random.nextLong() | 1),
        SpanId.fromLong(random.nextLong() | 1),
        TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  /// Invalid when the text is no such header.
  static SpanContext parse(@Nullable String text) {
    Context context =
        W3C.extract(Context.root(), text == null ? Map.of() : Map.of(HEADER, text), GETTER);
    return Span.fromContext(context).getSpanContext();
  }

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
          return carrier == null ? null : carrier.get(key);
        }
      };
}
