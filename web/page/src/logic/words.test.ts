import { describe, expect, it } from 'vitest';
import { access, accessWords } from './access';
import { announcements } from './announcements';
import { ApiError, type CallRow } from './api';
import { durationMs, listed } from './calls';
import { EMPTY, tell } from './story';
import { blindReason, clock, endReason, microphoneTrouble, millis, nameWords, refusedTrouble, seconds, socketTrouble, waterfallScale, waterfallText } from './words';

describe('what is said', () => {
  it('of a microphone that cannot be had', () => {
    const titles = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'Strange'].map((name) => microphoneTrouble(name, true).title);
    expect(new Set(titles).size).toBe(4);
    expect(microphoneTrouble('NotAllowedError', false).text).toContain('https');
  });

  it('of a session that closed', () => {
    expect(socketTrouble(1000, 'agent-hung-up', null)).toBeNull();
    expect(socketTrouble(1013, '', { code: 'refused-stream', message: '' })?.title).toBe('All lines are busy');
    expect(socketTrouble(1013, '', { code: 'rate_limit_exceeded', message: '' })?.text).toContain('Wait a minute');
    expect(socketTrouble(1006, '', null)?.title).toBe('The connection broke');
    expect(socketTrouble(1008, 'too many faults', null)?.text).toBe('too many faults');
  });

  it('of one that does not open', () => {
    expect(refusedTrouble(0, '').text).toContain('Is Voxlog running');
    expect(refusedTrouble(403, 'because').text).toBe('because');
    expect(refusedTrouble(426, '').text).toContain('proxy');
  });

  it('of a token that does for one thing only', () => {
    expect(access(426, 200)).toBe('both');
    expect(access(426, 401)).toBe('talk');
    expect(access(401, 200)).toBe('see');
    expect(access(401, 401)).toBe('neither');
    expect(access(0, 0)).toBe('unreachable');
    expect(access(426, 404)).toBe('both');
    expect(accessWords('talk')).toContain('not of web.tokens');
    expect(accessWords('see')).toContain('not of ingress.realtime.tokens');
    expect(accessWords('both')).toBeNull();
  });

  it('of a log that cannot be seen', () => {
    expect(blindReason(new ApiError(401, '', ''))).toContain('web.tokens');
    expect(blindReason(new ApiError(403, '', 'foreign host'))).toContain('foreign host');
    expect(blindReason(new ApiError(0, '', ''))).toContain('does not answer');
  });

  it('of the end', () => {
    expect(endReason('hung-up')).toBe('The caller hung up.');
    expect(endReason('max-duration')).toBe('The call ended: max duration.');
  });

  it('in figures', () => {
    expect([clock(0), clock(65_400), clock(-5)]).toEqual(['0:00', '1:05', '0:00']);
    expect([millis(0), millis(0.4), millis(1_234.6)]).toEqual(['0 ms', '<1 ms', '1,235 ms']);
    expect([seconds(1_540), seconds(12_400)]).toEqual(['1.5 s', '12 s']);
    expect(nameWords('order_status orderId')).toBe('order status order id');
  });

  it('of a waterfall, on a scale that grows by steps', () => {
    expect(waterfallText({ totalMs: 457, parts: [{ name: 'stt', ms: 1 }, { name: 'new', ms: 2 }] })).toBe('Answered after 457 ms: STT 1 ms, new 2 ms.');
    expect([[], [457], [751], [5_000]].map(waterfallScale)).toEqual([750, 750, 1_500, 6_000]);
  });

  it('aloud once it is certain', () => {
    const at = '2026-01-01T00:00:00.000Z';
    let story = tell(EMPTY, { name: 'interim', at, utterance: 1, text: 'where', stable: '' });
    story = tell(story, { name: 'sentence', at, turn: 2, sentence: 0, text: 'Here.', purpose: 'answer' });
    expect(announcements(story)).toEqual([]);
    story = tell(story, { name: 'final', at, utterance: 1, text: 'Where?', typed: false });
    story = tell(story, { name: 'playing', at, turn: 2, sentence: 0 });
    expect(announcements(story)).toEqual([['u1', 'You: Where?'], ['t2.0', 'Agent: Here.']]);
  });
});

describe('the list of calls', () => {
  const row = (callId: string, startedAt: string, live: boolean): CallRow => ({
    callId, carrier: 'twilio', agent: 'acme', startedAt, endedAt: live ? null : startedAt, endReason: null, turns: 1, live,
  });

  it('has those on the line on top, then the newest', () => {
    const rows = [row('old', '2026-01-01T10:00:00Z', false), row('new', '2026-01-01T11:00:00Z', false), row('live', '2026-01-01T09:00:00Z', true)];
    expect(listed(rows).map((one) => one.callId)).toEqual(['live', 'new', 'old']);
  });

  it('counts on while a call goes on', () => {
    expect(durationMs(row('a', '2026-01-01T10:00:00Z', true), Date.parse('2026-01-01T10:00:05Z'))).toBe(5_000);
    expect(durationMs(row('a', '2026-01-01T10:00:00Z', false), 0)).toBe(0);
  });
});
