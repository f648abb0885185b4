import type { CallerEntry } from '../logic/story';
import { nameWords } from '../logic/words';

export function CallerWords({ entry, name = 'You' }: { entry: CallerEntry; name?: string }) {
  const isResumed = entry.ruling === 'resumed';
  return (
    <div class={isResumed ? 'words resumed' : 'words'}>
      <p class="who"><span class="who-dot" />{name}{entry.isTyped && <span class="aside">typed</span>}</p>
      <p class="text">
        {entry.text === '' ? <span class="unstable">{entry.isFinal ? 'a sound' : <Dots />}</span> : (
          <>
            {entry.text.slice(0, entry.stable)}
            {entry.stable < entry.text.length && <span class="unstable">{entry.text.slice(entry.stable)}</span>}
          </>
        )}
      </p>
      <Chips entry={entry} />
    </div>
  );
}

function Dots() {
  return <span class="dots"><span class="hidden">Listening</span><i /><i /><i /></span>;
}

function Chips({ entry }: { entry: CallerEntry }) {
  const isResumed = entry.ruling === 'resumed';
  const isTelling = entry.sentiment !== null && entry.sentiment !== 'neutral' && entry.sentiment !== '';
  if (entry.intent === null && entry.slots.length === 0 && !isResumed && !isTelling) return null;
  return (
    <ul class="chips" aria-label="What was understood">
      {isResumed && <li class="chip plain" title="Not taken for an interruption: the agent went on">the agent went on</li>}
      {entry.intent !== null && (
        <li class="chip intent" title="Intent">{nameWords(entry.intent)}{entry.confidence !== null && <span class="figure">{entry.confidence.toFixed(2)}</span>}</li>
      )}
      {entry.slots.map((slot) => <li key={slot.name} class="chip slot" title="Detail"><span class="slot-name">{nameWords(slot.name)}</span>{slot.value}</li>)}
      {isTelling && <li class={`chip mood ${entry.sentiment ?? ''}`} title="Sentiment">{entry.sentiment}</li>}
    </ul>
  );
}
