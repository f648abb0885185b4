/** PCM as the Realtime edge takes and gives it: 24 kHz, 16 bit, little-endian, mono. */
export const EDGE_RATE = 24_000;

export function toPcm16(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const clipped = Math.max(-1, Math.min(1, samples[i] ?? 0));
    pcm[i] = Math.round(clipped * 0x7fff);
  }
  return pcm;
}

export function toFloats(pcm: Int16Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) samples[i] = (pcm[i] ?? 0) / 0x8000;
  return samples;
}

const STEP = 0x2000;

export function toBase64(pcm: Int16Array): string {
  const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  let text = '';
  for (let from = 0; from < bytes.length; from += STEP) {
    text += String.fromCharCode(...bytes.subarray(from, from + STEP));
  }
  return btoa(text);
}

/** An odd last byte is no sample and is left out. */
export function fromBase64(base64: string): Int16Array {
  const text = atob(base64);
  const pcm = new Int16Array(text.length >> 1);
  const bytes = new Uint8Array(pcm.buffer);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return pcm;
}

/** Root mean square, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Loudness as a meter shows it: 0 at -60 dB and below, 1 at full scale. */
export function meter(rms: number): number {
  return rms <= 0.001 ? 0 : Math.min(1, 1 + Math.log10(rms) / 3);
}
