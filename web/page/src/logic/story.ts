import type { CallEvent, CallEventData, Part, Slot } from './callEvents';
import { heardLength } from './heard';

/** A call as it is shown: what was said and done, in order. Immutable. */
export interface Story {
  agent: string;
  carrier: string;
  startedAt: number | null;
  endedAt: number | null;
  endReason: string | null;
  entries: readonly Entry[];
}

export type Entry = CallerEntry | AgentEntry | NoteEntry;

export interface CallerEntry {
  kind: 'caller';
  key: string;
  at: number;
  text: string;
  /** How much of `text` will not change any more. */
  stable: number;
  isFinal: boolean;
  isTyped: boolean;
  intent: string | null;
  confidence: number | null;
  slots: readonly Slot[];
  sentiment: string | null;
  language: string | null;
  ruling: string | null;
}

export type SentenceState = 'waiting' | 'playing' | 'heard' | 'cut';

export interface Sentence {
  n: number;
  text: string;
  purpose: string;
  state: SentenceState;
  /** How many characters of `text` were heard, where that is known. */
  heard: number | null;
  isEstimated: boolean;
}

export interface ToolCall {
  n: number;
  tool: string;
  state: string;
  arguments: unknown;
  result: unknown;
  tookMs: number | null;
}

export interface Waterfall {
  parts: readonly Part[];
  totalMs: number;
}

export interface AgentEntry {
  kind: 'agent';
  key: string;
  at: number;
  turn: number;
  sentences: readonly Sentence[];
  tools: readonly ToolCall[];
  waterfall: Waterfall | null;
  intent: string | null;
  route: string | null;
  isInterrupted: boolean;
  isSuperseded: boolean;
}

export interface NoteEntry {
  kind: 'note';
  key: string;
  at: number;
  note: 'key' | 'silence' | 'transfer' | 'detached' | 'attached' | 'gap' | 'fault';
  detail: string;
}

export const EMPTY: Story = {
  agent: '', carrier: '', startedAt: null, endedAt: null, endReason: null, entries: [],
};

/** What the story is once this has happened. What is told twice changes nothing. */
export function tell(story: Story, event: CallEvent): Story {
  const told = Date.parse(event.at);
  const at = Number.isNaN(told) ? (story.entries.at(-1)?.at ?? story.startedAt ?? 0) : told;
  switch (event.name) {
    case 'started':
      return { ...story, carrier: event.carrier, agent: event.agent, startedAt: at };
    case 'ended':
      return ended(story, event.reason, at);
    case 'interim':
    case 'final':
    case 'understood':
    case 'verdict':
      return tellCaller(story, event, at);
    case 'sentence':
    case 'playing':
    case 'heard':
    case 'turnEnded':
    case 'tool':
    case 'waterfall':
    case 'superseded':
      return agentTurn(story, event.turn, at, (turn) => tellTurn(turn, event));
    case 'attached':
      return event.attach > 1 ? note(story, at, 'attached', '') : story;
    case 'detached':
      return note(story, at, 'detached', '');
    case 'key':
      return note(story, at, 'key', '');
    case 'silence':
      return note(story, at, 'silence', '');
    case 'transfer':
      return note(story, at, 'transfer', event.to);
    case 'gap':
      return note(story, at, 'gap', String(Math.max(0, event.toMs - event.fromMs)));
  }
}

type CallerEvent = Extract<CallEvent, { name: 'interim' | 'final' | 'understood' | 'verdict' }>;
type TurnEvent = Extract<CallEvent, { turn: number; name: 'sentence' | 'playing' | 'heard' | 'turnEnded' | 'tool' | 'waterfall' | 'superseded' }>;

function tellCaller(story: Story, event: CallerEvent, at: number): Story {
  const said = caller(story, String(event.utterance), at, (entry) => tellUtterance(entry, event));
  if (event.name !== 'verdict' || event.ruling !== 'interrupted' || event.turn === 0) return said;
  return agentTurn(said, event.turn, at, interrupted);
}

function tellUtterance(entry: CallerEntry, event: CallerEvent): CallerEntry {
  switch (event.name) {
    case 'interim': {
      const isLate = entry.isFinal;
      const stable = event.text.startsWith(event.stable) ? event.stable.length : 0;
      return isLate ? entry : { ...entry, text: event.text, stable };
    }
    case 'final':
      return { ...entry, text: event.text, stable: event.text.length, isFinal: true, isTyped: event.typed };
    case 'understood':
      return {
        ...entry,
        intent: event.intent,
        confidence: event.confidence,
        slots: event.slots ?? [],
        sentiment: event.sentiment,
        language: event.language,
      };
    case 'verdict':
      return { ...entry, ruling: event.ruling };
  }
}

/** The story with one utterance changed, which is there afterwards. */
export function caller(story: Story, name: string, at: number, change: (entry: CallerEntry) => CallerEntry): Story {
  const fresh: CallerEntry = {
    kind: 'caller', key: `u${name}`, at, text: '', stable: 0, isFinal: false, isTyped: false,
    intent: null, confidence: null, slots: [], sentiment: null, language: null, ruling: null,
  };
  return withEntry(story, fresh, change);
}

