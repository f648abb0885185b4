package dev.voxlog.stt;

/// One window of a call: so many floats from −1 to 1 at 8 kHz as its detector's windows have, and
/// what the detector remembers of that call.
public record VadWindow(VadState state, float[] samples) {}
