import { useSignal } from '@preact/signals';
import { Dialog } from './Dialog';
import { node } from './state';

export function TokenDialog() {
  const reason = node.asksToken.value;
  return (
    <Dialog title="Your token" isOpen={reason !== null} onClose={() => (node.asksToken.value = null)}>
      <TokenForm reason={reason ?? ''} />
    </Dialog>
  );
}

function TokenForm({ reason }: { reason: string }) {
  const typed = useSignal('');
  const fault = useSignal<string | null>(null);
  const isChecking = useSignal(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const token = typed.value.trim();
    if (token === '') return;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(token)) {
      fault.value = 'Browsers can send tokens only of letters, digits and - . _ ~ + ! # $ % & \' * ^ ` |.';
      return;
    }
    isChecking.value = true;
    fault.value = await node.enter(token);
    isChecking.value = false;
    if (fault.value === null) typed.value = '';
  };
  return (
    <form onSubmit={(event) => void submit(event)} class="form">
      <p>{reason}</p>
      <label class="field">
        <span>Token</span>
        <input type="password" autocomplete="off" spellcheck={false} value={typed.value} onInput={(event) => (typed.value = event.currentTarget.value)} aria-describedby="token-fault token-help" aria-invalid={fault.value !== null} />
      </label>
      <p id="token-fault" class="fault" role="alert">{fault.value}</p>
      <p id="token-help" class="hint">One token that is in both <code>ingress.realtime.tokens</code>, to talk, and <code>web.tokens</code>, to see what happens. It stays in this tab alone.</p>
      <div class="form-end">
        {node.token.value !== null && <button type="button" class="plain" onClick={() => { node.forget(); node.asksToken.value = null; }}>Forget it</button>}
        <button type="submit" class="primary" disabled={isChecking.value}>{isChecking.value ? 'Checking…' : 'Use this token'}</button>
      </div>
    </form>
  );
}
