import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import { ScriptedCall } from './scriptedCall';

const DIST = join(import.meta.dirname, '..', 'dist');

/** As strict as a node's own. */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self' blob:; " +
  "media-src 'self' blob:; img-src 'self' data:; font-src 'self'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};

export interface NodeOptions {
  agents?: string[];
  talkTokens?: string[];
  seeTokens?: string[];
  isFull?: boolean;
  hasApi?: boolean;
  /** Until when a caller waits for their session. */
  whenOpened?: Promise<void>;
  /** What happens once a session is used. */
  onCall?: (call: ScriptedCall) => void;
}

/** A node in small: the built page, the operator API, and `/v1/realtime` that does what a test says. */
export class ScriptedNode {
  readonly calls: ScriptedCall[] = [];
  readonly missing: string[] = [];
  private readonly watchers = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    public options: NodeOptions,
  ) {}

  static async start(options: NodeOptions = {}): Promise<ScriptedNode> {
    const server = createServer();
    const node = new ScriptedNode(server, options);
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'realtime' });
    server.on('request', (request, response) => void node.serve(request, response));
    server.on('upgrade', (request, socket, head) => {
      if (!node.mayTalk(request)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const agent = new URL(request.url ?? '', 'http://x').searchParams.get('agent') ?? 'acme';
        const call = new ScriptedCall(webSocket, `realtime-${randomBytes(6).toString('hex')}`, agent, () => node.tellRow(call));
        if (node.options.isFull === true) {
          call.turnAway();
          return;
        }
        node.calls.push(call);
        void Promise.resolve(node.options.whenOpened).then(() => call.open(() => node.options.onCall?.(call)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  get call(): ScriptedCall {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error('nobody has called');
    return call;
  }

  async stop(): Promise<void> {
    this.calls.forEach((call) => call.close(1001, 'stopping'));
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The API is gone, with every stream of it. */
  breakStreams(): void {
    this.calls.forEach((call) => call.breakReaders());
  }

  private mayTalk(request: IncomingMessage): boolean {
    const tokens = this.options.talkTokens ?? [];
    const brought = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/).map((name) => name.replace('openai-insecure-api-key.', ''));
    return tokens.length === 0 || brought.some((token) => tokens.includes(token));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    response.setHeader('Content-Security-Policy', CSP);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (path === '/v1/realtime') this.knock(request, response);
    else if (path.startsWith('/api/')) this.api(path, request, response);
    else await this.file(path, response);
  }

  private knock(request: IncomingMessage, response: ServerResponse): void {
    const tokens = this.options.talkTokens ?? [];
    const isKnown = tokens.length === 0 || tokens.includes(bearer(request));
    json(response, isKnown ? 426 : 401, { error: { code: isKnown ? 'no_websocket' : 'invalid_api_key', message: 'Bring a token.' } });
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const name = normalize(path === '/' ? '/index.html' : path);
    try {
      const body = await readFile(join(DIST, name));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      this.missing.push(path);
      response.writeHead(404).end();
    }
  }

  private api(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (this.options.hasApi === false) {
      json(response, 404, { error: { code: 'not_found', message: 'There is nothing here.' } });
      return;
    }
    const tokens = this.options.seeTokens ?? [];
    if (path === '/api/session') {
      const agents = (this.options.agents ?? ['acme']).map((name) => ({ name }));
      json(response, 200, { version: '0.1.0', realtime: '/v1/realtime', agents, needsToken: tokens.length > 0 });
      return;
    }
    if (tokens.length > 0 && !tokens.includes(bearer(request))) {
      json(response, 401, { error: { code: 'unknown_token', message: 'Bring one of web.tokens.' } });
      return;
    }
    if (path === '/api/calls') {
      json(response, 200, { calls: this.calls.map((call) => call.row()).reverse() });
    } else if (path === '/api/calls/stream') {
      stream(response);
      this.watchers.add(response);
      response.on('close', () => this.watchers.delete(response));
      this.calls.forEach((call) => response.write(`event: call\ndata: ${JSON.stringify(call.row())}\n\n`));
    } else {
      this.follow(path, request, response);
    }
  }

  private follow(path: string, request: IncomingMessage, response: ServerResponse): void {
    const callId = /^\/api\/calls\/([^/]+)\/events$/.exec(path)?.[1];
    const call = this.calls.find((one) => one.callId === callId);
    if (call === undefined) {
      json(response, 404, { error: { code: 'no_such_call', message: 'This call is not known.' } });
      return;
    }
    stream(response);
    call.follow(response, Number(request.headers['last-event-id'] ?? 0));
  }

  private tellRow(call: ScriptedCall): void {
    this.watchers.forEach((watcher) => watcher.write(`event: call\ndata: ${JSON.stringify(call.row())}\n\n`));
  }
}

function bearer(request: IncomingMessage): string {
  return (request.headers.authorization ?? '').replace('Bearer ', '');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': .\n\n');
}
