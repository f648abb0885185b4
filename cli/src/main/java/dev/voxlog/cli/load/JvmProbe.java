package dev.voxlog.cli.load;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// Looks into another JVM of this user on this machine. Attaching costs that JVM a moment, each
/// look next to nothing. Not for use by several threads.
final class JvmProbe implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  /// Of a JVM since it began: bytes allocated, collections and how long they stopped it; bytes of
  /// heap in use.
  record Look(long allocated, long collections, Duration stopped, long heapUsed) {
    /// What happened between two looks; the heap is as it is.
    Look since(Look before) {
      return new Look(
          allocated - before.allocated,
          collections - before.collections,
          stopped.minus(before.stopped),
          heapUsed);
    }
  }

  private JvmProbe(JMXConnector connector, MBeanServerConnection beans) {
    this.connector = connector;
    this.beans = beans;
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
      for (GarbageCollectorMXBean each :
          ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class)) {
        collections += each.getCollectionCount();
        millis += each.getCollectionTime();
      }
      return new Look(
          threads.getTotalThreadAllocatedBytes(), collections, Duration.ofMillis(millis), heap());
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
