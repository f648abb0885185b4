import { useEffect, useState } from 'preact/hooks';
import { figures } from '../logic/figures';
import { clock, millis } from '../logic/words';
import { conversation, callLink } from './state';
import { Shortcuts } from './Welcome';

/** The call in figures. */
export function CallAside() {
  const story = conversation.story.value;
  const phase = conversation.phase.value;
  const now = useNow(phase === 'live');
  const callId = conversation.callId.value;
  const { answers, medianMs, slowestMs, interruptions, tools } = figures(story);
  const until = phase === 'over' ? (story.endedAt ?? now) : now;
  const isLive = phase === 'live';
  return (
    <aside class="facts" aria-label="The call in figures">
      <p class="state"><span class={isLive ? 'dot live' : 'dot'} />{phase === 'connecting' ? 'Calling' : isLive ? 'On the line' : 'Over'}<span class="figure">{conversation.startedAt.value === 0 ? '' : clock(until - (story.startedAt ?? conversation.startedAt.value))}</span></p>
      {phase !== 'over' && <Voice />}
      <dl>
        <div><dt>Answers</dt><dd>{answers}</dd></div>
        <div><dt>Median time to answer</dt><dd>{medianMs === null ? '–' : millis(medianMs)}</dd></div>
        <div><dt>Slowest</dt><dd>{slowestMs === null ? '–' : millis(slowestMs)}</dd></div>
        <div><dt>Interruptions</dt><dd>{interruptions}</dd></div>
        <div><dt>Tool calls</dt><dd>{tools}</dd></div>
      </dl>
      {callId !== null && <p class="call-id"><a href={callLink(callId)}>{callId}</a></p>}
      {phase !== 'over' && <Shortcuts />}
    </aside>
  );
}

/** Who is to be heard just now. */
function Voice() {
  const level = conversation.agentLevel.value;
  const heights = [0.5, 0.8, 1, 0.7, 0.9, 0.6, 0.85, 0.45];
  return (
    <div class="voice" aria-hidden="true">
      {heights.map((height, index) => <span key={index} style={{ transform: `scaleY(${Math.max(0.08, level * height)})` }} />)}
    </div>
  );
}

export function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
