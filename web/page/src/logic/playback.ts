/** How much of an item's audio has come and been played, in ms of audio. */
interface ItemAudio {
  receivedMs: number;
  playedMs: number;
}

/**
 * What of the agent's audio was really played, and what is to be dropped of it. The speaker reports
 * how far it is; times are ms of the item's audio.
 */
export class Playback {
  private readonly items = new Map<string, ItemAudio>();
  private readonly stopped = new Set<string>();

  /** Whether this audio is to be played: not of what was stopped. */
  takes(item: string, ms: number): boolean {
    if (this.stopped.has(item)) return false;
    const audio = this.items.get(item) ?? { receivedMs: 0, playedMs: 0 };
    this.items.set(item, { ...audio, receivedMs: audio.receivedMs + ms });
    return true;
  }

  /** The speaker has given so much of the item to the device. */
  played(item: string, ms: number): void {
    const audio = this.items.get(item);
    if (audio !== undefined) audio.playedMs = Math.max(audio.playedMs, ms);
  }

  /** Items that have not been played to their end, oldest first. */
  unfinished(): string[] {
    return [...this.items].filter(([item, audio]) => !this.stopped.has(item) && audio.playedMs < audio.receivedMs - 1).map(([item]) => item);
  }

  /** Nothing more of what is unfinished is taken or played. Gives those items. */
  stop(): string[] {
    const items = this.unfinished();
    items.forEach((item) => this.stopped.add(item));
    return items;
  }

  /**
   * What the caller has heard of an item: what left the queue, less what is still on its way from
   * there to the ear (`latencyMs`). Whole ms, never more than came.
   */
  heardMs(item: string, latencyMs: number): number {
    const audio = this.items.get(item) ?? { receivedMs: 0, playedMs: 0 };
    return Math.max(0, Math.floor(Math.min(audio.playedMs, audio.receivedMs) - latencyMs));
  }
}
