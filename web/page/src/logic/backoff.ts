const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/** How long to wait before the attempt after `failures` failures in a row; `chance` is 0 to 1. */
export function backoff(failures: number, chance: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(most / 2 + (most / 2) * chance);
}
