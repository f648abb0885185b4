package dev.voxlog.cli.chaos;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// An eye on one JVM of this machine: it is told to collect its garbage, then what it still holds
/// is read. The JVM must have been started with [#VARIABLES].
final class ProcessProbe implements AutoCloseable {
  /// Without them a JVM does not say what it holds outside its heap.
  static final Map<String, String> VARIABLES =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:NativeMemoryTracking=summary");

  /// Netty takes its buffers past the JVM's own count of direct memory; both are in this one.
  private static final Pattern DIRECT =
      Pattern.compile("-\\s+Other \\(reserved=\\d+KB, committed=(\\d+)KB");

  private static final Pattern CLASS =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

  private final String name;
  private final long pid;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final MemoryMXBean memory;
  private final ThreadMXBean threads;
  private final UnixOperatingSystemMXBean system;

  /// What a process holds: its live heap, platform threads, open descriptors, direct memory.
  record Held(long heapBytes, int threads, long descriptors, long directBytes) {}

  private ProcessProbe(String name, long pid, JMXConnector connector) throws IOException {
    this.name = name;
    this.pid = pid;
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
    this.memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    this.threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
    this.system = ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class);
  }

  // The address is of a child on this machine, asked of the child itself: nobody else can name it.
  @SuppressWarnings("BanJNDI")
  static ProcessProbe of(String name, long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new ProcessProbe(name, pid, JMXConnectorFactory.connect(address));
      } finally {
        machine.detach();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AttachNotSupportedException e) {
      throw new IllegalStateException("no eye on " + name, e);
    }
  }

  /// Another eye on the same process. On a busy machine a connection can be given up as dead.
  ProcessProbe again() {
    close();
    return of(name, pid);
  }

  String name() {
    return name;
  }

  Held read() {
    memory.gc();
    return new Held(
        memory.getHeapMemoryUsage().getUsed(),
        threads.getThreadCount(),
        system.getOpenFileDescriptorCount(),
        direct());
  }

  private long direct() {
    String told = told("vmNativeMemory", "summary");
    Matcher matcher = DIRECT.matcher(told);
    if (!matcher.find()) {
      throw new IllegalStateException(name + " does not tell its direct memory: " + told);
    }
    return Long.parseLong(matcher.group(1)) << 10;
  }

  /// The bytes of the live objects of each class.
  Map<String, Long> classes() {
    return CLASS
        .matcher(told("gcClassHistogram"))
        .results()
        .collect(
            Collectors.toMap(row -> row.group(2), row -> Long.parseLong(row.group(1)), Long::sum));
  }

  /// The answer to one of the commands that `jcmd` knows.
  private String told(String command, String... arguments) {
    try {
      return String.valueOf(
          beans.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              command,
              new Object[] {arguments},
              new String[] {String[].class.getName()}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The process has gone, and with it what there was to close.
      return;
    }
  }
}
