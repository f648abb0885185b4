package dev.voxlog.schemas;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Events of every kind with random values, and the list of the kinds there are.
public final class RandomEvents {
  private final Random random;

  private int longBits = Long.SIZE;

  public RandomEvents(long seed) {
    random = new Random(seed);
  }

  /// With whole numbers no longer than a double holds exactly: JavaScript has no others.
  public RandomEvents withinDoubles() {
    longBits = 53;
    return this;
  }

  /// All records below a sealed type.
  public static List<Class<?>> kinds(Class<?> sealed) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        kinds.add(permitted);
      } else {
        kinds.addAll(kinds(permitted));
      }
    }
    return kinds;
  }

  public Object make(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      boolean isNullable =
          components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)
              && random.nextInt(3) == 0;
      values[i] = isNullable ? null : value(components[i].getGenericType());
    }
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class ? map() : list(generic.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == int.class || plain == Integer.class) {
      return random.nextInt() >> random.nextInt(32);
    }
    if (plain == long.class || plain == Long.class) {
      return random.nextLong() >> (Long.SIZE - 1 - random.nextInt(longBits));
    }
    if (plain == double.class || plain == Double.class) {
      return random.nextDouble();
    }
    if (plain == boolean.class) {
      return random.nextBoolean();
    }
    if (plain == String.class) {
      return text();
    }
    if (plain == CallId.class) {
      return new CallId("call-" + random.nextLong());
    }
    if (plain == Instant.class) {
      return Instant.EPOCH.plus(random.nextLong() >> 12, ChronoUnit.MICROS);
    }
    if (plain == AudioBytes.class) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      return AudioBytes.wrap(bytes);
    }
    return plain.isEnum()
        ? plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)]
        : make(plain);
  }

  private List<Object> list(Type of) {
    List<Object> values = new ArrayList<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      values.add(value(of));
    }
    return values;
  }

  private Map<String, String> map() {
    Map<String, String> values = new LinkedHashMap<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      values.put(text() + n, text());
    }
    return values;
  }

  private String text() {
    return random
        .ints(random.nextInt(40), 0x20, 0x2fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
