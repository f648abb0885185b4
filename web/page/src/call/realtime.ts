import { EDGE_RATE, toBase64 } from '../logic/pcm';
import type { RealtimeEvent } from '../logic/realtimeStory';

export interface Closed {
  code: number;
  reason: string;
  /** Whether the session ever opened. */
  wasOpen: boolean;
}

export interface RealtimeOptions {
  url: string;
  token: string | null;
  onEvent: (event: RealtimeEvent) => void;
  onClosed: (closed: Closed) => void;
  open?: (url: string, protocols: string[]) => WebSocket;
}

const PCM = { type: 'audio/pcm', rate: EDGE_RATE };

/** One session of OpenAI's Realtime protocol over a browser's WebSocket. */
export class RealtimeSession {
  private readonly socket: WebSocket;
  private wasOpen = false;
  private isClosed = false;

  constructor(private readonly options: RealtimeOptions) {
    const open = options.open ?? ((url, protocols) => new WebSocket(url, protocols));
    this.socket = open(options.url, subprotocols(options.token));
    this.socket.onmessage = (message) => this.receive(String(message.data));
    this.socket.onclose = (closing) => this.closed(closing.code, closing.reason);
  }

  private receive(text: string): void {
    const event = JSON.parse(text) as RealtimeEvent;
    if (event.type === 'session.created') {
      this.wasOpen = true;
      this.send({
        type: 'session.update',
        session: { type: 'realtime', audio: { input: { format: PCM }, output: { format: PCM } } },
      });
    }
    this.options.onEvent(event);
  }

  private closed(code: number, reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.options.onClosed({ code, reason, wasOpen: this.wasOpen });
  }

  append(pcm: Int16Array): void {
    this.send({ type: 'input_audio_buffer.append', audio: toBase64(pcm) });
  }

  type(text: string): void {
    this.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    });
    this.send({ type: 'response.create' });
  }

  truncate(item: string, playedMs: number): void {
    this.send({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: playedMs });
  }

  hangUp(): void {
    this.socket.close(1000);
    this.closed(1000, 'hung-up');
  }

  private send(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

export function subprotocols(token: string | null): string[] {
  return token === null ? ['realtime'] : ['realtime', `openai-insecure-api-key.${token}`];
}

/** `realtime` is a path of this host, or an address of its own. */
export function realtimeUrl(realtime: string, agent: string | null, page: string): URL {
  const url = new URL(realtime, page);
  url.protocol = url.protocol.replace('http', 'ws');
  if (agent !== null) url.searchParams.set('agent', agent);
  return url;
}

/**
 * Why no session opens, which a WebSocket does not tell: the HTTP status of a plain request and
 * the node's words. Status 0 if none came.
 */
export async function whyRefused(url: URL, token: string | null): Promise<{ status: number; message: string }> {
  const plain = new URL(url);
  plain.protocol = plain.protocol.replace('ws', 'http');
  try {
    const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
    const response = await fetch(plain, { headers, cache: 'no-store' });
    const body = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
    return { status: response.status, message: body.error?.message ?? '' };
  } catch {
    return { status: 0, message: '' };
  }
}
