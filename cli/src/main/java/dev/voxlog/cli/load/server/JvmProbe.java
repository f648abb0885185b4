package dev.voxlog.cli.load.server;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/// Looks into another JVM of this user on this machine. Attaching costs that JVM a moment, each
/// look next to nothing. Not for use by several threads.
public final class JvmProbe implements AutoCloseable {
  /// ZGC's and Shenandoah's cycles and G1's marking go on beside the program.
  private static final Pattern BESIDE = Pattern.compile("Cycles|Concurrent");

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  /// In milliseconds, since the last look.
  private final AtomicLong longest = new AtomicLong();

  /// Of a JVM since it began: bytes allocated, collections and how long they stopped it, all
  /// together, and the longest since the look before; bytes of heap in use.
  public record Look(
      long allocated, long collections, Duration stopped, Duration longestStop, long heapUsed) {
    /// What happened between two looks; the heap is as it is.
    Look since(Look before) {
      return new Look(
          allocated - before.allocated,
          collections - before.collections,
          stopped.minus(before.stopped),
          longestStop,
          heapUsed);
    }
  }

  private JvmProbe(JMXConnector connector, MBeanServerConnection beans) throws IOException {
    this.connector = connector;
    this.beans = beans;
    for (GarbageCollectorMXBean each : collectors()) {
      try {
        beans.addNotificationListener(each.getObjectName(), this::collected, null, null);
      } catch (InstanceNotFoundException e) {
        throw new IOException("a collector is gone", e);
      }
    }
  }

  /// Those that stop the program; what others do beside it is no pause.
  private List<GarbageCollectorMXBean> collectors() throws IOException {
    return ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class).stream()
        .filter(each -> !BESIDE.matcher(each.getName()).find())
        .toList();
  }

  private void collected(Notification notification, @Nullable Object unused) {
    if (notification.getUserData() instanceof CompositeData told) {
      long millis = GarbageCollectionNotificationInfo.from(told).getGcInfo().getDuration();
      longest.accumulateAndGet(millis, Math::max);
    }
  }

  /// @throws IOException if it cannot be looked into
  @SuppressWarnings("BanJNDI") // the address is one that a process of this user's has just told
  static JvmProbe attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXConnector connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        return new JvmProbe(connector, connector.getMBeanServerConnection());
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " cannot be looked into", e);
    }
  }

  MBeanServerConnection beans() {
    return beans;
  }

  Look look() {
    try {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
      long collections = 0;
      long millis = 0;
      for (GarbageCollectorMXBean each : collectors()) {
        collections += each.getCollectionCount();
        millis += each.getCollectionTime();
      }
      return new Look(
          threads.getTotalThreadAllocatedBytes(),
          collections,
          Duration.ofMillis(millis),
          Duration.ofMillis(longest.getAndSet(0)),
          heap());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long heap() throws IOException {
    return memory().getHeapMemoryUsage().getUsed();
  }

  private MemoryMXBean memory() throws IOException {
    return ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
  }

  /// Bytes of heap in use after a full collection, which stops that JVM.
  long heapAfterCollection() {
    try {
      memory().gc();
      return heap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM is gone.
      return;
    }
  }
}
