import type { Story } from './story';
import { endReason } from './words';

/** What is worth saying to somebody who does not see the page, each with a key of its own. */
export function announcements(story: Story): [key: string, text: string][] {
  const found: [string, string][] = [];
  for (const entry of story.entries) {
    if (entry.kind === 'caller' && entry.isFinal && entry.text !== '') found.push([entry.key, `You: ${entry.text}`]);
    if (entry.kind === 'agent') {
      for (const one of entry.sentences) {
        const isSpoken = one.state === 'playing' || one.state === 'heard' || (one.state === 'cut' && (one.heard ?? 0) > 0);
        if (isSpoken) found.push([`${entry.key}.${one.n}`, `Agent: ${one.text}`]);
      }
      if (entry.isInterrupted) found.push([`${entry.key}.cut`, 'The agent was interrupted.']);
    }
  }
  if (story.endReason !== null) found.push(['end', endReason(story.endReason)]);
  return found;
}
