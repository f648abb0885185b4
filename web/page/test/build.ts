import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { findChromium } from './chromium';

/** The page as it is served, built anew before browser tests. */
export default async function setup(): Promise<void> {
  if (findChromium() === null) return;
  await build({ root: join(import.meta.dirname, '..'), logLevel: 'warn' });
  if (!existsSync(join(import.meta.dirname, '..', 'dist', 'index.html'))) throw new Error('the page was not built');
}
