import { describe, expect, it } from 'vitest';
import { Api, ApiError, type Fetch } from './api';

interface Asked {
  path: string;
  lastId: string | null;
  authorization: string | null;
}

/** An API that gives one answer after the other; waits are noted, not waited. */
function scripted(...answers: (Response | Error)[]) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const fetch: Fetch = (path, init) => {
    const headers = new Headers(init?.headers);
    asked.push({ path, lastId: headers.get('Last-Event-ID'), authorization: headers.get('Authorization') });
    const answer = answers.shift() ?? new Error('nothing more');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
  return { api: new Api({ token: () => 'secret', fetch, sleep, random: () => 1 }), asked, waits };
}

const stream = (text: string) => new Response(text, { status: 200 });
const refusal = (status: number, code = 'c') => new Response(JSON.stringify({ error: { code, message: 'why' } }), { status });

function follow(api: Api, signal = new AbortController().signal) {
  const names: string[] = [];
  const states: boolean[] = [];
  const done = api.follow('/x', { onEvent: (event) => names.push(event.name), onState: (isConnected) => states.push(isConnected), signal });
  return { names, states, done };
}

describe('Api', () => {
  it('goes on after the last event when a stream breaks, and stops at its end', async () => {
    const { api, asked } = scripted(stream('id: 1\nevent: a\ndata: 1\n\nid: 2\nevent: b\ndata: 1\n\n'), new Error('down'), stream('id: 3\nevent: c\ndata: 1\n\nevent: end\ndata: {}\n\n'));
    const { names, states, done } = follow(api);
    await done;
    expect(names).toEqual(['a', 'b', 'c']);
    expect(asked.map((one) => one.lastId)).toEqual([null, '2', '2']);
    expect(asked[0]?.authorization).toBe('Bearer secret');
    expect(states).toEqual([true, false, false, true]);
  });

  it('waits longer from failure to failure, and short again after success', async () => {
    const { api, waits } = scripted(new Error(), new Error(), new Error(), stream('id: 1\nevent: a\ndata: 1\n\n'), stream('event: end\ndata: {}\n\n'));
    await follow(api).done;
    expect(waits).toEqual([250, 500, 1_000, 250]);
  });

  it('asks again for a call that is not known yet, but not for ever', async () => {
    const known = scripted(refusal(404, 'no_such_call'), refusal(404, 'no_such_call'), stream('event: end\ndata: {}\n\n'));
    await follow(known.api).done;
    const unknown = scripted(...Array.from({ length: 9 }, () => refusal(404, 'no_such_call')));
    await expect(follow(unknown.api).done).rejects.toMatchObject({ status: 404, message: 'why' });
    expect(unknown.asked.length).toBe(3);
    const forgotten = scripted(refusal(404, 'call_forgotten'));
    await expect(follow(forgotten.api).done).rejects.toMatchObject({ code: 'call_forgotten' });
  });

  it('takes a refusal for good, and a busy node not', async () => {
    const refused = scripted(refusal(401));
    await expect(follow(refused.api).done).rejects.toMatchObject({ status: 401 });
    const busy = scripted(refusal(429), refusal(503), stream('event: end\ndata: {}\n\n'));
    await follow(busy.api).done;
    expect(busy.asked.length).toBe(3);
  });

  it('stops where it is told to', async () => {
    const abort = new AbortController();
    const { api, asked } = scripted(stream('id: 1\nevent: a\ndata: 1\n\n'), stream('id: 2\nevent: b\ndata: 1\n\n'));
    const done = api.follow('/x', { onEvent: () => abort.abort(), signal: abort.signal });
    await done;
    expect(asked.length).toBe(1);
  });

  it('says that nobody answers', async () => {
    await expect(scripted(new Error('refused')).api.session()).rejects.toEqual(new ApiError(0, 'unreachable', 'The operator API cannot be reached.'));
    await expect(scripted(new Response('<html>', { status: 502 })).api.calls(5)).rejects.toMatchObject({ status: 502, message: 'HTTP 502' });
  });
});
