package dev.voxlog.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Makes orders from a seed: the same seed gives the same ids, items and prices; dates are counted
/// from `today`. They were placed without an account, so that any caller can try them;
/// [#ofCustomers] are two that were not.
public final class DemoOrders {
  /// The seed of the orders that a new database begins with, and how many they are; the demo's
  /// conversations name orders of this seed.
  public static final long SEED = 1876;

  public static final int COUNT = 40;

  /// Two customers, the first of whom has the number that `voxlog call` calls from.
  public static final String CUSTOMER = "+15550100199";

  public static final String OTHER_CUSTOMER = "+15550100077";

  private static final List<String> ITEMS =
      List.of(
          "garden hose",
          "desk lamp",
          "toaster",
          "coffee maker",
          "wool blanket",
          "rain barrel",
          "tool box",
          "bird feeder",
          "cordless drill",
          "lawn mower",
          "kitchen scale",
          "bread knife",
          "floor lamp",
          "rocking chair",
          "picnic basket",
          "wall clock",
          "tea kettle",
          "step ladder",
          "flower pot",
          "vacuum cleaner");
  private static final List<String> CARRIERS =
      List.of("Northern Express", "City Parcel", "Blue Van Couriers");

  private DemoOrders() {}

  /// `count` orders with different ids.
  public static List<Order> of(long seed, int count, LocalDate today) {
    Random random = new Random(seed);
    Set<String> ids = new HashSet<>();
    List<Order> orders = new ArrayList<>();
    while (orders.size() < count) {
      Order order = order(random, Order.STATUSES.get(orders.size() % Order.STATUSES.size()), today);
      if (ids.add(order.id())) {
        orders.add(order);
      }
    }
    return orders;
  }

  /// An order of each of the two customers.
  public static List<Order> ofCustomers(LocalDate today) {
    return List.of(
        new Order(
            "31415",
            "shipped",
            "garden bench",
            today.plusDays(2),
            CARRIERS.getFirst(),
            new BigDecimal("189.00"),
            CUSTOMER),
        new Order(
            "27182",
            "shipped",
            "telescope",
            today.plusDays(1),
            CARRIERS.getLast(),
            new BigDecimal("449.00"),
            OTHER_CUSTOMER));
  }

  private static Order order(Random random, String status, LocalDate today) {
    String id = Integer.toString(10_000 + random.nextInt(90_000));
    String item = ITEMS.get(random.nextInt(ITEMS.size()));
    String carrier = CARRIERS.get(random.nextInt(CARRIERS.size()));
    BigDecimal total = BigDecimal.valueOf(995 + 100L * random.nextInt(180), 2);
    // Drawn and not used: the orders of a seed are known by their numbers.
    random.nextInt(10_000_000);
    int days = 1 + random.nextInt(5);
    return switch (status) {
      case "processing" -> new Order(id, status, item, today.plusDays(days + 2), null, total, null);
      case "shipped" -> new Order(id, status, item, today.plusDays(days), carrier, total, null);
      case "out for delivery" -> new Order(id, status, item, today, carrier, total, null);
      case "delivered" -> new Order(id, status, item, today.minusDays(days), carrier, total, null);
      default -> new Order(id, status, item, null, null, total, null);
    };
  }
}
