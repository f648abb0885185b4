import { describe, expect, it } from 'vitest';
import { callEvent, type CallEventData, type CallEventName } from './callEvents';
import { figures } from './figures';
import { EMPTY, isDisclosing, tell, type AgentEntry, type CallerEntry, type Story } from './story';

type Line = { [Name in CallEventName]: [Name, CallEventData[Name]] }[CallEventName];

function told(...lines: Line[]): Story {
  return lines.reduce((story, [name, data], index) => {
    const at = new Date(1_000_000 + index * 1_000).toISOString();
    const event = callEvent(name, JSON.stringify({ at, ...data }));
    if (event === null) throw new Error(name);
    return tell(story, event);
  }, EMPTY);
}

const caller = (story: Story) => story.entries.find((entry) => entry.kind === 'caller') as CallerEntry;
const agent = (story: Story) => story.entries.find((entry) => entry.kind === 'agent') as AgentEntry;

const SAID: Line = ['sentence', { turn: 2, sentence: 0, text: 'It has shipped, and comes on Thursday.', purpose: 'answer' }];
const MORE: Line = ['sentence', { turn: 2, sentence: 1, text: 'Anything else?', purpose: 'answer' }];
const PLAYS: Line = ['playing', { turn: 2, sentence: 0 }];
const PARTLY: Line = ['heard', { turn: 2, sentence: 0, text: 'It has shipped,', whole: false, evidence: 'acked' }];
const CUT_IN: Line = ['verdict', { utterance: 1, ruling: 'interrupted', turn: 2 }];

