package dev.voxlog.tts;

/// What an engine can do. `id` names engine, speaker and every setting that changes the sound;
/// `isStreaming` engines give audio before the clause is complete.
public record VoiceTraits(
    String id, int sampleRate, boolean isStreaming, boolean isDeterministic, String licence) {}
