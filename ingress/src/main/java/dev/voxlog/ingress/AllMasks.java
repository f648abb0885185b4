package dev.voxlog.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Takes out what any of several masks does not keep: each works on what the one before leaves.
final class AllMasks implements CallerMask {
  private final List<CallerMask> masks;

  AllMasks(List<CallerMask> masks) {
    this.masks = List.copyOf(masks);
  }

  @Override
  public String typed(String text, long mediaMs) {
    String kept = text;
    for (CallerMask mask : masks) {
      kept = mask.typed(kept, mediaMs);
    }
    return kept;
  }

  @Override
  public List<String> pressed(String key, long mediaMs) {
    List<String> told = List.of(key);
    for (CallerMask mask : masks) {
      told = told.stream().flatMap(each -> mask.pressed(each, mediaMs).stream()).toList();
    }
    return told;
  }

  @Override
  public List<String> resting(long mediaMs) {
    return later(mediaMs, mask -> mask.resting(mediaMs));
  }

  @Override
  public List<String> ending() {
    return later(0, CallerMask::ending);
  }

  private List<String> later(long mediaMs, Function<CallerMask, List<String>> what) {
    List<String> told = List.of();
    for (CallerMask mask : masks) {
      List<String> kept = new ArrayList<>();
      told.forEach(each -> kept.addAll(mask.pressed(each, mediaMs)));
      kept.addAll(what.apply(mask));
      told = kept;
    }
    return told;
  }
}
