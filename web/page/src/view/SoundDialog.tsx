import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { canChooseOutput } from '../audio/sound';
import { Dialog } from './Dialog';
import { conversation, hasShortcuts, isSoundOpen, setShortcuts } from './state';

export function SoundDialog() {
  return (
    <Dialog title="Sound and keys" isOpen={isSoundOpen.value} onClose={() => (isSoundOpen.value = false)}>
      <SoundForm />
    </Dialog>
  );
}

function SoundForm() {
  const devices = useSignal<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const load = () => void media?.enumerateDevices().then((all) => (devices.value = all), () => undefined);
    load();
    media?.addEventListener('devicechange', load);
    return () => media?.removeEventListener('devicechange', load);
  }, [conversation.microphone.value]);
  const isNamed = devices.value.some((device) => device.label !== '');
  return (
    <div class="form">
      <Choice label="Microphone" kind="audioinput" devices={devices.value} chosen={conversation.input.value} onChoose={(id) => void conversation.chooseInput(id)} />
      {canChooseOutput()
        ? <Choice label="Loudspeaker" kind="audiooutput" devices={devices.value} chosen={conversation.output.value} onChoose={(id) => void conversation.chooseOutput(id)} />
        : <p class="hint">This browser plays on the system’s loudspeaker.</p>}
      {!isNamed && <p class="hint">Browsers name devices once the microphone has been allowed.</p>}
      <label class="check">
        <input type="checkbox" checked={hasShortcuts.value} onChange={(event) => setShortcuts(event.currentTarget.checked)} />
        <span>Single keys are shortcuts: <kbd>M</kbd> mutes, <kbd>/</kbd> goes to the text, <kbd>Esc</kbd> hangs up</span>
      </label>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  kind: MediaDeviceKind;
  devices: MediaDeviceInfo[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

function Choice({ label, kind, devices, chosen, onChoose }: ChoiceProps) {
  const choices = devices.filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default');
  const isThere = choices.some((device) => device.deviceId === chosen);
  return (
    <label class="field">
      <span>{label}</span>
      <select value={isThere ? (chosen ?? '') : ''} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        <option value="">The system’s choice</option>
        {choices.map((device, index) => <option key={device.deviceId} value={device.deviceId}>{device.label || `${label} ${index + 1}`}</option>)}
      </select>
    </label>
  );
}
