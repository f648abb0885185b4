import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { ScriptedNode, type NodeOptions } from './scriptedNode';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page, and what went wrong in it. */
export interface Look {
  page: Page;
  context: BrowserContext;
  faults: string[];
}

/** A page on a node of its own. */
export interface Visit extends Look {
  node: ScriptedNode;
  leave: () => Promise<void>;
}

/** Opens the page of the node at `url`; what it asks of anybody else is a fault. */
export async function look(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(url) || request.url().startsWith('blob:');
    if (!isOwn) faults.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector('h1');
  return { page, context, faults };
}

export async function visit(browser: Browser, options: NodeOptions = {}, context: BrowserContextOptions = {}): Promise<Visit> {
  const node = await ScriptedNode.start(options);
  const seen = await look(browser, node.url, context);
  const leave = async () => {
    await seen.context.close();
    await node.stop();
  };
  return { ...seen, node, leave };
}

/** Serious and critical findings of axe, each with where it is. */
export async function axe(page: Page): Promise<string[]> {
  await settle(page);
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
      .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary}`));
  });
}

/** Until nothing moves any more but what moves for ever. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity));
}

/** How far the page is wider than what is to be seen of it. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
