package dev.voxlog.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A customer's order. `eta` is the day it will arrive, or has arrived; null when nothing will come
/// any more. `phone` is the customer's number in E.164 form, null when it was placed without an
/// account: then it is for whoever has its number.
public record Order(
    String id,
    String status,
    String item,
    @Nullable LocalDate eta,
    @Nullable String carrier,
    BigDecimal total,
    @Nullable String phone) {
  /// What an order can be, in the order of its life.
  public static final List<String> STATUSES =
      List.of("processing", "shipped", "out for delivery", "delivered", "cancelled", "returned");

  public Order {
    if (!id.matches("[0-9]{5}")) {
      throw new IllegalArgumentException("id: must be five digits");
    }
    if (!STATUSES.contains(status)) {
      throw new IllegalArgumentException("status: must be one of " + String.join(", ", STATUSES));
    }
    if (item.isBlank() || item.length() > 100) {
      throw new IllegalArgumentException("item: must have 1 to 100 characters");
    }
    if (carrier != null && carrier.length() > 60) {
      throw new IllegalArgumentException("carrier: must have at most 60 characters");
    }
    if (phone != null && !phone.matches(DialPlan.PHONE)) {
      throw new IllegalArgumentException(
          "phone: must be 7 to 15 digits, a plus sign may come first");
    }
    if (total.signum() < 0 || total.precision() - total.scale() > 8) {
      throw new IllegalArgumentException("total: must be from 0 to 99999999");
    }
    total = total.setScale(2, RoundingMode.HALF_UP);
  }

  /// One line for people: the number, what it is and where it is.
  public String summary() {
    return "%s  %-16s  %s".formatted(id, status, item);
  }

  /// As the service answers: dates in ISO form, every field there, null where there is none.
  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("status", status)
        .put("item", item)
        .put("eta", eta == null ? null : eta.toString())
        .put("carrier", carrier)
        .put("total", total)
        .put("phone", phone);
  }
}
