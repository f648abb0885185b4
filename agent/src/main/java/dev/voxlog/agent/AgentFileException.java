package dev.voxlog.agent;

import java.util.List;
import java.util.stream.Collectors;

/// An agent file that cannot be used, with all that is wrong in it, in the order of its lines.
public final class AgentFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final transient List<Problem> problems;

  public AgentFileException(String source, List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(
                Collectors.joining(
                    "\n  ",
                    source
                        + (problems.size() == 1
                            ? " has a problem:\n  "
                            : " has " + problems.size() + " problems:\n  "),
                    "")));
    this.source = source;
    this.problems = List.copyOf(problems);
  }

  public String source() {
    return source;
  }

  public List<Problem> problems() {
    return problems;
  }
}
