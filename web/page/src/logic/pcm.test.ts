import { describe, expect, it } from 'vitest';
import { fromBase64, loudness, meter, toBase64, toFloats, toPcm16 } from './pcm';

describe('pcm', () => {
  it('comes back from base64 as it went, whatever its length', () => {
    for (const length of [0, 1, 960, 20_001]) {
      const pcm = Int16Array.from({ length }, (_, i) => ((i * 7919) % 65_536) - 32_768);
      expect(fromBase64(toBase64(pcm))).toEqual(pcm);
    }
  });

  it('is little-endian on the wire', () => expect(toBase64(Int16Array.of(1, -2))).toBe('AQD+/w=='));

  it('leaves out half a sample', () => expect(fromBase64(btoa('\x01\x00\x05'))).toEqual(Int16Array.of(1)));

  it('clips what is too loud', () => {
    expect(toPcm16(Float32Array.of(2, -2, 0))).toEqual(Int16Array.of(32_767, -32_767, 0));
  });

  it('is as loud as it was', () => {
    const samples = Float32Array.of(0.5, -0.5, 0.25);
    toFloats(toPcm16(samples)).forEach((sample, i) => expect(sample).toBeCloseTo(samples[i] ?? 9, 3));
    expect(loudness(Float32Array.of(0.5, -0.5))).toBe(0.5);
    expect(loudness(new Float32Array(0))).toBe(0);
  });

  it('meters decibels', () => {
    expect(meter(0)).toBe(0);
    expect(meter(0.001)).toBe(0);
    expect(meter(0.1)).toBeCloseTo(2 / 3);
    expect(meter(1)).toBe(1);
  });
});
