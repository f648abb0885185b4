import type { Story } from './story';

export interface Figures {
  answers: number;
  medianMs: number | null;
  slowestMs: number | null;
  interruptions: number;
  tools: number;
}

/** A call in figures; times are those of its waterfalls. */
export function figures(story: Story): Figures {
  const turns = story.entries.filter((entry) => entry.kind === 'agent');
  const totals = turns.flatMap((turn) => (turn.waterfall === null ? [] : [turn.waterfall.totalMs])).sort((a, b) => a - b);
  return {
    answers: turns.filter((turn) => !turn.isSuperseded && turn.sentences.length > 0).length,
    medianMs: median(totals),
    slowestMs: totals.at(-1) ?? null,
    interruptions: turns.filter((turn) => turn.isInterrupted).length,
    tools: turns.reduce((sum, turn) => sum + turn.tools.length, 0),
  };
}

function median(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
