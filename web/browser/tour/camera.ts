// Walks through the demonstration and keeps pictures of it at both widths. One window per account, signed in again where
// its session has ended.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, settled, signIn, stickingOut, visit, widths, type Visit, type Width } from '../harness';

const folder = process.env.SHOTS ?? fileURLToPath(new URL('../../../docs/tour', import.meta.url));
const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
const screen = { desk: 900, phone: 844 } as const;
/** A picture ends here, however long the page is. */
const longest = { desk: 1600, phone: 2400 } as const;

let browser: Browser;
const windows = new Map<string, Visit>();
/** What is wrong with the pages, as they were met. */
export const faults: string[] = [];

export async function open(): Promise<void> {
  browser = await openBrowser();
  await mkdir(folder, { recursive: true });
}

export async function close(): Promise<void> {
  for (const [who, { faults: complaints }] of windows) faults.push(...complaints.map((each) => `${who}: ${each}`));
  await browser.close();
}

/** The window of an account, or of anybody, at an address. */
export async function as(who: string, at: string): Promise<Page> {
  const opened = windows.get(who) ?? await visit(browser);
  windows.set(who, opened);
  const { page } = opened;
  await page.setViewportSize({ width: widths.desk, height: screen.desk });
  await page.goto(at);
  await settled(page);
  if (who !== 'anybody' && new URL(page.url()).pathname === '/login') await signIn(page, who, password, at);
  return page;
}

/** NAME-1440.jpg and NAME-390.jpg: the page from its top, or what is on the screen while a dialog lies over it. */
export async function picture(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.mouse.move(0, 0);
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize({ width: widths[width], height: screen[width] });
    await page.waitForTimeout(250);
    faults.push(...(await stickingOut(page)).map((each) => `${name}, ${width}: sticks out: ${each}`));
    await page.screenshot({
      path: `${folder}/${name}-${widths[width]}.jpg`, type: 'jpeg', quality: 60,
      style: '.news { opacity: 0; }', // short news would lie over the page
      ...await view(page, width),
    });
  }
  await page.setViewportSize({ width: widths.desk, height: screen.desk });
}

async function view(page: Page, width: Width): Promise<Parameters<Page['screenshot']>[0]> {
  if (await page.locator('.el-overlay:visible').count() > 0) return {};
  await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); window.scrollTo(0, 0); });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { fullPage: true, clip: { x: 0, y: 0, width: widths[width], height: Math.min(height, longest[width]) } };
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The act and, in the dialog that asks, the act again. */
export async function confirm(page: Page, name: string, pictureOfDialog?: string): Promise<void> {
  await button(page, name).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('确认后将会').waitFor();
  if (pictureOfDialog) await picture(page, pictureOfDialog);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await settled(page);
}

/** The address of the first application of the list in a state. */
export async function caseIn(page: Page, state: string): Promise<string> {
  await page.goto(`/cases?state=${state}`);
  await settled(page);
  return (await page.locator('table a[href^="/cases/1"]').first().getAttribute('href'))!;
}

/** The form of a step, opened from the top of the case page. */
export async function openStep(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: `去办理：${step}` }).click();
  await settled(page);
}
