package dev.voxlog.schemas;

/// The logical topics; their physical names, retention and replication are configuration
/// ([TopicCatalogue]).
public enum Topic {
  AUDIO_IN("audio.in", CallerAudio.class),
  TRANSCRIPTS("transcripts", TranscriptEvent.class),
  INTENTS("intents", Understanding.class),
  SENTENCES("sentences", TurnEvent.class),
  AUDIO_OUT("audio.out", AgentAudio.class),
  CALLS("calls", CallEvent.class);

  private final String id;
  private final Class<? extends VoxEvent> eventType;

  Topic(String id, Class<? extends VoxEvent> eventType) {
    this.id = id;
    this.eventType = eventType;
  }

  /// The logical name, as the documentation writes it.
  public String id() {
    return id;
  }

  public Class<? extends VoxEvent> eventType() {
    return eventType;
  }

  public boolean isAudio() {
    return this == AUDIO_IN || this == AUDIO_OUT;
  }

  /// The topic an event belongs to, by its type.
  public static Topic of(VoxEvent event) {
    return switch (event) {
      case CallerAudio _ -> AUDIO_IN;
      case TranscriptEvent _ -> TRANSCRIPTS;
      case Understanding _ -> INTENTS;
      case TurnEvent _ -> SENTENCES;
      case AgentAudio _ -> AUDIO_OUT;
      case CallEvent _ -> CALLS;
    };
  }
}
