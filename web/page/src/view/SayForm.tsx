import { useSignal } from '@preact/signals';
import { Send } from './icons';
import { conversation } from './state';

const MOST_CHARACTERS = 4_000;

export function SayForm({ placeholder }: { placeholder: string }) {
  const text = useSignal('');
  const submit = (event: Event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (said === '') return;
    text.value = '';
    void conversation.type(said);
  };
  return (
    <form class="say" onSubmit={submit}>
      <input id="say" type="text" autocomplete="off" enterkeyhint="send" maxLength={MOST_CHARACTERS} placeholder={placeholder} aria-label="What you want to say" aria-keyshortcuts="/" value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
      <button type="submit" class="send" aria-label="Say it" disabled={text.value.trim() === ''}><Send /></button>
    </form>
  );
}
