package dev.voxlog.llm.chat;

/// A language model that answers in a stream. Thread-safe.
public interface ChatModel extends AutoCloseable {

  /// What it is called, as the endpoint knows it.
  String name();

  /// Begins to ask; the answer is read from what comes back, whose reader closes it.
  ChatStream ask(ChatRequest request);

  @Override
  void close();
}
