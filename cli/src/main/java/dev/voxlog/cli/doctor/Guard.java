package dev.voxlog.cli.doctor;

import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/// Keeps a check that cannot be made from keeping the others.
public final class Guard {
  private Guard() {}

  /// What the check finds, or that it could not be made.
  public static List<Finding> look(String area, Supplier<List<Finding>> check) {
    try {
      return check.get();
    } catch (KafkaException e) {
      return List.of(Finding.bad(area, KafkaFault.reason(e), KafkaFault.fix(e)));
    } catch (RuntimeException e) {
      return List.of(refused(area, e));
    }
  }

  /// A refusal in our own words has its fix after its last semicolon.
  static Finding refused(String area, RuntimeException refusal) {
    String all = String.valueOf(refusal.getMessage()).strip();
    int fix = all.lastIndexOf("; ");
    return fix < 0
        ? Finding.bad(area, all, "mend that setting; docs/configuration.md lists all of them")
        : Finding.bad(area, all.substring(0, fix), all.substring(fix + 2));
  }
}
