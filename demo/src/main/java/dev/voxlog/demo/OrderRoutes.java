package dev.voxlog.demo;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Orders over HTTP.
record OrderRoutes(AcmeDatabase database) {
  static final String PATH = "/orders/";

  Answer one(Asked asked) throws SQLException {
    return database
        .order(asked.after(PATH), asked.caller())
        .map(order -> new Answer(200, order.toJson()))
        .orElseGet(() -> Answer.refusal(404, "no order has this number"));
  }

  Answer ofPhone(Asked asked) throws SQLException {
    @Nullable String phone = asked.parameter("phone");
    // A plus sign that was not encoded arrives as a space.
    String number = phone == null ? "" : phone.replace(' ', '+');
    if (number.isEmpty()) {
      throw new IllegalArgumentException(
          "phone: is missing; ask for /orders?phone= with the number");
    }
    List<Order> own = number.equals(asked.caller()) ? database.ordersOf(number) : List.of();
    return new Answer(200, Map.of("orders", own.stream().map(Order::toJson).toList()));
  }

  Answer put(Asked asked) throws SQLException {
    String eta = asked.text("eta");
    Order order =
        new Order(
            asked.required("id"),
            asked.required("status"),
            asked.required("item"),
            eta == null ? null : LocalDate.parse(eta),
            asked.text("carrier"),
            new BigDecimal(asked.required("total")),
            asked.text("phone"));
    database.put(order);
    return new Answer(201, order.toJson());
  }
}
