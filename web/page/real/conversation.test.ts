import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../test/chromium';
import { axe, look, settle } from '../test/page';

/** The node to talk to, and the WAV file that the microphone hears, once. */
const NODE = process.env['VOXLOG_NODE'] ?? '';
const MICROPHONE = process.env['VOXLOG_MICROPHONE'] ?? '';
/** Where screenshots go, if anywhere. */
const PICTURES = process.env['VOXLOG_PICTURES'];

const chromium = findChromium();
if (chromium === null) console.warn('SKIPPED: no Chromium here, so nobody talks on the page. Install it, or name it in CHROMIUM.');

describe.skipIf(chromium === null)('talking to a node', () => {
  let browser: Browser;

  beforeAll(async () => (browser = await launch({ microphone: `${MICROPHONE}%noloop` })));

  afterAll(() => browser.close());

  const picture = async (page: Page, name: string) => {
    if (PICTURES === undefined) return;
    await settle(page);
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };

  it('three spoken turns, one of which cuts the agent short', async () => {
    const { page, faults, context } = await look(browser, NODE);
    await picture(page, 'first');
    console.log(`First words painted ${await firstPaint(page)} ms after the address was asked for`);
    await page.getByRole('button', { name: 'Start talking' }).click();
    await page.locator('.sentence.heard', { hasText: 'How can I help you today?' }).waitFor();
    await page.locator('.entry.caller').first().waitFor();
    await page.locator('.tool.good', { hasText: 'getOrder' }).waitFor();
    await page.locator('del').first().waitFor();
    await page.locator('.entry.agent', { hasText: 'interrupted' }).waitFor();
    await picture(page, 'interrupted');
    await page.locator('.entry.agent', { hasText: 'days' }).waitFor();
    await page.locator('.entry.agent', { hasText: 'year' }).waitFor();
    await page.getByRole('group', { name: /^Answered after \d+ ms: Endpointing \d+ ms/ }).nth(2).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'three-turns');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, 'dark-phone');
    await page.keyboard.press('Escape');
    await page.getByText('The caller hung up.').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

async function firstPaint(page: Page): Promise<number> {
  const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  return Math.round((await paint.jsonValue()) ?? NaN);
}
