/** What `/api/calls/{callId}/events` tells, by event name. */
export interface CallEventData {
  started: { carrier: string; agent: string };
  attached: { attach: number };
  detached: object;
  interim: { utterance: number; text: string; stable: string };
  final: { utterance: number; text: string; typed: boolean };
  understood: {
    utterance: number;
    intent: string | null;
    confidence: number | null;
    slots: Slot[];
    sentiment: string | null;
    language: string | null;
    final: boolean;
  };
  verdict: { utterance: number; ruling: string; turn: number };
  sentence: { turn: number; sentence: number; text: string; purpose: string };
  playing: { turn: number; sentence: number };
  heard: { turn: number; sentence: number; text: string; whole: boolean; evidence: string };
  turnEnded: { turn: number; utterances: number[]; intent: string | null; route: string; next: string };
  tool: { turn: number; n: number; tool: string; state: string; arguments?: unknown; result?: unknown; tookMs?: number };
  key: object;
  silence: object;
  transfer: { to: string };
  waterfall: { turn: number; parts: Part[]; totalMs: number };
  superseded: { turn: number };
  ended: { reason: string };
  gap: { fromMs: number; toMs: number };
}

export interface Slot {
  name: string;
  value: string;
  confidence?: number;
}

export interface Part {
  name: string;
  ms: number;
}

export type CallEventName = keyof CallEventData;

export type CallEvent = {
  [Name in CallEventName]: { name: Name; at: string } & CallEventData[Name];
}[CallEventName];

const NAMES: ReadonlySet<string> = new Set<CallEventName>([
  'started', 'attached', 'detached', 'interim', 'final', 'understood', 'verdict', 'sentence', 'playing', 'heard',
  'turnEnded', 'tool', 'key', 'silence', 'transfer', 'waterfall', 'superseded', 'ended', 'gap',
]);

/** Null for what this page does not know, or cannot read: a newer node may tell more. */
export function callEvent(name: string, data: string): CallEvent | null {
  if (!NAMES.has(name)) return null;
  try {
    const body: unknown = JSON.parse(data);
    return typeof body === 'object' && body !== null ? ({ ...body, name } as CallEvent) : null;
  } catch {
    return null;
  }
}
