import { HangUp, Microphone, MicrophoneOff, Sliders } from './icons';
import { SayForm } from './SayForm';
import { conversation, isSoundOpen } from './state';

/** What one can do in a call, always at the lower edge. */
export function Composer() {
  if (conversation.phase.value === 'over') return null;
  return (
    <div class="composer" role="region" aria-label="Your side of the call">
      <div class="composer-inner">
        <MicrophoneButton />
        <Level />
        <SayForm placeholder="Type instead" />
        <button type="button" class="quiet square sound" onClick={() => (isSoundOpen.value = true)} aria-label="Sound and keys" title="Sound and keys"><Sliders /></button>
        <button type="button" class="hang-up" onClick={() => conversation.hangUp()} aria-keyshortcuts="Escape" title="Hang up (Esc)"><HangUp size={22} /><span>Hang up</span></button>
      </div>
    </div>
  );
}

const WORDS = {
  off: 'Turn the microphone on', asking: 'Waiting for the microphone', on: 'Mute', muted: 'Unmute',
} as const;

function MicrophoneButton() {
  const microphone = conversation.microphone.value;
  const isOn = microphone === 'on';
  return (
    <button type="button" class={`microphone ${microphone}`} onClick={() => conversation.toggleMicrophone()} disabled={microphone === 'asking'} aria-label={WORDS[microphone]} aria-keyshortcuts="M" title={`${WORDS[microphone]} (M)`}>
      {isOn ? <Microphone size={22} /> : <MicrophoneOff size={22} />}
    </button>
  );
}

const BARS = [0.12, 0.3, 0.48, 0.64, 0.8];

/** How loud the microphone hears. */
function Level() {
  const level = conversation.level.value;
  const percent = Math.round(level * 100);
  const isOn = conversation.microphone.value === 'on';
  return (
    <div class={isOn ? 'level' : 'level is-off'} role="meter" aria-label="Microphone level" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      {BARS.map((from) => <span key={from} class={level > from ? 'bar lit' : 'bar'} />)}
    </div>
  );
}
