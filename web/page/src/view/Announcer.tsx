import { useEffect, useRef, useState } from 'preact/hooks';
import { announcements } from '../logic/announcements';
import type { Story } from '../logic/story';

/** Tells screen readers what was said, once it is certain: no interims, nothing twice. */
export function Announcer({ story }: { story: Story }) {
  const told = useRef(new Set<string>());
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    if (story.entries.length === 0) told.current.clear();
    const fresh = announcements(story).filter(([key]) => !told.current.has(key));
    if (fresh.length === 0) return;
    fresh.forEach(([key]) => told.current.add(key));
    setLines((before) => [...before, ...fresh.map(([, text]) => text)].slice(-6));
  }, [story]);
  return <div class="hidden" role="log" aria-live="polite" aria-label="What is said">{lines.map((line, index) => <p key={index}>{line}</p>)}</div>;
}
