import type { ScriptedCall } from './scriptedCall';

/** Acme's greeting, whole. */
export function greet(call: ScriptedCall, audioMs = 600): void {
  call.begin(1);
  const sentences = ['Thanks for calling Acme.', 'I’m an automated assistant.', 'How can I help you today?'];
  sentences.forEach((text, n) => {
    call.tell('sentence', { turn: 1, sentence: n, text, purpose: 'answer' });
    call.speak(1, (n > 0 ? ' ' : '') + text);
  });
  call.tell('playing', { turn: 1, sentence: 0 });
  call.audio(1, audioMs);
  sentences.forEach((text, n) => call.tell('heard', { turn: 1, sentence: n, text, whole: true, evidence: 'acked' }));
  call.tell('turnEnded', { turn: 1, utterances: [], intent: null, route: 'greeting', next: 'listen' });
  call.done(1, 'completed', sentences.join(' '));
}

/** The caller's words, as they firm up. */
export function hearing(call: ScriptedCall): void {
  call.speechStarted(1);
  call.tell('interim', { utterance: 1, text: 'Where is my order? It is four five', stable: 'Where is my order?' });
}

/** An order is asked for, found, and the answer begun. */
export function answering(call: ScriptedCall, audioMs = 6_000): void {
  call.tell('final', { utterance: 1, text: 'Where is my order? It is four five eight one two.', typed: false });
  call.tell('understood', {
    utterance: 1, intent: 'order_status', confidence: 0.93, slots: [{ name: 'orderId', value: '45812' }], sentiment: 'neutral', language: 'en', final: true,
  });
  call.tell('verdict', { utterance: 1, ruling: 'clear', turn: 0 });
  call.tell('sentence', { turn: 2, sentence: 0, text: 'One moment, I’ll look that up.', purpose: 'filler' });
  call.tell('playing', { turn: 2, sentence: 0 });
  call.tell('tool', { turn: 2, n: 1, tool: 'getOrder', arguments: { id: '45812' }, state: 'requested' });
  call.tell('tool', {
    turn: 2, n: 1, tool: 'getOrder', state: 'done', tookMs: 37,
    result: { id: '45812', item: 'rain barrel', status: 'shipped', carrier: 'Northern Express', arrives: 'Thursday' },
  });
  call.tell('heard', { turn: 2, sentence: 0, text: 'One moment, I’ll look that up.', whole: true, evidence: 'acked' });
  const answer = 'It has shipped. Your rain barrel, order 4 5 8 1 2, is with Northern Express, and should arrive on Thursday, between nine and twelve.';
  call.tell('sentence', { turn: 2, sentence: 1, text: answer, purpose: 'answer' });
  call.tell('sentence', { turn: 2, sentence: 2, text: 'Is there anything else?', purpose: 'answer' });
  call.begin(2);
  call.speak(2, answer);
  call.tell('playing', { turn: 2, sentence: 1 });
  call.audio(2, audioMs);
  call.tell('waterfall', {
    turn: 2, totalMs: 457,
    parts: [
      { name: 'endpointing', ms: 320 }, { name: 'stt', ms: 1.2 }, { name: 'nlu', ms: 15 }, { name: 'dialogue', ms: 16 },
      { name: 'tool', ms: 37 }, { name: 'tts', ms: 4 }, { name: 'kafka', ms: 52.8 }, { name: 'playback', ms: 11 },
    ],
  });
}

/** The caller cuts in; the agent answers what they say then. */
export function interrupting(call: ScriptedCall): void {
  call.speechStarted(2);
  call.tell('interim', { utterance: 2, text: 'Can I', stable: '' });
  call.tell('verdict', { utterance: 2, ruling: 'interrupted', turn: 2 });
  call.tell('heard', { turn: 2, sentence: 1, text: 'It has shipped. Your rain barrel,', whole: false, evidence: 'acked' });
  call.done(2, 'cancelled', 'It has shipped. Your rain barrel,');
  call.tell('final', { utterance: 2, text: 'Can I have it on Friday instead?', typed: false });
  call.tell('understood', { utterance: 2, intent: 'question', confidence: 0.71, slots: [{ name: 'day', value: 'Friday' }], sentiment: null, language: 'en', final: true });
}

export function afterwards(call: ScriptedCall): void {
  const text = 'You can choose another day in the message that Northern Express sends you.';
  call.tell('sentence', { turn: 3, sentence: 0, text, purpose: 'answer' });
  call.begin(3);
  call.speak(3, text);
  call.tell('playing', { turn: 3, sentence: 0 });
  call.audio(3, 800);
  call.tell('waterfall', {
    turn: 3, totalMs: 381,
    parts: [
      { name: 'endpointing', ms: 300 }, { name: 'stt', ms: 3 }, { name: 'nlu', ms: 12 }, { name: 'dialogue', ms: 22 },
      { name: 'tts', ms: 5 }, { name: 'kafka', ms: 31 }, { name: 'playback', ms: 8 },
    ],
  });
  call.tell('final', { utterance: 3, text: 'Mhm.', typed: false });
  call.tell('verdict', { utterance: 3, ruling: 'resumed', turn: 3 });
  call.tell('heard', { turn: 3, sentence: 0, text, whole: true, evidence: 'acked' });
  call.done(3, 'completed', text);
}
