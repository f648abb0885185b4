import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { ScriptedNode, type NodeOptions } from './scriptedNode';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page on a node of its own, and what went wrong in it. */
export interface Visit {
  node: ScriptedNode;
  page: Page;
  context: BrowserContext;
  faults: string[];
  leave: () => Promise<void>;
}

export async function visit(browser: Browser, options: NodeOptions = {}, look: BrowserContextOptions = {}): Promise<Visit> {
  const node = await ScriptedNode.start(options);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...look });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(node.url) || request.url().startsWith('blob:');
    if (!isOwn) faults.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(node.url);
  await page.waitForSelector('h1');
  const leave = async () => {
    await context.close();
    await node.stop();
  };
  return { node, page, context, faults, leave };
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
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity));
}

/** How far the page is wider than what is to be seen of it. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
