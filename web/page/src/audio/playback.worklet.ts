import { EDGE_RATE, loudness } from '../logic/pcm';
import { Resampler } from '../logic/resampler';

interface Piece {
  item: string;
  samples: Float32Array;
  at: number;
}

const REPORT_BLOCKS = 8;

/** Plays what is queued, and tells how much of each item it has given to the device. */
class PlaybackQueue extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(EDGE_RATE, sampleRate);
  private readonly played = new Map<string, number>();
  private queue: Piece[] = [];
  private blocks = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ item: string; samples: Float32Array } | 'stop'>) => {
      if (data === 'stop') {
        this.queue = [];
        this.report(0);
        this.port.postMessage('stopped');
      } else {
        this.queue.push({ item: data.item, samples: this.resampler.process(data.samples), at: 0 });
      }
    };
  }

  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (output === undefined) return true;
    let filled = 0;
    while (filled < output.length && this.queue[0] !== undefined) filled += this.fill(output, filled, this.queue[0]);
    outputs[0]?.slice(1).forEach((channel) => channel.set(output));
    if (++this.blocks % REPORT_BLOCKS === 0) this.report(loudness(output));
    return true;
  }

  private fill(output: Float32Array, from: number, piece: Piece): number {
    const count = Math.min(output.length - from, piece.samples.length - piece.at);
    output.set(piece.samples.subarray(piece.at, piece.at + count), from);
    piece.at += count;
    this.played.set(piece.item, (this.played.get(piece.item) ?? 0) + count);
    if (piece.at === piece.samples.length) this.queue.shift();
    return count;
  }

  private report(rms: number): void {
    const played = [...this.played].map(([item, samples]) => [item, (samples * 1_000) / sampleRate]);
    this.port.postMessage({ played, rms, isIdle: this.queue.length === 0 });
    const current = this.queue[0]?.item;
    for (const item of this.played.keys()) {
      if (this.played.size > 4 && item !== current) this.played.delete(item);
    }
  }
}

registerProcessor('playback', PlaybackQueue);
