// Talks to the session at argv[2] as a voice application would, and writes every event it was sent into received.ts, as
// a literal of the package's own type. argv[3] is the token, argv[4] an order's number; what is said lies beside, as PCM.
import { readFileSync, writeFileSync } from 'node:fs';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const [url, token, order] = process.argv.slice(2);
const BYTES_PER_MS = 48;
const FRAME_MS = 20;
const client = new OpenAI({ apiKey: token, baseURL: url });
const session = new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client);
const received = [];
const waiting = [];

// What the application plays: the item that came last, from its first audio on, in real time.
const playing = { item: null, begun: 0, ms: 0 };

session.on('error', () => {});
session.on('event', (event) => {
  received.push(event);
  if (event.type === 'response.output_audio.delta') {
    if (playing.item !== event.item_id) {
      Object.assign(playing, { item: event.item_id, begun: performance.now(), ms: 0 });
    }
    playing.ms += Buffer.from(event.delta, 'base64').length / BYTES_PER_MS;
  }
  if (event.type === 'input_audio_buffer.speech_started') {
    stopPlaying();
  }
  waiting.filter((wait) => !wait.isOver && wait.isMet()).forEach((wait) => {
    wait.isOver = true;
    wait.resolve();
  });
});

const stopPlaying = () => {
  const played = Math.floor(performance.now() - playing.begun);
  if (playing.item && played < playing.ms) {
    session.send({
      type: 'conversation.item.truncate',
      item_id: playing.item,
      content_index: 0,
      audio_end_ms: played,
    });
  }
  playing.item = null;
};

const until = (isMet) => new Promise((resolve, reject) => {
  if (isMet()) {
    resolve();
    return;
  }
  waiting.push({ isMet, resolve, isOver: false });
  setTimeout(() => reject(new Error(`waited in vain for ${isMet}; last came ${received.at(-1)?.type}`)), 60_000).unref();
});
// Does something and waits for an event that comes after it.
const after = (does, type) => {
  const before = received.length;
  does();
  return until(() => received.slice(before).some((event) => event.type === type));
};

// The microphone is never off.
let speech = Buffer.alloc(0);
const listen = () => {
  const begun = performance.now();
  let sentMs = 0;
  setInterval(() => {
    for (; sentMs < performance.now() - begun; sentMs += FRAME_MS) {
      const frame = Buffer.alloc(FRAME_MS * BYTES_PER_MS);
      speech.copy(frame);
      speech = speech.subarray(frame.length);
      session.send({ type: 'input_audio_buffer.append', audio: frame.toString('base64') });
    }
  }, FRAME_MS).unref();
};
const say = (name) => {
  speech = readFileSync(`${name}.pcm`);
};
const write = (text) => {
  session.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  });
  session.send({ type: 'response.create' });
};

await until(() => received.some((event) => event.type === 'session.created'));
await after(
  () => session.send({
    type: 'session.update',
    session: { type: 'realtime', tools: [{ type: 'function', name: 'mine', parameters: { type: 'object' } }] },
  }),
  'error',
);
await after(
  () => session.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      output_modalities: ['audio'],
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24000 },
          transcription: { model: 'gpt-4o-mini-transcribe' },
          turn_detection: { type: 'server_vad' },
        },
        output: { format: { type: 'audio/pcm', rate: 24000 } },
      },
    },
  }),
  'response.done',
);
listen();

await after(() => say('where'), 'response.done');
await after(() => say('number'), 'response.output_audio.delta');
await after(() => say('thanks'), 'conversation.item.truncated');
await until(() => received.some((event) => event.response?.status === 'cancelled'));
await after(() => {}, 'response.done');

await after(() => write('where is my order'), 'response.done');
await after(() => write(order), 'response.output_audio.delta');
await after(() => session.send({ type: 'response.cancel' }), 'response.done');

await after(() => session.send({ type: 'input_audio_buffer.clear' }), 'input_audio_buffer.cleared');
session.close();
writeFileSync(
  'received.ts',
  "import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';\n"
    + `export const received: RealtimeServerEvent[] = ${JSON.stringify(received, null, 1)};\n`,
);
console.log(JSON.stringify(received));
