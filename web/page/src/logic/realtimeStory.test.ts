import { describe, expect, it } from 'vitest';
import { end, hear, NOTHING_YET, type RealtimeEvent } from './realtimeStory';

function heard(...events: RealtimeEvent[]) {
  return events.reduce((story, event, index) => hear(story, event, 1_000 + index), NOTHING_YET);
}

const CREATED: RealtimeEvent = { type: 'session.created', session: { model: 'acme' } };
const BEGUN: RealtimeEvent = { type: 'response.created', response: { id: 'r1', status: 'in_progress' } };
const say = (delta: string): RealtimeEvent => ({ type: 'response.output_audio_transcript.delta', response_id: 'r1', delta });

describe('what the session alone tells', () => {
  it('is who answers, and since when', () => {
    expect(heard(CREATED).story).toMatchObject({ agent: 'acme', startedAt: 1_000 });
  });

  it('is the caller’s words', () => {
    const { story } = heard(
      { type: 'input_audio_buffer.speech_started', item_id: 'u1' },
      { type: 'conversation.item.input_audio_transcription.delta', item_id: 'u1', delta: 'Where' },
      { type: 'conversation.item.input_audio_transcription.delta', item_id: 'u1', delta: ' is' },
    );
    expect(story.entries).toMatchObject([{ text: 'Where is', isFinal: false }]);
    const final = hear({ story, names: ['u1'] }, { type: 'conversation.item.input_audio_transcription.completed', item_id: 'u1', transcript: 'Where is it?' }, 5);
    expect(final.story.entries).toMatchObject([{ text: 'Where is it?', isFinal: true }]);
  });

  it('is what was typed, and of spoken items nothing', () => {
    const { story } = heard(
      { type: 'conversation.item.added', item: { id: 't1', role: 'user', content: [{ type: 'input_text', text: 'hello' }] } },
      { type: 'conversation.item.added', item: { id: 'u1', role: 'user', content: [{ type: 'input_audio' }] } },
      { type: 'conversation.item.added', item: { id: 'a1', role: 'assistant', content: [] } },
    );
    expect(story.entries).toMatchObject([{ text: 'hello', isTyped: true }]);
  });

  it('is the agent’s sentences, one after the other', () => {
    expect(heard(BEGUN, say('One.'), say(' Two.')).story.entries).toMatchObject([
      { sentences: [{ text: 'One.', state: 'heard' }, { text: 'Two.', state: 'playing' }] },
    ]);
  });

  it('is where it was broken off', () => {
    const cancelled: RealtimeEvent = { type: 'response.done', response: { id: 'r1', status: 'cancelled', output: [{ id: 'a1', content: [{ transcript: 'One. It has' }] }] } };
    expect(heard(BEGUN, say('One.'), say(' It has shipped.'), cancelled).story.entries).toMatchObject([
      { isInterrupted: true, sentences: [{ state: 'heard' }, { state: 'cut', heard: 6 }] },
    ]);
    const completed: RealtimeEvent = { type: 'response.done', response: { id: 'r1', status: 'completed' } };
    expect(heard(BEGUN, say('One.'), completed).story.entries).toMatchObject([{ isInterrupted: false, sentences: [{ state: 'heard' }] }]);
  });

  it('ends', () => expect(end(heard(BEGUN, say('One.')), 'lost', 9).story).toMatchObject({ endReason: 'lost', entries: [{ sentences: [{ state: 'cut' }] }] }));

  it('is not changed by what is of no concern', () => {
    const before = heard(CREATED);
    expect(hear(before, { type: 'rate_limits.updated' }, 9)).toBe(before);
    expect(hear(before, { type: 'response.created' }, 9)).toBe(before);
  });
});
