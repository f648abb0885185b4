package dev.voxlog.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// Customers with an account in the demo.
public final class DemoCustomers {
  /// Ms Brown has one order on its way, one that is not paid, one that can be sent back and one
  /// that cannot any more.
  public static final String BROWN = "+15550100142";

  /// On its way.
  public static final String HEATER = "60221";

  /// Not paid yet: $49.50 are open.
  public static final String TRIMMER = "17320";

  /// Delivered long ago.
  public static final String PARASOL = "14142";

  /// Mr Green, whose order is [DemoOrders]' telescope, which is not paid.
  public static final String GREEN = DemoOrders.OTHER_CUSTOMER;

  private static final BigDecimal PAID = new BigDecimal("0.00");

  private DemoCustomers() {}

  static List<Account> all(LocalDate today) {
    return List.of(
        new Account(
            BROWN,
            "Ms",
            "Brown",
            "gold",
            true,
            List.of(
                placed(HEATER, "shipped", "patio heater", today.plusDays(2), "219.00", PAID, BROWN),
                placed(
                    TRIMMER,
                    "delivered",
                    "hedge trimmer",
                    today.minusDays(12),
                    "99.50",
                    new BigDecimal("49.50"),
                    BROWN),
                placed(
                    PARASOL, "delivered", "parasol", today.minusDays(60), "79.00", PAID, BROWN))),
        new Account(
            GREEN,
            "Mr",
            "Green",
            "standard",
            true,
            List.of(
                placed(
                    "27182",
                    "shipped",
                    "telescope",
                    today.plusDays(1),
                    "449.00",
                    new BigDecimal("449.00"),
                    GREEN))));
  }

  private static Account.Placed placed(
      String id,
      String status,
      String item,
      LocalDate eta,
      String total,
      BigDecimal open,
      String phone) {
    String carrier = status.equals("delivered") ? null : "Blue Van Couriers";
    return new Account.Placed(
        new Order(id, status, item, eta, carrier, new BigDecimal(total), phone), open);
  }
}
