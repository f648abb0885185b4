import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { afterwards, answering, greet, hearing, interrupting } from './acme';
import { findChromium, launch } from './chromium';
import { visit, type Visit } from './page';
import { soundFile } from './wav';

const chromium = findChromium();
if (chromium === null) console.warn('SKIPPED: no Chromium here, so the page is not tested in a browser. Install it, or name it in CHROMIUM.');

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 });

/** Marks the document once the page has been told that the caller speaks. */
const notesSpeechStarted = (page: Page) =>
  page.evaluate(() => {
    window.WebSocket = class extends window.WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (String(data).includes('speech_started')) document.documentElement.dataset['speechStarted'] = '';
        });
      }
    };
  });

describe.skipIf(chromium === null)('talking', () => {
  let browser: Browser;
  let denied: Browser;
  let now: Visit;

  beforeAll(async () => {
    browser = await launch({ microphone: soundFile(500, 9_500, 10_000) });
    denied = await launch({ isAllowed: false });
  });

  afterEach(async () => {
    expect(now.faults).toEqual([]);
    expect(now.node.missing).toEqual([]);
    await now.leave();
  });

  afterAll(async () => {
    await browser.close();
    await denied.close();
  });

  it('sends what the microphone hears, in real time, and plays what the agent says', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    await now.page.getByRole('button', { name: 'Start talking' }).click();
    await now.page.getByText('How can I help you today?').first().waitFor();
    await eventually(() => expect(now.node.call.loudSamples).toBeGreaterThan(24_000));
    expect(now.node.call.received[0]).toEqual({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { format: { type: 'audio/pcm', rate: 24_000 } }, output: { format: { type: 'audio/pcm', rate: 24_000 } } } },
    });
    await eventually(async () => expect(Number(await now.page.getByRole('meter').getAttribute('aria-valuenow'))).toBeGreaterThan(30));
  });

  it('shows a turn: words firming up, what was understood, tool, answer, waterfall', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    const { page } = now;
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
    hearing(now.node.call);
    await page.locator('.unstable', { hasText: 'It is four five' }).waitFor();
    answering(now.node.call);
    await page.locator('.chip.intent', { hasText: 'order status' }).waitFor();
    await page.locator('.chip.slot', { hasText: '45812' }).waitFor();
    await page.locator('.filler', { hasText: 'One moment' }).waitFor();
    await page.locator('.sentence.playing', { hasText: 'rain barrel' }).waitFor();
    await page.locator('.tool summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.tool pre', { hasText: 'Northern Express' }).waitFor();
    await page.getByRole('group', { name: /^Answered after 457 ms: Endpointing 320 ms, STT 1 ms/ }).waitFor();
    await page.getByRole('button', { name: /^Kafka 53 ms/ }).focus();
    await page.locator('.means', { hasText: 'through the log: 53 ms' }).waitFor();
  });

  it('is silent at once when the caller cuts in, says how far it played, and strikes out the rest', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 0) });
    const { page, node } = now;
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
    hearing(node.call);
    answering(node.call, 20_000);
    await eventually(async () => expect(await page.locator('.voice span').nth(2).evaluate((bar) => new DOMMatrix(getComputedStyle(bar).transform).d)).toBeGreaterThan(0.3));
    interrupting(node.call);
    await eventually(() => expect(node.call.received.filter((message) => message.type === 'conversation.item.truncate')).toHaveLength(1));
    const truncation = node.call.received.find((message) => message.type === 'conversation.item.truncate');
    expect(truncation?.item_id).toBe('item_a2');
    expect(truncation?.audio_end_ms).toBeGreaterThan(0);
    expect(truncation?.audio_end_ms).toBeLessThan(20_000);
    await page.locator('del', { hasText: 'is with Northern Express' }).waitFor();
    await page.locator('del', { hasText: 'Is there anything else?' }).waitFor();
    expect(await page.locator('del', { hasText: 'It has shipped' }).count()).toBe(0);
    node.call.audio(2, 400);
    await eventually(async () => expect(await page.locator('.voice span').nth(2).evaluate((bar) => new DOMMatrix(getComputedStyle(bar).transform).d)).toBeLessThan(0.1));
    afterwards(node.call);
    await page.locator('.chip', { hasText: 'the agent went on' }).waitFor();
  });

  it('is silent as well when a text cuts in, and when the node breaks an answer off', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 20_000) });
    const { page, node } = now;
    const truncated = () => node.call.received.filter((message) => message.type === 'conversation.item.truncate').map((message) => message.item_id);
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
    await page.locator('#say').fill('Stop.');
    await page.keyboard.press('Enter');
    await eventually(() => expect(truncated()).toEqual(['item_a1']));
    node.call.begin(2);
    node.call.audio(2, 20_000);
    node.call.done(2, 'cancelled', '');
    await eventually(() => expect(truncated()).toEqual(['item_a1', 'item_a2']));
  });

  it('tells nobody how far it played once the call is over', async () => {
    now = await visit(browser, { onCall: (call) => greet(call, 20_000) });
    const { page, node } = now;
    await page.evaluate(() => {
      const post = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
        if (message !== 'stop') Reflect.apply(post, this, [message, ...rest]);
      } as typeof post;
    });
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
    const first = node.call;
    first.speechStarted(1);
    first.close(1000, 'agent-hung-up');
    await page.getByRole('button', { name: 'Call again' }).click();
    await eventually(() => expect(node.calls).toHaveLength(2));
    await page.locator('.entry.agent').waitFor();
    await page.locator('#say').fill('Stop.');
    await page.keyboard.press('Enter');
    await eventually(() => expect(node.call.received.map((message) => message.type)).toContain('response.create'));
    await eventually(() => expect(node.call.received.map((message) => message.type)).toContain('conversation.item.truncate'));
    expect(node.call.received.map((message) => message.type)).toEqual(['session.update', 'conversation.item.create', 'response.create', 'conversation.item.truncate']);
    expect(first.received.map((message) => message.type)).toEqual(['session.update']);
  });

  it('calls once, whatever became of the call that was hung up while the microphone was asked for', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    const { page, node } = now;
    await page.evaluate(() => {
      const media = navigator.mediaDevices;
      const ask = media.getUserMedia.bind(media);
      let asked = 0;
      media.getUserMedia = async (constraints) => {
        document.documentElement.dataset['asked'] = String(++asked);
        await new Promise((resolve) => document.addEventListener('allowed', resolve));
        return ask(constraints);
      };
    });
    const [talk, asked] = [page.getByRole('button', { name: 'Start talking' }), (n: number) => page.locator(`html[data-asked="${n}"]`).waitFor({ state: 'attached' })];
    await talk.click();
    await asked(1);
    await page.keyboard.press('Escape');
    await talk.click();
    await asked(2);
    await page.evaluate(() => document.dispatchEvent(new Event('allowed')));
    await page.locator('.entry.agent').waitFor();
    await eventually(() => expect(node.call.loudSamples).toBeGreaterThan(24_000));
    expect(node.calls).toHaveLength(1);
  });

  it('plays on what must be heard whole', async () => {
    now = await visit(browser);
    const { page, node } = now;
    await notesSpeechStarted(page);
    await page.locator('.call').click();
    await eventually(() => expect(node.calls).toHaveLength(1));
    node.call.tell('sentence', { turn: 1, sentence: 0, text: 'This call is recorded.', purpose: 'disclosure' });
    node.call.begin(1);
    node.call.tell('playing', { turn: 1, sentence: 0 });
    node.call.audio(1, 20_000);
    await page.locator('.sentence.playing', { hasText: 'This call is recorded.' }).waitFor();
    node.call.speechStarted(1);
    // The log has a connection of its own, and may be there first.
    await page.locator('html[data-speech-started]').waitFor({ state: 'attached' });
    node.call.tell('heard', { turn: 1, sentence: 0, text: 'This call is recorded.', whole: true, evidence: 'acked' });
    await page.locator('.sentence.heard').waitFor();
    expect(node.call.received.map((message) => message.type)).toEqual(['session.update']);
    node.call.speechStarted(2);
    await eventually(() => expect(node.call.received.map((message) => message.type)).toContain('conversation.item.truncate'));
  });

  it('mutes with M, from before the call is there, types with /, hangs up with Esc', async () => {
    let open = (): void => undefined;
    now = await visit(browser, { whenOpened: new Promise((resolve) => (open = resolve)), onCall: (call) => greet(call, 0) });
    const { page, node } = now;
    await page.locator('.call').click();
    await page.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Unmute' }).waitFor();
    open();
    await page.locator('.entry.agent').waitFor();
    const [samples, loud] = [node.call.appendedSamples, node.call.loudSamples];
    await eventually(() => expect(node.call.appendedSamples).toBeGreaterThan(samples + 24_000));
    expect(node.call.loudSamples - loud).toBeLessThan(12_000);
    await page.keyboard.press('/');
    await page.keyboard.type('Where is my order? m');
    await page.keyboard.press('Enter');
    await eventually(() => expect(node.call.received.map((message) => message.type)).toEqual(['session.update', 'conversation.item.create', 'response.create']));
    await page.keyboard.press('Escape');
    await page.getByText('The caller hung up.').first().waitFor();
  });

  it('begins with a text alone, without a microphone', async () => {
    now = await visit(denied, { onCall: (call) => greet(call) });
    const { page, node } = now;
    await page.locator('#say').fill('hello there');
    await page.keyboard.press('Enter');
    await eventually(() => expect(node.call.received.map((message) => message.type)).toContain('response.create'));
    expect(node.call.received.find((message) => message.type === 'conversation.item.create')?.item?.content[0]?.text).toBe('hello there');
    expect(node.call.appendedSamples).toBe(0);
    await page.getByRole('button', { name: 'Turn the microphone on' }).waitFor();
  });

  it('says so when the microphone is refused, and begins no call', async () => {
    now = await visit(denied);
    await now.page.locator('.call').click();
    await now.page.getByRole('alert').getByText('The microphone is not allowed').waitFor();
    expect(now.node.calls).toHaveLength(0);
  });

  it('listens by the microphone that was chosen, from then on', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    const { page, node } = now;
    await page.evaluate(() => {
      const media = navigator.mediaDevices;
      const ask = media.getUserMedia.bind(media);
      media.getUserMedia = async (constraints) => {
        const stream = await ask(constraints);
        document.body.dataset['microphone'] = stream.getAudioTracks()[0]?.getSettings().deviceId;
        return stream;
      };
    });
    const used = () => page.evaluate(() => document.body.dataset['microphone']);
    await page.locator('.call').click();
    await page.locator('.entry.agent').waitFor();
    const before = await used();
    await page.getByRole('button', { name: 'Sound and keys' }).click();
    const choice = page.locator('.field', { hasText: 'Microphone' }).locator('select');
    await choice.locator('option').nth(2).waitFor({ state: 'attached' });
    const ids = await choice.locator('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    const other = ids.find((id) => id !== '' && id !== before) ?? '';
    expect(other).not.toBe('');
    await choice.selectOption(other);
    await eventually(async () => expect(await used()).toBe(other));
    const samples = node.call.appendedSamples;
    await eventually(() => expect(node.call.appendedSamples).toBeGreaterThan(samples + 24_000));
    await page.reload();
    await page.getByRole('button', { name: 'Microphone and keys' }).click();
    await eventually(async () => expect(await choice.inputValue()).toBe(other));
  });

  it('says so when the node is full', async () => {
    now = await visit(browser, { isFull: true });
    await now.page.locator('.call').click();
    await now.page.getByRole('alert').getByText('All lines are busy').waitFor();
    await now.page.getByRole('button', { name: 'Start talking' }).waitFor();
  });

  it('says so when the connection breaks', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    await now.page.locator('.call').click();
    await now.page.locator('.entry.agent').waitFor();
    now.node.call.cut();
    await now.page.getByRole('alert').getByText('The connection broke').waitFor();
    await now.page.getByRole('button', { name: 'Call again' }).waitFor();
  });

  it('says why the agent ended the call', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    await now.page.locator('.call').click();
    await now.page.locator('.entry.agent').waitFor();
    now.node.call.end('completed');
    now.node.call.close(1000, 'agent-hung-up');
    await now.page.locator('.over', { hasText: 'The agent said goodbye.' }).waitFor();
  });

  it('talks on, and says so, where the operator API is not there', async () => {
    now = await visit(browser, { hasApi: false, onCall: (call) => greet(call) });
    await now.page.locator('.call').click();
    await now.page.getByText('You see less than there is').waitFor();
    await now.page.locator('.sentence', { hasText: 'How can I help you today?' }).waitFor();
  });

  it('goes on where the log’s stream broke', async () => {
    now = await visit(browser, { onCall: (call) => greet(call) });
    await now.page.locator('.call').click();
    await now.page.locator('.entry.agent').waitFor();
    now.node.breakStreams();
    hearing(now.node.call);
    await now.page.locator('.entry.caller', { hasText: 'Where is my order' }).waitFor();
    expect(await now.page.locator('.entry.agent').count()).toBe(1);
  });

  it('lets the agent be chosen, and calls that one', async () => {
    now = await visit(browser, { agents: ['acme', 'bank'], onCall: (call) => greet(call) });
    await now.page.locator('.hero select').selectOption('bank');
    await now.page.getByRole('heading', { name: 'Talk to Bank' }).waitFor();
    await now.page.locator('.call').click();
    await eventually(() => expect(now.node.call.agent).toBe('bank'));
  });
});
