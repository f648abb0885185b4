import { useEffect } from 'preact/hooks';
import { Calls } from './Calls';
import { Mark, Moon, Sun } from './icons';
import { SoundDialog } from './SoundDialog';
import { conversation, node, switchTheme, theme, view } from './state';
import { Talk } from './Talk';
import { TokenDialog } from './TokenDialog';

export function App() {
  useEffect(() => void node.load(), []);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (conversation.isActive) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the content</a>
      <Header />
      {view.value.name === 'talk' ? <Talk /> : <Calls callId={view.value.callId} />}
      <SoundDialog />
      <TokenDialog />
    </>
  );
}

/** The hash says which view is shown, so the link itself must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Header() {
  const isTalk = view.value.name === 'talk';
  const isLive = conversation.phase.value === 'live';
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label="Voxlog, to the first page"><Mark /><span>Voxlog</span></a>
      <nav aria-label="Views">
        <a href="#/" aria-current={isTalk ? 'page' : undefined}>Talk{!isTalk && isLive && <span class="dot live" title="A call is going on" />}</a>
        <a href="#/calls" aria-current={isTalk ? undefined : 'page'}>Calls</a>
      </nav>
      <div class="top-end">
        <TokenState />
        <button type="button" class="quiet square" onClick={switchTheme} aria-label={theme.value === 'dark' ? 'Light theme' : 'Dark theme'} title={theme.value === 'dark' ? 'Light theme' : 'Dark theme'}>
          {theme.value === 'dark' ? <Sun /> : <Moon />}
        </button>
      </div>
    </header>
  );
}

function TokenState() {
  if (node.token.value === null) return null;
  return (
    <button type="button" class="quiet small" onClick={() => (node.asksToken.value = 'A token is kept until this tab is closed.')}>Token</button>
  );
}
