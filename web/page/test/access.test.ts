import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { afterwards, answering, greet, hearing, interrupting } from './acme';
import { findChromium, launch } from './chromium';
import { axe, overflow, visit, type Visit } from './page';

const chromium = findChromium();
if (chromium === null) console.warn('SKIPPED: no Chromium here, so the page is not tested in a browser. Install it, or name it in CHROMIUM.');

const PHONE = { viewport: { width: 360, height: 740 } };

describe.skipIf(chromium === null)('the page', () => {
  let browser: Browser;
  let now: Visit;

  beforeAll(async () => (browser = await launch()));

  afterEach(async () => {
    expect(now.faults).toEqual([]);
    await now.leave();
  });

  afterAll(() => browser.close());

  async function converse(): Promise<void> {
    await now.page.locator('.call').click();
    await now.page.locator('.entry.agent').first().waitFor();
    hearing(now.node.call);
    answering(now.node.call, 400);
    interrupting(now.node.call);
    afterwards(now.node.call);
    await now.page.locator('.chip', { hasText: 'the agent went on' }).waitFor();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing serious that axe finds, and nothing that is cut off, ${colorScheme}`, async () => {
      now = await visit(browser, { onCall: (call) => greet(call, 0) }, { colorScheme, ...PHONE });
      expect(await axe(now.page)).toEqual([]);
      expect(await overflow(now.page)).toBe(0);
      await converse();
      await now.page.locator('.tool summary').click();
      expect(await overflow(now.page)).toBe(0);
      expect(await axe(now.page)).toEqual([]);
      await now.page.setViewportSize({ width: 1280, height: 860 });
      expect(await axe(now.page)).toEqual([]);
      await now.page.getByRole('button', { name: 'Sound and keys' }).click();
      expect(await axe(now.page)).toEqual([]);
      await now.page.keyboard.press('Escape');
      await now.page.getByRole('link', { name: 'Calls' }).click();
      await now.page.locator('.row').click();
      await now.page.locator('.reader .entry.caller').first().waitFor();
      expect(await axe(now.page)).toEqual([]);
    });
  }

  it('keeps the theme that was chosen', async () => {
    now = await visit(browser, {}, { colorScheme: 'light' });
    await now.page.getByRole('button', { name: 'Dark theme' }).click();
    await now.page.reload();
    expect(await now.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    expect(await now.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(18, 20, 22)');
  });

  it('tells screen readers what is certain, and no interims', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 0) });
    await now.page.locator('.call').click();
    await now.page.locator('.entry.agent').waitFor();
    hearing(now.node.call);
    await now.page.locator('.unstable').waitFor();
    expect(await now.page.getByRole('log').innerText()).not.toContain('four five');
    answering(now.node.call, 0);
    await now.page.getByRole('log').getByText('You: Where is my order? It is four five eight one two.').waitFor({ state: 'attached' });
  });

  it('asks for the token, and keeps it in this tab', async () => {
    now = await visit(browser, { talkTokens: ['both', 'talk'], seeTokens: ['both', 'see'], onCall: (call) => greet(call, 0) });
    const { page } = now;
    const enter = async (token: string) => {
      await page.getByLabel('Token', { exact: true }).fill(token);
      await page.keyboard.press('Enter');
    };
    await enter('wrong');
    await page.getByText('This node does not know that token.').waitFor();
    await enter('both');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => sessionStorage.getItem('voxlog.token'))).toBe('both');
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
  });

  for (const [token, setting] of [['talk', 'not of web.tokens'], ['see', 'not of ingress.realtime.tokens']] as const) {
    it(`says which setting lacks the token, ${token}`, async () => {
      now = await visit(browser, { talkTokens: ['both', 'talk'], seeTokens: ['both', 'see'] });
      await now.page.getByLabel('Token', { exact: true }).fill(token);
      await now.page.keyboard.press('Enter');
      await now.page.getByText(setting).waitFor();
    });
  }

  it('lists calls with those on the line on top, and reads any of them', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 0) });
    const { page } = now;
    await converse();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Call again' }).click();
    await page.locator('.entry.agent').waitFor();
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.locator('.row', { hasText: 'On the line' }).waitFor();
    expect(await page.locator('.row').first().innerText()).toContain('On the line');
    await page.locator('.row', { hasText: 'Caller hung up' }).click();
    await page.locator('.reader del', { hasText: 'Northern Express' }).waitFor();
    await page.locator('.reader', { hasText: 'The caller hung up.' }).waitFor();
    now.node.call.end('completed');
    await page.locator('.row', { hasText: 'Completed' }).waitFor();
  });

  it('is reached by the keyboard alone', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 0) });
    const names: string[] = [];
    for (let i = 0; i < 9; i++) {
      await now.page.keyboard.press('Tab');
      names.push(await now.page.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? (document.activeElement as HTMLElement).innerText).trim()));
    }
    expect(names.slice(0, 7)).toEqual(['Skip to the content', 'Voxlog, to the first page', 'Talk', 'Calls', 'Dark theme', 'Start talking', 'What you want to say']);
  });
});
