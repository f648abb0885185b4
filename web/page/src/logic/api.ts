import { backoff } from './backoff';
import { SseParser, type ServerSentEvent } from './sse';

export interface SessionInfo {
  version: string;
  realtime: string;
  agents: { name: string }[];
  needsToken: boolean;
}

export interface CallRow {
  callId: string;
  carrier: string;
  agent: string;
  startedAt: string;
  endedAt: string | null;
  endReason: string | null;
  turns: number;
  live: boolean;
}

/** The operator API said no. `status` 0 is a node that cannot be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface ApiOptions {
  token: () => string | null;
  fetch?: Fetch;
  /** Waits; rejects once the signal aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
}

export interface Following {
  onEvent: (event: ServerSentEvent) => void;
  /** Each time the stream is connected, or is not. */
  onState?: (isConnected: boolean, failure: ApiError | null) => void;
  signal: AbortSignal;
}

/** A call that has just begun is known in a moment; the API itself waits for it. */
const NOT_KNOWN_YET_TRIES = 3;
const NOT_KNOWN_YET = 'no_such_call';

/** The operator API. */
export class Api {
  private readonly fetch: Fetch;
  private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  private readonly random: () => number;

  constructor(private readonly options: ApiOptions) {
    this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.sleep = options.sleep ?? sleep;
    this.random = options.random ?? Math.random;
  }

  session(): Promise<SessionInfo> {
    return this.json<SessionInfo>('/api/session');
  }

  async calls(limit: number): Promise<CallRow[]> {
    return (await this.json<{ calls: CallRow[] }>(`/api/calls?limit=${limit}`)).calls;
  }

  private async json<T>(path: string): Promise<T> {
    const response = await this.get(path, 'application/json', null, null);
    return (await response.json()) as T;
  }

  private async get(path: string, accept: string, lastId: string | null, signal: AbortSignal | null): Promise<Response> {
    const headers: Record<string, string> = { Accept: accept };
    const token = this.options.token();
    if (token !== null) headers['Authorization'] = `Bearer ${token}`;
    if (lastId !== null && lastId !== '') headers['Last-Event-ID'] = lastId;
    let response: Response;
    try {
      response = await this.fetch(path, { headers, cache: 'no-store', signal });
    } catch {
      throw new ApiError(0, 'unreachable', 'The operator API cannot be reached.');
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /**
   * Follows a stream until it says `end`, is refused for good, or the signal aborts; goes on after
   * the last event whenever the connection breaks.
   */
  async follow(path: string, following: Following): Promise<void> {
    let lastId = '';
    let failures = 0;
    while (!following.signal.aborted) {
      let failure: ApiError | null = null;
      try {
        const response = await this.get(path, 'text/event-stream', lastId, following.signal);
        following.onState?.(true, null);
        const isOver = await this.read(response, (event) => {
          failures = 0;
          if (event.id !== '') lastId = event.id;
          if (event.name !== 'end') following.onEvent(event);
          return event.name === 'end';
        });
        if (isOver) return;
      } catch (error) {
        failure = error instanceof ApiError ? error : new ApiError(0, 'unreachable', 'The connection broke.');
      }
      if (following.signal.aborted) return;
      failures++;
      following.onState?.(false, failure);
      if (failure !== null && isForGood(failure, failures)) throw failure;
      await this.sleep(backoff(failures, this.random()), following.signal).catch(() => undefined);
    }
  }

  private async read(response: Response, take: (event: ServerSentEvent) => boolean): Promise<boolean> {
    const reader = response.body?.getReader();
    if (reader === undefined) return false;
    const parser = new SseParser();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      for (const event of parser.push(decoder.decode(value, { stream: true }))) {
        if (take(event)) {
          await reader.cancel().catch(() => undefined);
          return true;
        }
      }
    }
  }
}

/** A call just begun may not be known yet; whoever is refused stays refused. */
function isForGood(failure: ApiError, failures: number): boolean {
  if (failure.code === NOT_KNOWN_YET) return failures >= NOT_KNOWN_YET_TRIES;
  return failure.status >= 400 && failure.status < 500 && failure.status !== 429;
}

async function refusal(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as { error?: { code?: string; message?: string } };
    const { code, message } = body.error ?? {};
    return new ApiError(response.status, code ?? 'refused', message ?? `HTTP ${response.status}`);
  } catch {
    return new ApiError(response.status, 'refused', `HTTP ${response.status}`);
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('aborted'));
    });
  });
}
