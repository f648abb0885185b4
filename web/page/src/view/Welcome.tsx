import { AgentTurn } from './AgentTurn';
import { CallerWords } from './CallerWords';
import { Microphone, Sliders } from './icons';
import { Obstacles } from './Notice';
import { SayForm } from './SayForm';
import { WaterfallBar } from './WaterfallBar';
import { conversation, hasShortcuts, isSoundOpen, node, titled } from './state';
import { CUT_EXAMPLE, INTERIM_EXAMPLE, WATERFALL_EXAMPLE } from './examples';

/** The first view: one button to talk, one field to type, and what there will be to see. */
export function Welcome() {
  return (
    <div class="welcome">
      <Obstacles />
      <section class="hero" aria-labelledby="hero-title">
        <h1 id="hero-title">Talk to {titled(node.called.value ?? '')}</h1>
        <p class="lead">Speak as you would on the telephone, and interrupt whenever you like. Every step of the call is shown as it happens.</p>
        <AgentChoice />
        <button type="button" class="call" onClick={() => void conversation.talk()}>
          <span class="call-disc"><Microphone size={34} /></span>
          <span class="call-label">Start talking</span>
        </button>
        <div class="hero-say">
          <span class="or">or</span>
          <SayForm placeholder="Type the first words" />
        </div>
        <p class="hero-foot">
          <button type="button" class="link" onClick={() => (isSoundOpen.value = true)}><Sliders size={16} /> Microphone and keys</button>
        </p>
      </section>
      <Examples />
    </div>
  );
}

function AgentChoice() {
  const agents = node.agents.value;
  if (agents.length < 2) return null;
  return (
    <label class="field inline">
      <span>Agent</span>
      <select value={node.called.value ?? ''} onChange={(event) => node.choose(event.currentTarget.value)}>
        {agents.map((agent) => <option key={agent} value={agent}>{titled(agent)}</option>)}
      </select>
    </label>
  );
}

function Examples() {
  return (
    <section class="examples" aria-label="What you will see">
      <figure>
        <div class="example"><CallerWords entry={INTERIM_EXAMPLE} /></div>
        <figcaption><strong>Words, as they firm up</strong> and what was understood of them.</figcaption>
      </figure>
      <figure>
        <div class="example"><AgentTurn entry={CUT_EXAMPLE} scaleMs={750} /></div>
        <figcaption><strong>What was really heard</strong> when you cut in, to the word.</figcaption>
      </figure>
      <figure>
        <div class="example"><WaterfallBar waterfall={WATERFALL_EXAMPLE} scaleMs={480} isExample /></div>
        <figcaption><strong>Where the time went</strong> from your last word to the first of the answer.</figcaption>
      </figure>
    </section>
  );
}

/** Which single keys there are, where they are on. */
export function Shortcuts() {
  if (!hasShortcuts.value) return null;
  return (
    <dl class="keys" aria-label="Keyboard shortcuts">
      <div><dt><kbd>M</kbd></dt><dd>mute</dd></div>
      <div><dt><kbd>/</kbd></dt><dd>type</dd></div>
      <div><dt><kbd>Esc</kbd></dt><dd>hang up</dd></div>
    </dl>
  );
}
