package dev.voxlog.cli.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class KafkaProbeTest {
  private static ObjectName partition(int number) throws Exception {
    return new ObjectName(
        "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=a,topic=calls,partition="
            + number);
  }

  @Test
  void aPartitionThatIsLostWhileItsLagIsAskedForHasNone() throws Exception {
    ObjectName lost = partition(0);
    Set<ObjectName> named = new LinkedHashSet<>(List.of(lost, partition(1), partition(2)));
    MBeanServerConnection stage =
        (MBeanServerConnection)
            Proxy.newProxyInstance(
                KafkaProbeTest.class.getClassLoader(),
                new Class<?>[] {MBeanServerConnection.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("queryNames")) {
                    return named;
                  }
                  if (arguments[0].equals(lost)) {
                    throw new InstanceNotFoundException(lost.toString());
                  }
                  return arguments[0].equals(partition(1)) ? 7.0 : Double.NaN;
                });
    assertThat(KafkaProbe.lag(stage)).isEqualTo(7);
  }
}
