import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Chromium's path: from CHROMIUM, else the first there is on the path; null without any. */
export function findChromium(): string | null {
  const asked = process.env['CHROMIUM'];
  if (asked !== undefined && asked !== '') return asked;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

export interface LaunchOptions {
  /** A WAV file that the microphone hears; without one, there is a microphone that beeps. */
  microphone?: string;
  /** Whether there is a microphone that may be used without asking. */
  isAllowed?: boolean;
}

export function launch({ microphone, isAllowed = true }: LaunchOptions = {}): Promise<Browser> {
  const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--use-fake-device-for-media-stream'];
  if (isAllowed) args.push('--use-fake-ui-for-media-stream');
  if (microphone !== undefined) args.push(`--use-file-for-fake-audio-capture=${microphone}`);
  return chromium.launch({ executablePath: findChromium() ?? '', args });
}
