import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 48_000;

/** A WAV file of a voice-like sound from `fromMs` to `toMs`, `lengthMs` long in all; gives its path. */
export function soundFile(fromMs: number, toMs: number, lengthMs: number): string {
  const samples = Int16Array.from({ length: (RATE * lengthMs) / 1_000 }, (_, i) => {
    const ms = (i * 1_000) / RATE;
    if (ms < fromMs || ms > toMs) return 0;
    const swell = 0.5 + 0.5 * Math.sin((2 * Math.PI * 4 * i) / RATE);
    return 14_000 * swell * Math.sin((2 * Math.PI * 180 * i) / RATE) + 5_000 * swell * Math.sin((2 * Math.PI * 720 * i) / RATE);
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const path = join(mkdtempSync(join(tmpdir(), 'voxlog-page-')), 'microphone.wav');
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return path;
}
