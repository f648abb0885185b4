import { heardLength } from './heard';
import { agentTurn, caller, EMPTY, ended, interrupted, note, type AgentEntry, type Sentence, type Story } from './story';

/** What one Realtime event is made of, as far as this page reads it. */
export interface RealtimeEvent {
  type: string;
  item_id?: string;
  response_id?: string;
  delta?: string;
  transcript?: string;
  audio_start_ms?: number;
  item?: { id: string; role?: string; content?: { type: string; text?: string; transcript?: string }[] };
  response?: {
    id: string;
    status: string;
    conversation_id?: string;
    output?: { id: string; content?: { transcript?: string }[] }[];
  };
  session?: { model?: string; tracing?: { group_id?: string } | string | null };
  error?: { type: string; code: string | null; message: string };
}

/** The story as far as the Realtime protocol alone tells it. Immutable. */
export interface RealtimeStory {
  story: Story;
  /** Numbers of the items and responses that have come, in order. */
  names: readonly string[];
}

export const NOTHING_YET: RealtimeStory = { story: EMPTY, names: [] };

/** `at` is when the event came, in ms since the epoch. */
export function hear(before: RealtimeStory, event: RealtimeEvent, at: number): RealtimeStory {
  switch (event.type) {
    case 'session.created':
      return { ...before, story: { ...before.story, agent: event.session?.model ?? '', carrier: 'realtime', startedAt: at } };
    case 'input_audio_buffer.speech_started':
      return said(before, event.item_id, at, (entry) => entry);
    case 'conversation.item.input_audio_transcription.delta':
      return said(before, event.item_id, at, (entry) => {
        const text = entry.text + (event.delta ?? '');
        return { ...entry, text, stable: text.length };
      });
    case 'conversation.item.input_audio_transcription.completed': {
      const text = event.transcript ?? '';
      return said(before, event.item_id, at, (entry) => ({ ...entry, text, stable: text.length, isFinal: true }));
    }
    case 'conversation.item.added':
      return added(before, event, at);
    case 'response.created':
      return answered(before, event.response?.id, at, (entry) => entry);
    case 'response.output_audio_transcript.delta':
      return answered(before, event.response_id, at, (entry) => spoken(entry, event.delta ?? ''));
    case 'response.done':
      return answered(before, event.response?.id, at, (entry) => done(entry, event));
    default:
      return before;
  }
}

export function end(before: RealtimeStory, reason: string, at: number): RealtimeStory {
  return { ...before, story: ended(before.story, reason, at) };
}

export function fault(before: RealtimeStory, message: string, at: number): RealtimeStory {
  return { ...before, story: note(before.story, at, 'fault', message) };
}

function numbered(before: RealtimeStory, name: string): [number, RealtimeStory] {
  const index = before.names.indexOf(name);
  if (index >= 0) return [index + 1, before];
  return [before.names.length + 1, { ...before, names: [...before.names, name] }];
}

function said(before: RealtimeStory, item: string | undefined, at: number, change: Parameters<typeof caller>[3]): RealtimeStory {
  if (item === undefined) return before;
  const [number, named] = numbered(before, item);
  return { ...named, story: caller(named.story, String(number), at, change) };
}

function answered(before: RealtimeStory, response: string | undefined, at: number, change: (entry: AgentEntry) => AgentEntry): RealtimeStory {
  if (response === undefined) return before;
  const [number, named] = numbered(before, response);
  return { ...named, story: agentTurn(named.story, number, at, change) };
}

/** A text of the caller's; what they spoke is known by its transcription. */
function added(before: RealtimeStory, event: RealtimeEvent, at: number): RealtimeStory {
  const text = event.item?.content?.find((part) => part.type === 'input_text')?.text;
  if (event.item?.role !== 'user' || text === undefined) return before;
  return said(before, event.item.id, at, (entry) => ({ ...entry, text, stable: text.length, isFinal: true, isTyped: true }));
}

/** A delta is a sentence, told when it begins to play. */
function spoken(entry: AgentEntry, delta: string): AgentEntry {
  const before = entry.sentences.map((one): Sentence => (one.state === 'playing' ? { ...one, state: 'heard', heard: one.text.length } : one));
  const sentence: Sentence = {
    n: before.length, text: delta.trim(), purpose: 'answer', state: 'playing', heard: null, isEstimated: false,
  };
  return { ...entry, sentences: [...before, sentence] };
}

function done(entry: AgentEntry, event: RealtimeEvent): AgentEntry {
  if (event.response?.status !== 'cancelled') {
    return { ...entry, sentences: entry.sentences.map((one) => ({ ...one, state: 'heard', heard: one.text.length })) };
  }
  const transcript = event.response.output?.[0]?.content?.[0]?.transcript ?? '';
  const whole = entry.sentences.map((one) => one.text).join(' ');
  let left = heardLength(whole, transcript);
  const sentences = entry.sentences.map((one): Sentence => {
    const length = Math.max(0, Math.min(one.text.length, left));
    left -= one.text.length + 1;
    return { ...one, state: length === one.text.length ? 'heard' : 'cut', heard: length };
  });
  return interrupted({ ...entry, sentences });
}
