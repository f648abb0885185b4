package dev.voxlog.cli;

import dev.voxlog.demo.DemoOrders;
import dev.voxlog.demo.Order;
import java.time.LocalDate;
import java.util.List;

/// Some of the demo's orders, the same each day.
record TestOrders(List<Order> all) {
  static TestOrders ofToday() {
    return new TestOrders(DemoOrders.of(7, 6, LocalDate.now()));
  }

  Order shipped() {
    return all.stream().filter(each -> each.status().equals("shipped")).findFirst().orElseThrow();
  }
}