/** The story with one of the agent's turns changed, which is there afterwards. */
export function agentTurn(story: Story, turn: number, at: number, change: (entry: AgentEntry) => AgentEntry): Story {
  const fresh: AgentEntry = {
    kind: 'agent', key: `t${turn}`, at, turn, sentences: [], tools: [], waterfall: null,
    intent: null, route: null, isInterrupted: false, isSuperseded: false,
  };
  return withEntry(story, fresh, change);
}

function withEntry<E extends CallerEntry | AgentEntry>(story: Story, fresh: E, change: (entry: E) => E): Story {
  const index = story.entries.findIndex((entry) => entry.key === fresh.key);
  if (index < 0) return { ...story, entries: [...story.entries, change(fresh)] };
  return { ...story, entries: story.entries.with(index, change(story.entries[index] as E)) };
}

export function note(story: Story, at: number, kind: NoteEntry['note'], detail: string): Story {
  const entry: NoteEntry = { kind: 'note', key: `${kind} ${at} ${detail}`, at, note: kind, detail };
  if (story.entries.some((one) => one.key === entry.key)) return story;
  return { ...story, entries: [...story.entries, entry] };
}

// The agent's turn.

function tellTurn(turn: AgentEntry, event: TurnEvent): AgentEntry {
  switch (event.name) {
    case 'sentence':
      return sentence(turn, event.sentence, (one) => ({ ...one, text: event.text, purpose: event.purpose.toLowerCase() }));
    case 'playing':
      return sentence(turn, event.sentence, (one) => (one.state === 'waiting' ? { ...one, state: 'playing' } : one));
    case 'heard':
      return sentence(turn, event.sentence, (one) => heard(one, event, turn.isInterrupted));
    case 'turnEnded':
      return { ...turn, intent: event.intent, route: event.route };
    case 'tool':
      return tool(turn, event);
    case 'waterfall':
      return { ...turn, waterfall: { parts: event.parts, totalMs: event.totalMs } };
    case 'superseded':
      return { ...turn, isSuperseded: true };
  }
}

function sentence(turn: AgentEntry, n: number, change: (sentence: Sentence) => Sentence): AgentEntry {
  const state: SentenceState = turn.isInterrupted ? 'cut' : 'waiting';
  const fresh: Sentence = {
    n, text: '', purpose: 'answer', state, heard: turn.isInterrupted ? 0 : null, isEstimated: false,
  };
  const known = turn.sentences.some((one) => one.n === n) ? turn.sentences : [...turn.sentences, fresh];
  const sentences = known.map((one) => (one.n === n ? change(one) : one)).sort((a, b) => a.n - b.n);
  return { ...turn, sentences };
}

/** The last word on a sentence counts. Part of one that goes on playing is no end of it. */
function heard(one: Sentence, event: CallEventData['heard'], isInterrupted: boolean): Sentence {
  const isEstimated = event.evidence.toLowerCase() === 'estimated';
  if (event.whole) return { ...one, state: 'heard', heard: one.text.length, isEstimated };
  const state = isInterrupted || one.state === 'cut' ? 'cut' : 'playing';
  return { ...one, state, heard: heardLength(one.text, event.text), isEstimated };
}

export function interrupted(turn: AgentEntry): AgentEntry {
  return { ...cutOff(turn), isInterrupted: true };
}

/** The call is over, and with it whatever was being said. */
export function ended(story: Story, reason: string, at: number): Story {
  const entries = story.entries.map((entry) => (entry.kind === 'agent' ? cutOff(entry) : entry));
  return { ...story, endedAt: at, endReason: reason, entries };
}

/** What was not heard by now, and what was not begun, will not be. */
function cutOff(turn: AgentEntry): AgentEntry {
  const sentences = turn.sentences.map((one): Sentence => {
    if (one.state === 'heard' || one.state === 'cut') return one;
    return { ...one, state: 'cut', heard: one.heard ?? 0 };
  });
  return { ...turn, sentences };
}

function tool(turn: AgentEntry, event: CallEventData['tool']): AgentEntry {
  const before = turn.tools.find((one) => one.n === event.n);
  if (before !== undefined && before.state !== 'requested' && event.state === 'requested') return turn;
  const call: ToolCall = {
    n: event.n,
    tool: event.tool,
    state: event.state,
    arguments: event.arguments ?? before?.arguments,
    result: event.result ?? before?.result,
    tookMs: event.tookMs ?? before?.tookMs ?? null,
  };
  const tools = [...turn.tools.filter((one) => one.n !== event.n), call].sort((a, b) => a.n - b.n);
  return { ...turn, tools };
}

/** Whether what is being said must be heard whole. */
export function isDisclosing(story: Story): boolean {
  return story.entries.some(
    (entry) =>
      entry.kind === 'agent' &&
      entry.sentences.some((one) => one.state === 'playing' && one.purpose === 'disclosure'),
  );
}
