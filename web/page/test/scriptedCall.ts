import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { CallEventData, CallEventName } from '../src/logic/callEvents';

interface Message {
  type: string;
  audio?: string;
  item_id?: string;
  audio_end_ms?: number;
  item?: { content: { text: string }[] };
}

const RATE = 24_000;
const LOUD = 0.02;

/** One session whose every event a test sends, on the socket and in the log. */
export class ScriptedCall {
  readonly received: Message[] = [];
  appendedSamples = 0;
  loudSamples = 0;
  private readonly log: string[] = [];
  private readonly readers = new Set<ServerResponse>();
  private readonly startedAt = Date.now();
  private endedAt: number | null = null;
  private reason: string | null = null;
  private turns = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly callId: string,
    readonly agent: string,
    private readonly onRow: () => void,
  ) {}

  open(onUsed: () => void): void {
    this.send('session.created', { session: { type: 'realtime', model: this.agent, tracing: { group_id: this.callId } } });
    this.socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.type === 'input_audio_buffer.append') this.append(message.audio ?? '');
      else this.received.push(message);
      if (message.type === 'conversation.item.create') this.typed(message);
      if (message.type === 'conversation.item.truncate') this.send('conversation.item.truncated', { item_id: message.item_id, audio_end_ms: message.audio_end_ms });
      if (message.type === 'session.update') {
        this.send('session.updated', { session: {} });
        this.tell('started', { carrier: 'realtime', agent: this.agent });
        this.onRow();
        onUsed();
      }
    });
    this.socket.on('close', () => this.end('hung-up'));
  }

  turnAway(): void {
    this.send('error', { error: { type: 'server_error', code: 'refused-stream', message: 'No new session can be taken.' } });
    this.socket.close(1013, 'refused-stream');
  }

  private append(audio: string): void {
    const bytes = Buffer.from(audio, 'base64');
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    this.appendedSamples += samples.length;
    const power = samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, samples.length);
    if (Math.sqrt(power) > LOUD) this.loudSamples += samples.length;
  }

  private typed(message: Message): void {
    const text = message.item?.content[0]?.text ?? '';
    this.send('conversation.item.added', { item: { id: `item_t${this.received.length}`, role: 'user', content: [{ type: 'input_text', text }] } });
  }

  // The socket.

  send(type: string, body: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify({ type, ...body }));
  }

  begin(turn: number): void {
    this.send('response.created', { response: { id: `resp_a${turn}`, status: 'in_progress', conversation_id: this.callId } });
  }

  speak(turn: number, text: string): void {
    this.send('response.output_audio_transcript.delta', { response_id: `resp_a${turn}`, item_id: `item_a${turn}`, delta: text });
  }

  /** A quiet tone, all at once: clients queue it. */
  audio(turn: number, ms: number): void {
    const piece = RATE / 5;
    for (let from = 0; from < (RATE * ms) / 1_000; from += piece) {
      const pcm = Int16Array.from({ length: piece }, (_, i) => 2_000 * Math.sin(((from + i) * 2 * Math.PI * 220) / RATE));
      this.send('response.output_audio.delta', { response_id: `resp_a${turn}`, item_id: `item_a${turn}`, delta: Buffer.from(pcm.buffer).toString('base64') });
    }
  }

  done(turn: number, status: 'completed' | 'cancelled', transcript: string): void {
    this.send('response.done', { response: { id: `resp_a${turn}`, status, output: [{ id: `item_a${turn}`, content: [{ type: 'output_audio', transcript }] }] } });
  }

  speechStarted(utterance: number): void {
    this.send('input_audio_buffer.speech_started', { item_id: `item_u${utterance}`, audio_start_ms: 0 });
  }

  close(code: number, reason: string): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.close(code, reason);
  }

  /** The connection breaks without a word. */
  cut(): void {
    this.socket.terminate();
  }

  // The log.

  tell<Name extends CallEventName>(name: Name, data: CallEventData[Name]): void {
    const id = this.log.length + 1;
    if (name === 'turnEnded') this.turns++;
    this.log.push(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify({ at: new Date().toISOString(), ...data })}\n\n`);
    this.readers.forEach((reader) => reader.write(this.log[id - 1]));
  }

  end(reason: string): void {
    if (this.endedAt !== null) return;
    this.endedAt = Date.now();
    this.reason = reason;
    this.tell('ended', { reason });
    this.readers.forEach((reader) => reader.end('event: end\ndata: {}\n\n'));
    this.onRow();
  }

  follow(reader: ServerResponse, after: number): void {
    this.log.slice(after).forEach((event) => reader.write(event));
    if (this.endedAt !== null) {
      reader.end('event: end\ndata: {}\n\n');
      return;
    }
    this.readers.add(reader);
    reader.on('close', () => this.readers.delete(reader));
  }

  breakReaders(): void {
    this.readers.forEach((reader) => reader.destroy());
    this.readers.clear();
  }

  row(): object {
    return {
      callId: this.callId, carrier: 'realtime', agent: this.agent, startedAt: new Date(this.startedAt).toISOString(),
      endedAt: this.endedAt === null ? null : new Date(this.endedAt).toISOString(), endReason: this.reason, turns: this.turns,
      live: this.endedAt === null,
    };
  }
}
