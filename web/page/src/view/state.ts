import { signal } from '@preact/signals';
import { Conversation } from '../call/conversation';
import { VoxlogNode } from '../call/node';
import { forGood } from '../call/storage';

export const node = new VoxlogNode();
export const conversation = new Conversation(node);

export type View = { name: 'talk' } | { name: 'calls'; callId: string | null };

export function viewOf(hash: string): View {
  const [, name, callId] = /^#\/(calls)(?:\/(.+))?$/.exec(hash) ?? [];
  return name === 'calls' ? { name, callId: callId === undefined ? null : decodeURIComponent(callId) } : { name: 'talk' };
}

export const view = signal<View>(viewOf(location.hash));
window.addEventListener('hashchange', () => (view.value = viewOf(location.hash)));

export function callLink(callId: string): string {
  return `#/calls/${encodeURIComponent(callId)}`;
}

export type Theme = 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');

function themeNow(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'dark' || chosen === 'light' ? chosen : dark.matches ? 'dark' : 'light';
}

export const theme = signal<Theme>(themeNow());
dark.addEventListener('change', () => (theme.value = themeNow()));

export function switchTheme(): void {
  const next: Theme = theme.value === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  theme.value = next;
  forGood.set('theme', next);
}

/** Whether single keys are shortcuts. */
export const hasShortcuts = signal(forGood.get('shortcuts') !== 'off');

export function setShortcuts(isOn: boolean): void {
  hasShortcuts.value = isOn;
  forGood.set('shortcuts', isOn ? null : 'off');
}

export const isSoundOpen = signal(false);

/** A name as a title has it. */
export function titled(name: string): string {
  return name === '' ? 'the agent' : name.charAt(0).toUpperCase() + name.slice(1);
}