describe('a call’s story', () => {
  it('has words firm up, and keeps them once they are final', () => {
    const interim: Line = ['interim', { utterance: 1, text: 'where is my', stable: 'where is' }];
    expect(caller(told(interim))).toMatchObject({ text: 'where is my', stable: 8, isFinal: false });
    const final: Line = ['final', { utterance: 1, text: 'Where is my order?', typed: false }];
    expect(caller(told(interim, final, interim))).toMatchObject({ text: 'Where is my order?', stable: 18, isFinal: true });
  });

  it('takes nothing for stable that the words do not begin with', () => {
    expect(caller(told(['interim', { utterance: 1, text: 'a b', stable: 'x' }]))).toMatchObject({ stable: 0 });
  });

  it('says what was understood', () => {
    const story = told(['understood', { utterance: 1, intent: 'order_status', confidence: 0.9, slots: [{ name: 'orderId', value: '45812' }], sentiment: 'negative', language: 'en', final: true }]);
    expect(caller(story)).toMatchObject({ intent: 'order_status', slots: [{ value: '45812' }], sentiment: 'negative' });
  });

  it('shows sentences waiting, playing and heard', () => {
    expect(agent(told(SAID, MORE, PLAYS)).sentences.map((one) => one.state)).toEqual(['playing', 'waiting']);
    const whole: Line = ['heard', { turn: 2, sentence: 0, text: 'It has shipped, and comes on Thursday.', whole: true, evidence: 'acked' }];
    expect(agent(told(SAID, MORE, PLAYS, whole)).sentences.map((one) => one.state)).toEqual(['heard', 'waiting']);
  });

  it('strikes out what an interruption left unheard, in whichever order it is told', () => {
    for (const story of [told(SAID, MORE, PLAYS, PARTLY, CUT_IN), told(SAID, MORE, PLAYS, CUT_IN, PARTLY)]) {
      expect(agent(story).isInterrupted).toBe(true);
      expect(agent(story).sentences).toMatchObject([{ state: 'cut', heard: 15 }, { state: 'cut', heard: 0 }]);
    }
  });

  it('strikes out nothing of an answer that went on after a cough', () => {
    const story = told(SAID, PLAYS, PARTLY, ['verdict', { utterance: 1, ruling: 'resumed', turn: 2 }]);
    expect(agent(story)).toMatchObject({ isInterrupted: false, sentences: [{ state: 'playing' }] });
    expect(caller(story).ruling).toBe('resumed');
    expect(agent(told(SAID, PLAYS, ['verdict', { utterance: 1, ruling: 'resumed', turn: 2 }], CUT_IN)).isInterrupted).toBe(true);
  });

  it('lets the last word on a sentence count', () => {
    const whole: Line = ['heard', { turn: 2, sentence: 0, text: '', whole: true, evidence: 'estimated' }];
    expect(agent(told(SAID, PLAYS, whole, CUT_IN, PARTLY)).sentences[0]).toMatchObject({ state: 'cut', heard: 15 });
    expect(agent(told(SAID, PLAYS, CUT_IN, PARTLY, whole)).sentences[0]).toMatchObject({ state: 'heard', isEstimated: true });
  });

  it('counts a sentence that comes after the interruption as unheard', () => {
    expect(agent(told(SAID, CUT_IN, MORE)).sentences[1]).toMatchObject({ state: 'cut', heard: 0 });
  });

  it('has tools asked once and answered, also if the question is told again', () => {
    const asked: Line = ['tool', { turn: 2, n: 1, tool: 'getOrder', arguments: { id: '1' }, state: 'requested' }];
    const done: Line = ['tool', { turn: 2, n: 1, tool: 'getOrder', state: 'done', result: { ok: true }, tookMs: 37 }];
    expect(agent(told(asked, done, asked)).tools).toEqual([{ n: 1, tool: 'getOrder', state: 'done', arguments: { id: '1' }, result: { ok: true }, tookMs: 37 }]);
  });

  it('puts a turn where it began, however late the rest comes', () => {
    const story = told(SAID, ['final', { utterance: 2, text: 'Yes.', typed: false }], MORE, ['waterfall', { turn: 2, parts: [], totalMs: 400 }]);
    expect(story.entries.map((entry) => entry.key)).toEqual(['t2', 'u2']);
    expect(agent(story)).toMatchObject({ sentences: [{ n: 0 }, { n: 1 }], waterfall: { totalMs: 400 } });
  });

  it('takes a waterfall’s last version', () => {
    expect(agent(told(['waterfall', { turn: 2, parts: [], totalMs: 4 }], ['waterfall', { turn: 2, parts: [], totalMs: 5 }])).waterfall?.totalMs).toBe(5);
  });

  it('ends with a reason, and leaves nothing playing', () => {
    const story = told(['started', { carrier: 'realtime', agent: 'acme' }], SAID, PLAYS, ['ended', { reason: 'hung-up' }]);
    expect(story).toMatchObject({ agent: 'acme', endReason: 'hung-up' });
    expect(agent(story)).toMatchObject({ isInterrupted: false, sentences: [{ state: 'cut', heard: 0 }] });
    const late = told(SAID, PLAYS, ['ended', { reason: 'hung-up' }], PARTLY);
    expect(agent(late).sentences[0]).toMatchObject({ state: 'cut', heard: 15 });
  });

  it('tells of keys, silence, transfers and gaps, and not of the first attach', () => {
    const story = told(['attached', { attach: 1 }], ['key', {}], ['silence', {}], ['transfer', { to: 'support' }], ['gap', { fromMs: 10, toMs: 1_510 }], ['attached', { attach: 2 }]);
    expect(story.entries.map((entry) => (entry.kind === 'note' ? entry.note : entry.kind))).toEqual(['key', 'silence', 'transfer', 'gap', 'attached']);
  });

  it('is the same when it is told from its beginning again', () => {
    const lines: Line[] = [['started', { carrier: 'realtime', agent: 'acme' }], ['silence', {}], SAID, MORE, PLAYS, PARTLY, CUT_IN, ['key', {}]];
    const events = lines.map(([name, data], index) => callEvent(name, JSON.stringify({ at: new Date(index * 1_000).toISOString(), ...data })));
    const once = events.reduce((story, event) => (event === null ? story : tell(story, event)), EMPTY);
    const twice = events.reduce((story, event) => (event === null ? story : tell(story, event)), once);
    expect(twice).toEqual(once);
  });

  it('knows when something must be heard whole', () => {
    const disclosure: Line = ['sentence', { turn: 1, sentence: 0, text: 'I am a machine.', purpose: 'disclosure' }];
    expect(isDisclosing(told(disclosure))).toBe(false);
    expect(isDisclosing(told(disclosure, ['playing', { turn: 1, sentence: 0 }]))).toBe(true);
    expect(isDisclosing(told(SAID, PLAYS))).toBe(false);
  });

  it('leaves out what it does not know or cannot read', () => {
    expect(callEvent('something-new', '{}')).toBeNull();
    expect(callEvent('final', 'no json')).toBeNull();
    expect(callEvent('final', '7')).toBeNull();
  });

  it('comes in figures', () => {
    const fall = (turn: number, totalMs: number): Line => ['waterfall', { turn, parts: [], totalMs }];
    const story = told(SAID, CUT_IN, fall(2, 400), ['sentence', { turn: 3, sentence: 0, text: 'a', purpose: 'answer' }], fall(3, 500), ['superseded', { turn: 4 }]);
    expect(figures(story)).toEqual({ answers: 2, medianMs: 450, slowestMs: 500, interruptions: 1, tools: 0 });
    expect(figures(EMPTY)).toMatchObject({ medianMs: null, slowestMs: null });
  });
});
