package dev.voxlog.agent;

/// Where answers come from: the text files of `folder`, relative to the agent file. Passages that
/// score less than `minScore` (0 to 1) do not answer; at most `maxPassages` are said, the best
/// first.
public record Knowledge(String folder, double minScore, int maxPassages) {
  public Knowledge {
    new Rules()
        .that(
            !folder.isBlank(),
            "folder",
            "an empty text",
            "names no folder",
            "write folder: knowledge")
        .that(
            !folder.startsWith("/") && !folder.contains(".."),
            "folder",
            folder,
            "is not below the agent file",
            "move the documents beside the agent file and write folder: knowledge")
        .that(
            minScore >= 0 && minScore <= 1,
            "minScore",
            minScore,
            "must be from 0 to 1",
            "write minScore: 0.5")
        .that(
            maxPassages >= 1 && maxPassages <= 20,
            "maxPassages",
            maxPassages,
            "must be from 1 to 20",
            "write maxPassages: 1")
        .enforce();
  }
}
