import type { ComponentChildren } from 'preact';

interface IconProps {
  size?: number;
}

function icon(children: ComponentChildren) {
  return ({ size = 20 }: IconProps) => (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const Microphone = icon(<><rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" /></>);
export const MicrophoneOff = icon(<><path d="M9 9v2a3 3 0 0 0 5 2.2M15 10.5V6a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5a6.5 6.5 0 0 1-.5 2.5M12 18v3M4 4l16 16" /></>);
export const HangUp = icon(<path d="M3.6 14.9c-.9-1-.8-2.5.1-3.4C8 7.4 16 7.4 20.3 11.5c.9.9 1 2.4.1 3.4l-.6.7c-.4.5-1.1.6-1.6.3l-2.3-1.3c-.5-.3-.8-.8-.7-1.4l.1-1.2a10.5 10.5 0 0 0-6.6 0l.1 1.2c.1.6-.2 1.1-.7 1.4l-2.3 1.3c-.5.3-1.2.2-1.6-.3z" />);
export const Send = icon(<path d="M5 12h13M12.5 6.5 18 12l-5.5 5.5" />);
export const Sliders = icon(<><path d="M4 8h9M17 8h3M4 16h3M11 16h9" /><circle cx="15" cy="8" r="2" /><circle cx="9" cy="16" r="2" /></>);
export const Sun = icon(<><circle cx="12" cy="12" r="4" /><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" /></>);
export const Moon = icon(<path d="M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z" />);
export const Chevron = icon(<path d="m9 6 6 6-6 6" />);
export const Back = icon(<path d="m14 6-6 6 6 6" />);
export const Wrench = icon(<path d="M14.5 6.5a4 4 0 0 1 5-1l-2.7 2.7 1 1 2.7-2.7a4 4 0 0 1-5.3 5L8 18.7a1.9 1.9 0 0 1-2.7-2.7l7.2-7.2a4 4 0 0 1 2-2.3z" />);
export const Cut = icon(<path d="M4 12h5M15 12h5M10.5 17l3-10" />);
export const Alert = icon(<><circle cx="12" cy="12" r="9" /><path d="M12 7.5v5.5M12 16.3v.2" /></>);
export const Key = icon(<><circle cx="8" cy="15" r="4" /><path d="m11 12 8-8M16 7l2.5 2.5" /></>);
export const Close = icon(<path d="m6 6 12 12M18 6 6 18" />);

export function Mark() {
  return (
    <svg class="mark" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" class="mark-ground" />
      <g class="mark-bars" stroke-width="3" stroke-linecap="round"><path d="M8 14v4M13.3 9v14M18.7 12v8M24 15v2" /></g>
    </svg>
  );
}
