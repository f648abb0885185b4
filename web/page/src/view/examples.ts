import type { AgentEntry, CallerEntry, Waterfall } from '../logic/story';

/** What the first view shows of calls; made up. */
export const INTERIM_EXAMPLE: CallerEntry = {
  kind: 'caller', key: 'example', at: 0, text: 'Where is my order? It is four five', stable: 22, isFinal: false, isTyped: false,
  intent: 'order_status', confidence: 0.93, slots: [], sentiment: null, language: null, ruling: null,
};

export const CUT_EXAMPLE: AgentEntry = {
  kind: 'agent', key: 'example', at: 0, turn: 2, tools: [], waterfall: null, intent: null, route: null,
  isInterrupted: true, isSuperseded: false,
  sentences: [
    { n: 0, text: 'It has shipped, and should arrive on Thursday between nine and twelve.', purpose: 'answer', state: 'cut', heard: 36, isEstimated: false },
  ],
};

export const WATERFALL_EXAMPLE: Waterfall = {
  totalMs: 457,
  parts: [
    { name: 'endpointing', ms: 320 }, { name: 'stt', ms: 1 }, { name: 'nlu', ms: 15 }, { name: 'dialogue', ms: 16 },
    { name: 'tool', ms: 37 }, { name: 'tts', ms: 4 }, { name: 'kafka', ms: 52 }, { name: 'playback', ms: 12 },
  ],
};
