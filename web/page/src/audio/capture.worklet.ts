import { EDGE_RATE, loudness, toPcm16 } from '../logic/pcm';
import { Resampler } from '../logic/resampler';

const PIECE = EDGE_RATE / 25;

/** Gives what the microphone hears in pieces of 40 ms, in the edge's format, with its loudness. */
class Capture extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate, EDGE_RATE);
  private piece = new Float32Array(PIECE);
  private filled = 0;

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    if (input !== undefined) this.take(this.resampler.process(input));
    return true;
  }

  private take(samples: Float32Array): void {
    for (const sample of samples) {
      this.piece[this.filled++] = sample;
      if (this.filled === PIECE) {
        const pcm = toPcm16(this.piece);
        this.port.postMessage({ pcm, rms: loudness(this.piece) }, [pcm.buffer]);
        this.filled = 0;
      }
    }
  }
}

registerProcessor('capture', Capture);
