package dev.voxlog.runtime;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Topic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The highest attach of a call seen in each topic: what ingress wrote under a lower one after that
/// is void, for the caller is on another line by then. Confined to the call's mailbox.
final class AttachFence {
  private final int[] highest = new int[Topic.values().length];

  /// Of a call of which `calls` was read up to this attach before, if to any.
  AttachFence(CallEvent.@Nullable Attached attached) {
    Arrays.fill(highest, Integer.MIN_VALUE);
    if (attached != null) {
      highest[Topic.CALLS.ordinal()] = attached.attach();
    }
  }

  /// Whether the arrival is void; one of a higher attach raises the fence.
  boolean isVoid(Arrival arrival) {
    if (!arrival.isFencedByAttach()) {
      return false;
    }
    int t = arrival.topic().ordinal();
    highest[t] = Math.max(highest[t], arrival.attach());
    return arrival.attach() < highest[t];
  }
}
