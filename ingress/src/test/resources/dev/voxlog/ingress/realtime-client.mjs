// Talks to the session at argv[2] as a voice application would, and writes every event it was sent into received.ts, as
// a literal of the package's own type.
import { writeFileSync } from 'node:fs';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const client = new OpenAI({ apiKey: process.argv[3], baseURL: process.argv[2] });
const session = new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client);
const received = [];
const waiting = [];

session.on('error', () => {});
session.on('event', (event) => {
  received.push(event);
  waiting.filter((wait) => !wait.isOver && wait.isMet()).forEach((wait) => {
    wait.isOver = true;
    wait.resolve();
  });
});

const of = (type) => received.filter((event) => event.type === type);
const until = (isMet) => new Promise((resolve, reject) => {
  if (isMet()) {
    resolve();
    return;
  }
  waiting.push({ isMet, resolve, isOver: false });
  setTimeout(() => reject(new Error(`waited in vain for ${isMet}; last came ${received.at(-1)?.type}`)), 20_000).unref();
});
const times = (type, count) => until(() => of(type).length >= count);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const samples = (ms) => {
  const pcm = Buffer.alloc(ms * 48);
  for (let i = 0; i < pcm.length / 2; i++) {
    pcm.writeInt16LE(Math.round(8000 * Math.sin(i / 20)), 2 * i);
  }
  return pcm;
};
const speak = async (ms) => {
  for (let spoken = 0; spoken < ms; spoken += 100) {
    session.send({ type: 'input_audio_buffer.append', audio: samples(100).toString('base64') });
    await pause(50);
  }
};
const write = (text) => {
  session.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  });
  session.send({ type: 'response.create' });
};

await times('session.created', 1);
session.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be somebody else.' } });
await times('error', 1);
session.send({
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
});
await times('session.updated', 1);
await times('response.done', 1);

await speak(600);
await times('response.done', 2);

await speak(600);
await times('response.created', 3);
await times('response.output_audio.delta', 3);
await pause(300);
await speak(600);
await until(() => of('input_audio_buffer.speech_started').length === 3);
session.send({
  type: 'conversation.item.truncate',
  item_id: of('response.output_item.added').at(-1).item.id,
  content_index: 0,
  audio_end_ms: 250,
});
await times('conversation.item.truncated', 1);
await times('response.done', 4);

write('And by letter?');
await until(() => of('response.output_audio.delta').some((delta) => delta.item_id.endsWith('_a5')));
session.send({ type: 'response.cancel' });
await times('response.done', 5);

session.send({ type: 'input_audio_buffer.clear' });
await times('input_audio_buffer.cleared', 1);
session.close();
writeFileSync(
  'received.ts',
  "import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';\n"
    + `export const received: RealtimeServerEvent[] = ${JSON.stringify(received, null, 1)};\n`,
);
console.log(JSON.stringify(received));
