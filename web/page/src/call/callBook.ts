import { computed, signal } from '@preact/signals';
import { ApiError, type Api, type CallRow } from '../logic/api';
import { callEvent } from '../logic/callEvents';
import { listed } from '../logic/calls';
import { EMPTY, tell, type Story } from '../logic/story';

/** The calls there are, kept up to date while somebody looks. */
export class CallBook {
  private readonly rows = signal<ReadonlyMap<string, CallRow>>(new Map());
  readonly calls = computed(() => listed([...this.rows.value.values()]));
  readonly failure = signal<ApiError | null>(null);
  readonly isConnected = signal(false);
  readonly isLoaded = signal(false);

  constructor(private readonly api: Api) {}

  /** Gives what ends it. */
  watch(): () => void {
    const watching = new AbortController();
    void this.follow(watching.signal);
    return () => watching.abort();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    this.failure.value = null;
    try {
      const known = await this.api.calls(50);
      if (signal.aborted) return;
      this.rows.value = new Map(known.map((row) => [row.callId, row]));
      this.isLoaded.value = true;
      await this.api.follow('/api/calls/stream', {
        signal,
        onEvent: ({ name, data }) => {
          if (name !== 'call') return;
          const row = JSON.parse(data) as CallRow;
          this.rows.value = new Map(this.rows.value).set(row.callId, row);
        },
        onState: (isConnected) => (this.isConnected.value = isConnected),
      });
    } catch (error) {
      if (!signal.aborted) this.failure.value = error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error));
    }
  }
}

/** One call's story as it is in the log, read-only. */
export class CallReader {
  readonly story = signal<Story>(EMPTY);
  readonly failure = signal<ApiError | null>(null);
  readonly isOver = signal(false);

  constructor(private readonly api: Api, readonly callId: string) {}

  watch(): () => void {
    const watching = new AbortController();
    void this.follow(watching.signal);
    return () => watching.abort();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    this.story.value = EMPTY;
    try {
      await this.api.follow(`/api/calls/${encodeURIComponent(this.callId)}/events`, {
        signal,
        onEvent: ({ name, data }) => {
          const event = callEvent(name, data);
          if (event !== null && !signal.aborted) this.story.value = tell(this.story.value, event);
        },
      });
      this.isOver.value = true;
    } catch (error) {
      if (!signal.aborted) this.failure.value = error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error));
    }
  }
}
