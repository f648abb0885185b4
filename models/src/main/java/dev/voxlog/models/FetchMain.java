package dev.voxlog.models;

import java.util.List;

/// Fetches every weight of the catalogue, or those named by id, and prints where each one is.
public final class FetchMain {
  private FetchMain() {}

  public static void main(String[] ids) {
    List<Weight> wanted =
        ids.length == 0
            ? Models.all()
            : Models.all().stream().filter(weight -> List.of(ids).contains(weight.id())).toList();
    if (ids.length > 0 && wanted.size() < ids.length) {
      System.err.println(
          "Unknown weight; known are " + Models.all().stream().map(Weight::id).toList());
      System.exit(2);
    }
    ModelStore store = ModelStore.fromEnvironment();
    try {
      for (Weight weight : wanted) {
        System.out.println(weight.id() + "  " + store.get(weight, System.out::println));
      }
    } catch (ModelUnavailableException unavailable) {
      System.err.println(unavailable.getMessage());
      System.exit(1);
    }
  }
}
