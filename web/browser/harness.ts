// A browser for journeys: Debian's Chromium through playwright-core. Starts no server; BASE_URL says where one runs.
// Pictures go to SHOTS (default web/test-results), one per width.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

export const widths = { desk: 1440, phone: 390 } as const;
const heights = { desk: 900, phone: 844 } as const;
export type Width = keyof typeof widths;

const shots = process.env.SHOTS ?? fileURLToPath(new URL('../test-results', import.meta.url));

export function baseUrl(): string {
  const url = process.env.JIUZHU_URL; // BASE_URL as given; see vitest.config.ts
  if (!url) throw new Error('Set BASE_URL to a running server, such as http://127.0.0.1:8080');
  return url.replace(/\/$/, '');
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--lang=zh-CN', '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

export interface Visit {
  page: Page;
  /** What the page itself complained about: thrown errors, console errors, refused content. Expected to stay empty. */
  faults: string[];
}

/** A fresh visitor: no cookies, Chinese. */
export async function visit(browser: Browser, width: Width = 'desk'): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: baseUrl(), locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
    viewport: { width: widths[width], height: heights[width] },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // Chromium reports every refusal (401, 403 …) as an error; those belong to the journey.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  return { page, faults };
}

/** Signs in and waits for the first page behind it; `at` is where to come back to. */
export async function signIn(page: Page, login: string, password: string, at = '/'): Promise<void> {
  await page.goto(at === '/' ? '/login' : `/login?return=${encodeURIComponent(at)}`);
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  // All journeys come from one address, and the server lets in so many a minute.
  for (let waits = 0; ; waits++) {
    await page.getByRole('button', { name: '登录' }).click();
    const tooMany = page.locator('[data-key="session.too_many_attempts"]');
    const inside = page.waitForURL((url) => url.pathname !== '/login').then(() => true);
    if (await Promise.race([inside, tooMany.waitFor().then(() => false, () => inside)])) break;
    inside.catch(() => undefined); // given up with this attempt
    if (waits === 6) throw new Error(`${login} was not let in for a minute`);
    await page.waitForTimeout(10_500);
  }
  await settled(page);
}

/** Nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
}

/** The page at desk and phone width: NAME-1440.png and NAME-390.png. The whole page, or what is on the screen while a
 *  dialog lies over it. Leaves the width as it was. */
export async function shot(page: Page, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  const before = page.viewportSize();
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize({ width: widths[width], height: heights[width] });
    await page.waitForTimeout(150); // drawers and menus react to the width
    const covered = await page.locator('.el-overlay:visible').count() > 0;
    // From the top: a bar that sticks would be drawn over the middle of the page.
    if (!covered) await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: `${shots}/${name}-${widths[width]}.png`, fullPage: !covered });
  }
  if (before) await page.setViewportSize(before);
}

/** Whether something sticks out at the side at this width, and what. */
export async function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 10);
  });
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult { violations: { id: string; help: string; nodes: { target: unknown[]; html: string }[] }[] }

/** What axe-core finds against WCAG 2.1 A and AA and its best practices, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // As an expression, which the debugger may evaluate; a script element would be refused by the page's security policy.
  await page.evaluate(await axeSource);
  const result = (await page.evaluate(
    // Element Plus's dialogs carry a <header>, which the two switched-off rules count as a second banner.
    `axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      rules: { 'landmark-no-duplicate-banner': { enabled: false }, 'landmark-unique': { enabled: false } },
    })`,
  )) as AxeResult;
  return result.violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${fault.help}: ${node.target.join(' ')} ${node.html.slice(0, 120)}`));
}

/** The page fits both widths, reads, and is kept as a picture. Throws with what is wrong. */
export async function lookAt(page: Page, name: string): Promise<void> {
  const faults: string[] = [];
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize({ width: widths[width], height: heights[width] });
    await page.waitForTimeout(150);
    faults.push(...(await stickingOut(page)).map((each) => `${width}: sticks out: ${each}`));
  }
  await page.setViewportSize({ width: widths.desk, height: heights.desk });
  faults.push(...await accessibilityFaults(page));
  await shot(page, name);
  if (faults.length) throw new Error(`${name}\n${faults.join('\n')}`);
}
