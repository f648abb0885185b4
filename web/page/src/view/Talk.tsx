import { useEffect, useRef } from 'preact/hooks';
import { Announcer } from './Announcer';
import { Composer } from './Composer';
import { CallAside } from './CallAside';
import { Notice, Notices } from './Notice';
import { StoryView } from './StoryView';
import { Welcome } from './Welcome';
import { conversation, hasShortcuts, titled } from './state';
import { endReason } from '../logic/words';

export function Talk() {
  useShortcuts();
  const phase = conversation.phase.value;
  const isEmpty = phase === 'idle';
  return (
    <>
      <main id="main" tabIndex={-1} class={isEmpty ? 'talk is-empty' : 'talk'}>
        {isEmpty ? <Welcome /> : <Running />}
      </main>
      {!isEmpty && <Composer />}
      <Announcer story={conversation.story.value} />
    </>
  );
}

function Running() {
  const story = conversation.story.value;
  const end = useRef<HTMLDivElement>(null);
  useStickToEnd(end, story);
  const isOver = conversation.phase.value === 'over';
  return (
    <div class="split">
      <section class="conversation" aria-label="The conversation">
        <h1 class="hidden">A call to {titled(story.agent)}</h1>
        <Notices />
        {conversation.phase.value === 'connecting' && <Connecting />}
        <StoryView story={story} />
        {isOver && (
          <div class="over">
            <p><strong>{endReason(story.endReason)}</strong></p>
            <div class="over-actions">
              <button type="button" class="primary" onClick={() => void conversation.talk()}>Call again</button>
              <button type="button" class="plain" onClick={() => conversation.clear()}>Close</button>
            </div>
          </div>
        )}
        {isOver && conversation.trouble.value !== null && <Notice kind="bad" message={conversation.trouble.value} />}
        <div ref={end} class="end" />
      </section>
      <CallAside />
    </div>
  );
}

function Connecting() {
  const isAsking = conversation.microphone.value === 'asking';
  return <p class="connecting" role="status"><span class="spinner" />{isAsking ? 'Waiting for the microphone. Your browser may ask you to allow it.' : 'Calling…'}</p>;
}

/** What is new is in view, unless the reader has scrolled away from the end. */
function useStickToEnd(end: { current: HTMLElement | null }, what: unknown): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const watch = () => {
      const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
      isAtEnd.current = left < 120;
    };
    window.addEventListener('scroll', watch, { passive: true });
    return () => window.removeEventListener('scroll', watch);
  }, []);
  useEffect(() => {
    if (isAtEnd.current) end.current?.scrollIntoView({ block: 'end' });
  }, [what]);
}

function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
      if (event.key === 'Escape' && hasShortcuts.value) conversation.hangUp();
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea') !== null;
      if (isTyping || !hasShortcuts.value) return;
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('#say')?.focus();
      } else if (event.key.toLowerCase() === 'm' && conversation.isActive) {
        conversation.toggleMicrophone();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
