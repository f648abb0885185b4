import { useEffect, useMemo } from 'preact/hooks';
import { CallBook, CallReader } from '../call/callBook';
import type { ApiError, CallRow } from '../logic/api';
import { carrierWords, durationMs, when } from '../logic/calls';
import { clock, endReason, shortReason } from '../logic/words';
import { useNow } from './CallAside';
import { Back } from './icons';
import { Notice } from './Notice';
import { callLink, node, titled } from './state';
import { StoryView } from './StoryView';

/** The calls there are, and one of them as it is in the log. */
export function Calls({ callId }: { callId: string | null }) {
  const token = node.token.value;
  const book = useMemo(() => new CallBook(node.api), [token]);
  useEffect(() => book.watch(), [book]);
  return (
    <main id="main" tabIndex={-1} class={callId === null ? 'calls' : 'calls is-reading'}>
      <h1 class="hidden">Calls</h1>
      <CallList book={book} chosen={callId} />
      {callId === null
        ? <section class="reader is-empty" aria-label="One call"><p>Choose a call to read it, word for word, as it is in the log.</p></section>
        : <Reader key={`${callId} ${token ?? ''}`} callId={callId} row={book.calls.value.find((call) => call.callId === callId) ?? null} />}
    </main>
  );
}

function CallList({ book, chosen }: { book: CallBook; chosen: string | null }) {
  const calls = book.calls.value;
  const now = useNow(calls.some((call) => call.live));
  return (
    <section class="list" aria-label="Recent calls">
      <h2>Recent calls</h2>
      {book.failure.value !== null && <Refusal failure={book.failure.value} />}
      {book.isLoaded.value && calls.length === 0 && <p class="nothing">There are no calls yet. <a href="#/">Make the first.</a></p>}
      <ul>
        {calls.map((call) => <li key={call.callId}><Row call={call} now={now} isChosen={call.callId === chosen} /></li>)}
      </ul>
    </section>
  );
}

function Row({ call, now, isChosen }: { call: CallRow; now: number; isChosen: boolean }) {
  return (
    <a class="row" href={callLink(call.callId)} aria-current={isChosen ? 'true' : undefined}>
      <span class={call.live ? 'dot live' : 'dot'} />
      <span class="row-main"><strong>{titled(call.agent)}</strong><span>{carrierWords(call.carrier)}</span></span>
      <span class="row-end"><span>{call.live ? 'On the line' : shortReason(call.endReason)}</span><span class="figure">{when(call.startedAt, new Date(now))} · {clock(durationMs(call, now))} · {call.turns} {call.turns === 1 ? 'turn' : 'turns'}</span></span>
    </a>
  );
}

function Refusal({ failure }: { failure: ApiError }) {
  const text = failure.status === 0 ? 'Is Voxlog running? This page tries again when you open it anew.' : failure.message;
  const title = failure.status === 401 ? 'A token is needed to see calls' : failure.status === 0 ? 'The operator API cannot be reached' : 'The operator API refuses';
  return (
    <Notice kind="bad" message={{ title, text: failure.status === 401 ? 'It has to be one of web.tokens.' : text }}>
      {failure.status === 401 && <button type="button" class="plain" onClick={() => (node.asksToken.value = 'Calls are shown to whoever brings one of web.tokens.')}>Enter a token</button>}
    </Notice>
  );
}

function Reader({ callId, row }: { callId: string; row: CallRow | null }) {
  const reader = useMemo(() => new CallReader(node.api, callId), [callId]);
  useEffect(() => reader.watch(), [reader]);
  const story = reader.story.value;
  const failure = reader.failure.value;
  return (
    <section class="reader" aria-label="One call">
      <a class="back" href="#/calls"><Back size={18} />All calls</a>
      <header class="reader-top">
        <h2>{titled(story.agent || row?.agent || '')}</h2>
        <p>{row !== null && `${carrierWords(row.carrier)}, ${when(row.startedAt, new Date())}`}</p>
        <p class="call-id">{callId}</p>
      </header>
      {failure !== null && (failure.status === 404
        ? <Notice kind="bad" message={{ title: 'This call cannot be shown', text: failure.message }} />
        : <Refusal failure={failure} />)}
      <StoryView story={story} callerName="Caller" />
      {story.endReason !== null ? <p class="ended">{endReason(story.endReason)}</p> : failure === null && !reader.isOver.value && <p class="ended"><span class="dot live" />Going on</p>}
    </section>
  );
}
