const HALF_TAPS = 16;
const PHASES = 256;

/**
 * Streaming resampler between any two rates: a windowed sinc, cut off below the lower rate's
 * Nyquist frequency. The pieces of a stream, one after the other, give what the whole would.
 *
 * What comes out lags the input by the filter's half length.
 */
export class Resampler {
  private readonly step: number;
  private readonly half: number;
  private readonly table: Float32Array;
  private held: Float32Array;
  /** Where the next output sample lies, in input samples from the beginning of `held`. */
  private at: number;

  constructor(from: number, to: number) {
    this.step = from / to;
    const cutoff = Math.min(1, to / from);
    this.half = Math.ceil(HALF_TAPS / cutoff);
    this.table = kernel(this.half, cutoff);
    this.held = new Float32Array(this.half - 1);
    this.at = this.half - 1;
  }

  process(input: Float32Array): Float32Array<ArrayBuffer> {
    const samples = new Float32Array(this.held.length + input.length);
    samples.set(this.held);
    samples.set(input, this.held.length);
    const count = Math.max(0, Math.ceil((samples.length - this.half - this.at) / this.step));
    const output = new Float32Array(count);
    for (let i = 0; i < count; i++) output[i] = this.sample(samples, this.at + i * this.step);
    const next = this.at + count * this.step;
    const drop = Math.min(samples.length, Math.max(0, Math.floor(next) - this.half + 1));
    this.held = samples.slice(drop);
    this.at = next - drop;
    return output;
  }

  private sample(samples: Float32Array, at: number): number {
    const left = Math.floor(at);
    const phase = Math.round((at - left) * PHASES);
    const row = phase * this.half * 2;
    let sum = 0;
    for (let tap = 0; tap < this.half * 2; tap++) {
      sum += (samples[left - this.half + 1 + tap] ?? 0) * (this.table[row + tap] ?? 0);
    }
    return sum;
  }
}

/** For each phase the taps from `half - 1` samples before to `half` after; each row sums to 1. */
function kernel(half: number, cutoff: number): Float32Array {
  const taps = half * 2;
  const table = new Float32Array((PHASES + 1) * taps);
  for (let phase = 0; phase <= PHASES; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (half - 1) - phase / PHASES;
      const value = sinc(distance * cutoff) * window(distance / half);
      table[phase * taps + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap++) {
      table[phase * taps + tap] = (table[phase * taps + tap] ?? 0) / sum;
    }
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Blackman's, 0 beyond -1 and 1. */
function window(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}
