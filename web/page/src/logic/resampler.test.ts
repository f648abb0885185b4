import { describe, expect, it } from 'vitest';
import { Resampler } from './resampler';

function tone(hz: number, rate: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
}

function power(samples: Float32Array): number {
  const middle = samples.subarray(100, samples.length - 100);
  return middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
}

describe('Resampler', () => {
  for (const [from, to] of [[48_000, 24_000], [44_100, 24_000], [24_000, 48_000], [24_000, 44_100], [16_000, 24_000]] as const) {
    it(`gives the tone that it gets, ${from} to ${to}`, () => {
      const output = new Resampler(from, to).process(tone(1_000, from, from / 4));
      const expected = tone(1_000, to, output.length);
      const error = Math.max(...output.subarray(100).map((sample, i) => Math.abs(sample - (expected[i + 100] ?? 0))));
      expect(error).toBeLessThan(0.01);
      expect(Math.abs(output.length - to / 4)).toBeLessThan(50);
    });
  }

  it('lets nothing through that the lower rate cannot hold', () => {
    const output = new Resampler(48_000, 24_000).process(tone(15_500, 48_000, 12_000));
    expect(power(output)).toBeLessThan(1e-4);
  });

  it('gives for the pieces of a stream what it gives for the whole', () => {
    const whole = tone(700, 44_100, 12_800);
    const expected = new Resampler(44_100, 24_000).process(whole);
    const pieces = new Resampler(44_100, 24_000);
    const got: number[] = [];
    for (let from = 0; from < whole.length; from += 128) got.push(...pieces.process(whole.subarray(from, from + 128)));
    expect(got.length).toBe(expected.length);
    got.forEach((sample, i) => expect(sample).toBeCloseTo(expected[i] ?? 9, 2));
  });

  it('holds no more than its filter needs', () => {
    const resampler = new Resampler(48_000, 24_000);
    let total = 0;
    for (let i = 0; i < 1_000; i++) total += resampler.process(new Float32Array(128)).length;
    expect(Math.abs(total - 64_000)).toBeLessThan(40);
  });
});
