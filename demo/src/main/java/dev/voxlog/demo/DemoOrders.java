package dev.voxlog.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Makes orders from a seed: the same seed gives the same ids, items and prices; dates are counted
/// from `today`.
public final class DemoOrders {
  /// The seed of the orders that a new database begins with, and how many they are; the demo's
  /// conversations name orders of this seed.
  public static final long SEED = 1876;

  public static final int COUNT = 40;

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

  private static Order order(Random random, String status, LocalDate today) {
    String id = Integer.toString(10_000 + random.nextInt(90_000));
    String item = ITEMS.get(random.nextInt(ITEMS.size()));
    String carrier = CARRIERS.get(random.nextInt(CARRIERS.size()));
    BigDecimal total = BigDecimal.valueOf(995 + 100L * random.nextInt(180), 2);
    String phone = "+1555%07d".formatted(random.nextInt(10_000_000));
    int days = 1 + random.nextInt(5);
    return switch (status) {
      case "processing" ->
          new Order(id, status, item, today.plusDays(days + 2), null, total, phone);
      case "shipped" -> new Order(id, status, item, today.plusDays(days), carrier, total, phone);
      case "out for delivery" -> new Order(id, status, item, today, carrier, total, phone);
      case "delivered" -> new Order(id, status, item, today.minusDays(days), carrier, total, phone);
      default -> new Order(id, status, item, null, null, total, phone);
    };
  }
}
