import type { CallRow } from './api';

/** Live calls on top, then the newest first. */
export function listed(rows: readonly CallRow[]): CallRow[] {
  return [...rows].sort((a, b) => Number(b.live) - Number(a.live) || Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

/** When it was, as people say it: the time for today, else the day as well. */
export function when(iso: string, now: Date): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}

export function durationMs(row: CallRow, now: number): number {
  return (row.endedAt === null ? now : Date.parse(row.endedAt)) - Date.parse(row.startedAt);
}

const CARRIERS: Record<string, string> = { realtime: 'Web', twilio: 'Telephone' };

export function carrierWords(carrier: string): string {
  return CARRIERS[carrier] ?? carrier;
}
