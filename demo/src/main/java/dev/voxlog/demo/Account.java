package dev.voxlog.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/// A customer with an account: who they are, whether a card is on file for them, and what they
/// ordered. The card's number is nowhere here.
record Account(
    String phone, String title, String name, String tier, boolean hasCard, List<Placed> orders) {
  private static final int RETURN_DAYS = 30;
  private static final List<String> ON_THE_WAY =
      List.of("processing", "shipped", "out for delivery");

  /// An order of theirs, and what is still to be paid of it.
  record Placed(Order order, BigDecimal open) {
    boolean isReturnable(LocalDate today) {
      LocalDate arrived = order.eta();
      return order.status().equals("delivered")
          && arrived != null
          && !today.isAfter(arrived.plusDays(RETURN_DAYS));
    }
  }

  Account {
    orders = List.copyOf(orders);
  }

  /// As the service answers. `recent`, `open` and `returnable` are the one order that is on its
  /// way, is not paid, or can be sent back; null where there is none, or more than one.
  ObjectNode toJson(LocalDate today) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("phone", phone)
            .put("title", title)
            .put("name", name)
            .put("tier", tier)
            .put("card", hasCard ? "yes" : null);
    var all = json.putArray("orders");
    orders.forEach(each -> all.add(brief(each)));
    only(json, "recent", each -> ON_THE_WAY.contains(each.order().status()));
    only(json, "open", each -> each.open().signum() > 0);
    only(json, "returnable", each -> each.isReturnable(today));
    return json;
  }

  private void only(ObjectNode json, String field, Predicate<Placed> isMeant) {
    List<Placed> found = orders.stream().filter(isMeant).toList();
    json.set(
        field, found.size() == 1 ? brief(found.getFirst()) : JsonNodeFactory.instance.nullNode());
  }

  private static ObjectNode brief(Placed placed) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", placed.order().id())
        .put("item", placed.order().item())
        .put("status", placed.order().status())
        .put("open", placed.open());
  }
}
