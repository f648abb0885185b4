import type { ApiError } from './api';
import type { NoteEntry, Waterfall } from './story';

/** What is said to whoever uses the page: what happened, and what to do. */
export interface Message {
  title: string;
  text: string;
}

const END_REASONS: Record<string, string> = {
  completed: 'The agent said goodbye.',
  'hung-up': 'The caller hung up.',
  transferred: 'The call was handed to a person.',
  lost: 'The connection was lost.',
};

export function endReason(reason: string | null): string {
  if (reason === null) return 'The call ended.';
  return END_REASONS[reason] ?? `The call ended: ${reason.replaceAll('-', ' ')}.`;
}

const SHORT_REASONS: Record<string, string> = {
  completed: 'Completed', 'hung-up': 'Caller hung up', transferred: 'Transferred', lost: 'Connection lost',
};

export function shortReason(reason: string | null): string {
  if (reason === null) return 'Ended';
  return SHORT_REASONS[reason] ?? reason.charAt(0).toUpperCase() + reason.slice(1).replaceAll('-', ' ');
}

export function noteText(entry: NoteEntry): string {
  switch (entry.note) {
    case 'key':
      return 'A key was pressed';
    case 'silence':
      return 'Nobody spoke for a while';
    case 'transfer':
      return `To be transferred to ${entry.detail}`;
    case 'detached':
      return 'The line is away';
    case 'attached':
      return 'The line is back';
    case 'gap':
      return `${seconds(Number(entry.detail))} without sound`;
    case 'fault':
      return entry.detail;
  }
}

/** What getUserMedia refused, by the error's name. */
export function microphoneTrouble(name: string, isSecure: boolean): Message {
  if (!isSecure) {
    return {
      title: 'This page may not use a microphone here',
      text: 'Browsers allow it on https, or on localhost. Open the page there, or type instead.',
    };
  }
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        title: 'The microphone is not allowed',
        text: 'Allow it for this page in the address bar, then try again. You can type meanwhile.',
      };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { title: 'There is no microphone', text: 'Plug one in, or choose another under Sound. You can type meanwhile.' };
    case 'NotReadableError':
    case 'AbortError':
      return {
        title: 'The microphone is busy',
        text: 'Another program may be using it. Close that, then try again. You can type meanwhile.',
      };
    default:
      return { title: 'The microphone does not work', text: `The browser says ${name}. You can type meanwhile.` };
  }
}

/** Why a session's socket closed. `lastError` is what the node said before. */
export function socketTrouble(code: number, reason: string, lastError: { code: string | null; message: string } | null): Message | null {
  if (code === 1000) return null;
  if (code === 1013 && lastError?.code === 'rate_limit_exceeded') {
    return { title: 'Too many calls in a minute', text: 'Wait a minute, then call again.' };
  }
  switch (code) {
    case 1013:
      return { title: 'All lines are busy', text: 'This node takes no further call at the moment. Try again shortly.' };
    case 1001:
      return { title: 'The node is being stopped', text: 'Call again in a moment.' };
    case 1008:
      return { title: 'The node ended the call', text: reason || lastError?.message || 'It did not accept what this page sent.' };
    case 1011:
      return { title: 'The connection was too slow', text: 'This page could not keep up with the audio. Call again.' };
    default:
      return { title: 'The connection broke', text: 'The call is over, for a session cannot be taken up again. Call again.' };
  }
}

/** Why a session could not be opened at all. `status` is that of a plain request; 0 if none came. */
export function refusedTrouble(status: number, message: string): Message {
  switch (status) {
    case 0:
      return { title: 'The node cannot be reached', text: 'Is Voxlog running? Start it, then call again.' };
    case 401:
      return { title: 'A token is needed to talk', text: 'Enter one of ingress.realtime.tokens.' };
    case 403:
      return { title: 'The node lets nobody talk from here', text: message };
    case 404:
      return { title: 'There is no such agent', text: message };
    case 426:
      return { title: 'No connection for the call', text: 'The node answers, but a WebSocket does not get through. A proxy may be in between.' };
    default:
      return { title: 'The node does not take the call', text: message || `HTTP ${status}` };
  }
}

/** Why nothing but the Realtime protocol's own events is shown. */
export function blindReason(failure: ApiError): string {
  if (failure.status === 401) {
    return 'You can talk, but this token may not see the call’s log: add it to web.tokens.';
  }
  if (failure.status === 403) return `You can talk, but the call’s log is refused: ${failure.message}`;
  if (failure.status === 404 && failure.code === 'no_such_call') return 'You can talk, but the operator API does not know this call.';
  return 'You can talk, but the operator API does not answer.';
}

// Figures.

export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

export function millis(ms: number): string {
  return `${millisFigure(ms)} ms`;
}

/** The same without its unit. */
export function millisFigure(ms: number): string {
  return ms > 0 && ms < 1 ? '<1' : Math.round(ms).toLocaleString('en-GB');
}

/** A time since the call's start, m:ss. */
export function clock(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export interface PartWords {
  label: string;
  means: string;
}

const PARTS: Record<string, PartWords> = {
  endpointing: { label: 'Endpointing', means: 'Waiting to be sure that you had finished' },
  stt: { label: 'STT', means: 'Recognising your last words' },
  nlu: { label: 'NLU', means: 'Understanding what you want' },
  dialogue: { label: 'Dialogue', means: 'Deciding what to say' },
  tool: { label: 'Tool', means: 'Waiting for a tool’s answer' },
  tts: { label: 'TTS', means: 'Speaking the first words' },
  kafka: { label: 'Kafka', means: 'From stage to stage, through the log' },
  playback: { label: 'Playback', means: 'Handing the first audio to your line' },
};

export function partWords(name: string): PartWords {
  return PARTS[name] ?? { label: name, means: name };
}

export function waterfallText(waterfall: Waterfall): string {
  const parts = waterfall.parts.map((part) => `${partWords(part.name).label} ${millis(part.ms)}`);
  return `Answered after ${millis(waterfall.totalMs)}: ${parts.join(', ')}.`;
}

/** The scale that several waterfalls share: it grows by steps, so that bars do not jump. */
export function waterfallScale(totals: readonly number[]): number {
  const most = Math.max(0, ...totals);
  let scale = 750;
  while (scale < most) scale *= 2;
  return scale;
}

/** A name of the agent file's as people write it. */
export function nameWords(intent: string): string {
  return intent.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
