import type { Entry, Story } from '../logic/story';
import { clock, noteText, waterfallScale } from '../logic/words';
import { AgentTurn } from './AgentTurn';
import { CallerWords } from './CallerWords';
import { titled } from './state';

interface StoryProps {
  story: Story;
  /** What the caller is called. */
  callerName?: string;
}

/** A call's story, a line for each who speaks. */
export function StoryView({ story, callerName = 'You' }: StoryProps) {
  const totals = story.entries.map((entry) => (entry.kind === 'agent' ? (entry.waterfall?.totalMs ?? 0) : 0));
  const scaleMs = waterfallScale(totals);
  return (
    <ol class="story">
      {story.entries.filter(isShown).map((entry) => (
        <li key={entry.key} class={`entry ${entry.kind}`}>
          <Time at={entry.at} since={story.startedAt} />
          <Content entry={entry} scaleMs={scaleMs} names={[callerName, titled(story.agent)]} />
        </li>
      ))}
    </ol>
  );
}

/** Noise is told of only if it did something. */
function isShown(entry: Entry): boolean {
  if (entry.kind !== 'caller') return true;
  return entry.text !== '' || (entry.isFinal ? entry.ruling === 'resumed' : true);
}

function Time({ at, since }: { at: number; since: number | null }) {
  return <span class="time">{since === null ? '' : clock(at - since)}</span>;
}

function Content({ entry, scaleMs, names }: { entry: Entry; scaleMs: number; names: [string, string] }) {
  switch (entry.kind) {
    case 'caller':
      return <CallerWords entry={entry} name={names[0]} />;
    case 'agent':
      return <AgentTurn entry={entry} name={names[1]} scaleMs={scaleMs} />;
    case 'note':
      return <p class="remark">{noteText(entry)}</p>;
  }
}
