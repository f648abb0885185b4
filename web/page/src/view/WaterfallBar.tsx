import { useSignal } from '@preact/signals';
import type { Waterfall } from '../logic/story';
import { millis, millisFigure, partWords, waterfallText } from '../logic/words';

interface WaterfallProps {
  waterfall: Waterfall;
  /** How long a bar is that fills the width. */
  scaleMs: number;
  isExample?: boolean;
}

/** Where a turn's time went: a bar of parts, the same as a list, and as text. */
export function WaterfallBar({ waterfall, scaleMs, isExample = false }: WaterfallProps) {
  const chosen = useSignal<string | null>(null);
  const parts = waterfall.parts.filter((part) => part.ms > 0);
  const sum = Math.max(waterfall.totalMs, parts.reduce((total, part) => total + part.ms, 0));
  const shown = parts.find((part) => part.name === chosen.value);
  return (
    <div class="waterfall" role="group" aria-label={waterfallText(waterfall)} onPointerLeave={() => (chosen.value = null)}>
      <div class="waterfall-row">
        <div class="track" aria-hidden="true">
          <div class="bars" style={{ width: `${Math.min(100, (sum / scaleMs) * 100)}%` }}>
            {parts.map((part) => (
              <span key={part.name} class={`part p-${part.name}${chosen.value === part.name ? ' chosen' : ''}`} style={{ flexGrow: part.ms }} onPointerEnter={() => (chosen.value = part.name)} />
            ))}
          </div>
        </div>
        <span class="total" aria-hidden="true">{millis(waterfall.totalMs)}</span>
      </div>
      <ul class="parts">
        {parts.map((part) => (
          <li key={part.name}>
            <button type="button" tabIndex={isExample ? -1 : 0} class={chosen.value === part.name ? 'part-name chosen' : 'part-name'} onPointerEnter={() => (chosen.value = part.name)} onFocus={() => (chosen.value = part.name)} onBlur={() => (chosen.value = null)} aria-label={`${partWords(part.name).label} ${millis(part.ms)}: ${partWords(part.name).means}`}>
              <span class={`swatch p-${part.name}`} />{partWords(part.name).label} <span class="figure">{millisFigure(part.ms)}</span>
            </button>
          </li>
        ))}
      </ul>
      {!isExample && shown !== undefined && <p class="means" aria-hidden="true">{`${partWords(shown.name).means}: ${millis(shown.ms)}, ${Math.round((shown.ms / sum) * 100)} %`}</p>}
    </div>
  );
}
