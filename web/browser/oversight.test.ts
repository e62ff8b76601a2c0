// What keeps the offices honest, in the browser: the account of a handler who is kin, kin who come out later, how names
// are shown to the public, and the proof that the audit record is whole.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, settled, shot, signIn, stickingOut, visit, widths, type Visit } from './harness';

const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
let browser: Browser;
const opened: Visit[] = [];

beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

async function as(login: string, at: string): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}

async function look(page: Page, name: string): Promise<void> {
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize({ width: widths[width], height: 844 });
    await page.waitForTimeout(150);
    expect(await stickingOut(page), `${name} ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: widths.desk, height: 900 });
  expect(await accessibilityFaults(page), name).toEqual([]);
  await shot(page, `oversight-${name}`);
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name });
const news = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('status').filter({ hasText: text }).first().waitFor();

/** Opens the first application of the list in a state. */
async function openCaseIn(page: Page, state: string): Promise<void> {
  await page.goto(`/cases?state=${state}`);
  await settled(page);
  await page.locator('a[href^="/cases/1"]').first().click();
  await page.waitForURL(/\/cases\/\d{6}\/.+/);
  await settled(page);
}

describe.sequential('what keeps the offices honest', () => {
  it('the county decides how names hang on the board', async () => {
    const page = await as('approver', '/publicity-settings');
    await page.getByText('王**，共 3 人').waitFor();
    await look(page, 'publicity-settings');
    await page.getByLabel('显示全名').check();
    await button(page, '保存设置').click();
    await page.getByRole('dialog').getByText('已张贴的公示保持张贴时的样子。').waitFor();
    await look(page, 'publicity-settings-ask');
    await page.getByRole('dialog').getByRole('button', { name: '保存设置' }).click();
    await news(page, '已保存');
    await page.reload();
    await settled(page);
    expect(await page.getByLabel('显示全名').isChecked()).toBe(true);
    await page.getByLabel('隐去名字').check();
    await button(page, '保存设置').click();
    await page.getByRole('dialog').getByRole('button', { name: '保存设置' }).click();
    await news(page, '已保存');
  });

  it('the administrator proves that the record is whole', async () => {
    const page = await as('admin', '/audit');
    await button(page, '校验').first().click();
    await page.getByText('条记录全部核对无误').waitFor();
    await page.getByText('校验审计链：完好').first().waitFor();
    await look(page, 'audit-chain');
  });

  it('kin who come out later are added, and the handler stays out', async () => {
    const page = await as('county', '/cases');
    await openCaseIn(page, 'investigating');
    await button(page, '补登经办人员近亲属').click();
    await button(page, '补登并立即回避').click();
    await page.getByRole('alert').waitFor();
    await look(page, 'kin-asked');
    await page.getByLabel('家庭成员').selectOption({ index: 1 });
    await page.getByLabel('经办人员是该成员的').selectOption('73');
    await page.getByLabel('经办人员姓名').fill('石玉梅');
    await button(page, '按姓名查找账号').click();
    await page.getByLabel('经办人员的账号').getByText('石玉梅 · 民政助理员').waitFor({ state: 'attached' });
    await page.getByLabel('如何得知').fill('群众反映');
    await look(page, 'kin-found');
    await button(page, '补登并立即回避').click();
    await news(page, '即时回避');
    await page.getByText('补登：群众反映').waitFor();
    await look(page, 'kin-added');
    const address = page.url();
    const out = await as('assistant2', new URL(address).pathname);
    await settled(out);
    await out.getByText('回避').first().waitFor();
    await look(out, 'kin-stays-out');
  });

  it('an appraisal can be recorded where the rules ask for none', async () => {
    const page = await as('assistant', '/cases');
    await openCaseIn(page, 'investigating');
    await page.getByRole('link', { name: '民主评议' }).click();
    await settled(page);
    await button(page, '登记民主评议').first().click();
    await page.getByRole('heading', { name: '登记民主评议' }).waitFor();
    expect(await button(page, '保存评议记录').isEnabled()).toBe(true);
    await look(page, 'appraisal-not-required');
  });

  it('no page complained', () => {
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
