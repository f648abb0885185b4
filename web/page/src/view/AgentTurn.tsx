import type { AgentEntry, Sentence } from '../logic/story';
import { Cut } from './icons';
import { Tool } from './Tool';
import { WaterfallBar } from './WaterfallBar';

interface TurnProps {
  entry: AgentEntry;
  name?: string;
  scaleMs: number;
}

export function AgentTurn({ entry, name, scaleMs }: TurnProps) {
  const isFiller = (one: Sentence) => one.purpose === 'filler';
  const said = entry.sentences.filter((one) => !isFiller(one));
  return (
    <div class={entry.isSuperseded ? 'words superseded' : 'words'}>
      <p class="who">
        <span class="who-dot" />{name ?? 'Agent'}
        {entry.isInterrupted && <span class="aside cut"><Cut size={14} />interrupted</span>}
        {entry.isSuperseded && <span class="aside">not said: you went on</span>}
      </p>
      {entry.sentences.filter(isFiller).map((one) => (
        <p key={one.n} class="filler"><Words sentence={one} isUnsaid={entry.isSuperseded} /> <span class="aside">filler</span></p>
      ))}
      {entry.tools.map((tool) => <Tool key={tool.n} call={tool} />)}
      {said.length > 0 && <p class="text">{said.map((one, index) => <span key={one.n}>{index > 0 && ' '}<Words sentence={one} isUnsaid={entry.isSuperseded} /></span>)}</p>}
      {entry.waterfall !== null && <WaterfallBar waterfall={entry.waterfall} scaleMs={scaleMs} />}
    </div>
  );
}

/** A sentence, with what of it was not heard struck through. */
function Words({ sentence, isUnsaid }: { sentence: Sentence; isUnsaid: boolean }) {
  if (sentence.state !== 'cut' && !isUnsaid) return <span class={`sentence ${sentence.state}`}>{sentence.text}</span>;
  const known = isUnsaid ? 0 : (sentence.heard ?? 0);
  const heard = known + (/^\s*/.exec(sentence.text.slice(known))?.[0].length ?? 0);
  const unheard = sentence.text.slice(heard);
  return (
    <span class="sentence cut">
      {sentence.text.slice(0, heard)}
      {unheard !== '' && <del title={sentence.isEstimated ? 'Not heard, as far as can be told' : 'Not heard'}><span class="hidden"> (not heard: </span>{unheard}<span class="hidden">)</span></del>}
    </span>
  );
}
