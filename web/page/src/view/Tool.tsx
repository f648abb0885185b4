import type { ToolCall } from '../logic/story';
import { millis } from '../logic/words';
import { Chevron, Wrench } from './icons';

const STATES: Record<string, string> = {
  requested: 'asking', done: 'done', ok: 'done', failed: 'failed', notfound: 'not found', refused: 'refused',
  uncertain: 'uncertain', withheld: 'withheld',
};

/** A tool call on one line; opened, with its arguments and result. */
export function Tool({ call }: { call: ToolCall }) {
  const state = call.state.toLowerCase();
  const isGood = state === 'done' || state === 'ok';
  const kind = state === 'requested' ? 'asking' : isGood ? 'good' : 'bad';
  return (
    <details class={`tool ${kind}`}>
      <summary>
        <Wrench size={16} />
        <span class="tool-name">{call.tool}</span>
        <span class="tool-arguments">{oneLine(call.arguments)}</span>
        <span class="tool-state">{STATES[state] ?? state}</span>
        {call.tookMs !== null && <span class="figure">{millis(call.tookMs)}</span>}
        <Chevron size={16} />
      </summary>
      <dl>
        <dt>Arguments</dt><dd><pre tabIndex={0}>{pretty(call.arguments)}</pre></dd>
        <dt>Result</dt><dd><pre tabIndex={0}>{call.state === 'requested' ? 'not there yet' : pretty(call.result)}</pre></dd>
      </dl>
    </details>
  );
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value).map(([name, one]) => `${name} ${typeof one === 'string' ? one : JSON.stringify(one)}`).join(', ');
}

function pretty(value: unknown): string {
  if (value === undefined || value === null) return '—';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
