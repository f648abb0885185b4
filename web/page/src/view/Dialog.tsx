import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Close } from './icons';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog of the browser's own: Esc closes it, and the focus goes back to where it was. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={title} onClick={(event) => event.target === dialog.current && onClose()}>
      {isOpen && (
        <div class="dialog">
          <div class="dialog-top">
            <h2>{title}</h2>
            <button type="button" class="quiet square" onClick={onClose} aria-label="Close"><Close /></button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
