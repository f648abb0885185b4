import type { ComponentChildren } from 'preact';
import type { Message } from '../logic/words';
import { Alert } from './icons';
import { conversation, node } from './state';

interface NoticeProps {
  kind: 'bad' | 'note';
  message: Message;
  children?: ComponentChildren;
}

export function Notice({ kind, message, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Alert />
      <div>
        <p class="notice-title">{message.title}</p>
        <p>{message.text}</p>
        {children !== undefined && <div class="notice-actions">{children}</div>}
      </div>
    </div>
  );
}

/** What limits the call that goes on. */
export function Notices() {
  const blind = conversation.blind.value;
  const microphone = conversation.microphoneTrouble.value;
  return (
    <>
      {blind !== null && <Notice kind="note" message={{ title: 'You see less than there is', text: `${blind} Shown is what the session itself tells.` }} />}
      {blind === null && conversation.isCatchingUp.value && <Notice kind="note" message={{ title: 'The log is away', text: 'Connecting again. You can go on talking.' }} />}
      {microphone !== null && <Notice kind="bad" message={microphone}><button type="button" class="plain" onClick={() => conversation.toggleMicrophone()}>Try again</button></Notice>}
    </>
  );
}

/** What stands in the way before a call, or ended the last attempt. */
export function Obstacles() {
  const { trouble, microphoneTrouble } = conversation;
  return (
    <>
      {trouble.value !== null && <Notice kind="bad" message={trouble.value} />}
      {microphoneTrouble.value !== null && <Notice kind="bad" message={microphoneTrouble.value} />}
      {node.tokenLimit.value !== null && <Notice kind="note" message={{ title: 'The token does for one thing only', text: node.tokenLimit.value }} />}
      {node.failure.value !== null && trouble.value === null && (
        <Notice kind="note" message={{ title: 'You will see less than there is', text: 'The operator API does not answer. You can talk all the same; shown is what the session itself tells.' }} />
      )}
    </>
  );
}
