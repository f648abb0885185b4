import { describe, expect, it } from 'vitest';
import { SseParser } from './sse';

const STREAM = ': hello\n\nid: 1\nevent: final\ndata: {"text":"hi"}\n\n: .\n\nid:2\r\nevent:end\r\ndata: a\r\ndata:  b\r\n\r\n';
const EVENTS = [
  { id: '1', name: 'final', data: '{"text":"hi"}' },
  { id: '2', name: 'end', data: 'a\n b' },
];

describe('SseParser', () => {
  it('reads events and leaves comments out', () => expect(new SseParser().push(STREAM)).toEqual(EVENTS));

  it('reads the same, wherever the stream is cut', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      const parser = new SseParser();
      const got = [...parser.push(STREAM.slice(0, cut)), ...parser.push(''), ...parser.push(STREAM.slice(cut))];
      expect(got, `cut at ${cut}`).toEqual(EVENTS);
    }
  });

  it('keeps the id for events that have none', () => {
    expect(new SseParser().push('id: 7\ndata: a\n\ndata: b\n\n').map((event) => event.id)).toEqual(['7', '7']);
  });

  it('gives events without data their name', () => {
    expect(new SseParser().push('event: end\n\n')).toEqual([{ id: '', name: 'end', data: '' }]);
  });

  it('takes a line feed after a return that came before it for the same line’s end, and only one', () => {
    const parser = new SseParser();
    expect([...parser.push('data: a\r'), ...parser.push('\n')]).toEqual([]);
    expect(parser.push('\n')).toEqual([{ id: '', name: 'message', data: 'a' }]);
  });

  it('waits for the end of an event', () => expect(new SseParser().push('data: a\n')).toEqual([]));
});
