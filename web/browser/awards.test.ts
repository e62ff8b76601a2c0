// Benefits in force, each level's share in the browser: the approver adjusts one, the case officer ends it and changes an
// account, a new standard is recorded, worked out for everybody and carried out, and what is left open is decided. Needs
// the demonstration's households in benefit and changes them, so run it against a demonstration that may be thrown away.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { lookAt, openBrowser, settled, signIn, visit, type Visit } from './harness';

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

const look = (page: Page, name: string): Promise<void> => lookAt(page, `awards-${name}`);
const heading = (page: Page, text: string | RegExp): Locator => page.getByRole('heading', { name: text });
const news = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('status').filter({ hasText: text }).first().waitFor();
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
/** "2026-11" moved by so many months. */
function monthFrom(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
async function addressOf(page: Page, row: number): Promise<string> {
  const link = await page.locator('table a[href^="/awards/"]').nth(row).getAttribute('href');
  if (!link) throw new Error('no household in the list');
  return link;
}
async function today(page: Page): Promise<string> {
  const session = await page.request.get('/api/v1/session');
  return ((await session.json()) as { today: string }).today;
}

describe.sequential('benefits in force', () => {
  let first = '';
  let second = '';
  let change = '';
  let thisMonth = '';

  it('are found by those who may read them', async () => {
    const page = await as('county', '/awards');
    await heading(page, '在保对象').waitFor();
    await page.getByText('每月金额').first().waitFor();
    thisMonth = (await today(page)).slice(0, 7);
    first = await addressOf(page, 0);
    second = await addressOf(page, 1);
    await look(page, 'list');
    await page.getByLabel('状态').selectOption('ended');
    await button(page, '查找').click();
    await page.getByText('自愿放弃').first().waitFor();
    await page.getByLabel('状态').selectOption('active');
    await page.getByLabel('只看账户被银行退回的').check();
    await button(page, '查找').click();
    await page.getByText('没有账户被银行退回的家庭。').waitFor();
    await look(page, 'list-empty');
    const cadre = await as('village', '/awards');
    await heading(cadre, /没有|不能|无权/).first().waitFor();
    await look(cadre, 'forbidden');
  });

  it('are adjusted by the approver; a colleague who is late keeps what was typed', async () => {
    const approver = await as('approver', first);
    const officer = await as('county', first);
    await heading(approver, /的待遇$/).waitFor();
    await look(approver, 'award');
    await button(officer, '停发').click();
    await officer.getByText('由县级审批人决定。', { exact: false }).first().waitFor();
    expect(await officer.getByLabel('停发原因').getByText('骗取待遇').count()).toBe(0);
    await officer.getByLabel('停发原因').selectOption('moved_away');
    await officer.getByLabel('情况说明').fill('全家户籍已迁往太原市，有准迁证明。');
    await look(officer, 'end-form');

    await button(approver, '调整金额').click();
    await button(approver, '调整金额').click(); // nothing is filled in yet
    await approver.getByRole('alert').getByText('请填写金额').waitFor();
    await approver.getByLabel('从哪个月起').selectOption(monthFrom(thisMonth, -1));
    await approver.getByLabel('调整后的金额').fill('１,２００');
    await approver.getByText(/每月(增加|减少)/).waitFor();
    await approver.getByLabel('依据条文').fill('DB-2021/27');
    await approver.getByLabel('理由', { exact: true }).fill('户主确诊重病，增发。');
    await look(approver, 'adjust-form');
    await button(approver, '调整金额').click();
    await news(approver, '金额已调整');
    await approver.getByText('户主确诊重病，增发。').waitFor();
    await approver.getByText('曾执行').first().waitFor();
    await look(approver, 'adjusted');

    await button(officer, '停发').click();
    await officer.locator('[data-key=conflict]').waitFor();
    await look(officer, 'conflict');
    await button(officer, '载入最新内容').click();
    await officer.getByText('户主确诊重病，增发。').waitFor();
    expect(await officer.getByLabel('情况说明').inputValue()).toContain('准迁证明');
    await button(officer, '停发').click();
    await news(officer, '待遇已停发');
    await officer.getByText(/已于.*停发：户籍迁出/).waitFor();
    await look(officer, 'ended');
  });

  it('have their account changed by the case officer', async () => {
    const page = await as('county', second);
    await button(page, '变更账户').click();
    await page.getByLabel('账号').fill('1403 0099 8877 6655');
    await look(page, 'account-form');
    await button(page, '保存新账户').click();
    await news(page, '账户已变更');
    await page.getByText('6655').waitFor();
    expect(await page.content()).not.toContain('1403009988776655');
    // A bank's refusal as the payments write it.
    await page.route(`**/api/v1${second}`, async (route) => {
      const answer = await route.fetch();
      const body = await answer.json() as { account: object };
      await route.fulfill({ response: answer, json: { ...body, account: { ...body.account, refused_reason: '账户已销户' } } });
    });
    await page.reload();
    await page.getByText('银行退回：账户已销户').first().waitFor();
    await look(page, 'account-refused');
  });

  it('stand on the page of their case', async () => {
    const page = await as('approver', second);
    await button(page, '打开申请档案').click();
    await page.getByRole('link', { name: '审批决定' }).click();
    await page.getByRole('link', { name: '查看待遇' }).click();
    await page.getByText('金额的变化').waitFor();
    await look(page, 'case-part');
    await page.getByRole('link', { name: /打开待遇页面/ }).click();
    await page.waitForURL((url) => url.pathname === second);
  });

  it('have a new standard recorded by the approver', async () => {
    const page = await as('approver', '/standards');
    await page.getByText('演示值').first().waitFor();
    await look(page, 'standards');
    await button(page, '登记新标准').click();
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await page.getByLabel('执行月份').selectOption(monthFrom(thisMonth, -1));
    await page.getByLabel('标准', { exact: true }).fill('78');
    await page.getByText('低于此前的标准').waitFor();
    await page.getByLabel('文件名称和文号').fill('阳泉市民政局关于提高低保标准的通知（演示）');
    await button(page, '登记标准').click();
    await page.getByRole('alert').getByText('按月还是按年').waitFor();
    await page.getByLabel('标准', { exact: true }).fill('780');
    await look(page, 'standard-form');
    await button(page, '登记标准').click();
    await news(page, '新标准已登记');
    // A second one, by mistake, is withdrawn.
    await button(page, '登记新标准').click();
    await page.getByLabel('救助项目').selectOption('rural_minimum_living');
    await page.getByLabel('标准', { exact: true }).fill('9999');
    await page.getByLabel('文件名称和文号').fill('录错的标准');
    await button(page, '登记标准').click();
    await page.getByText('录错的标准').first().waitFor();
    const [year, month] = monthFrom(thisMonth, 1).split('-').map(Number);
    await button(page, `撤销${year}年${month}月起的标准`).click();
    await page.getByRole('dialog').getByLabel('撤销原因').fill('录错');
    await look(page, 'standard-withdrawal');
    await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('已撤销').first().waitFor();
    await look(page, 'standards-recorded');
  });

  it('are raised together by the case officer', async () => {
    const page = await as('county', '/standard-changes');
    await page.getByText('还没有测算过标准调整').waitFor();
    await page.getByLabel('标准变动的月份').selectOption(monthFrom(thisMonth, -1));
    await look(page, 'changes');
    await button(page, '开始测算').click();
    await page.waitForURL(/\/standard-changes\/\d{6}\/.+/);
    await settled(page);
    change = new URL(page.url()).pathname;
    await page.getByText('待执行').first().waitFor();
    await look(page, 'change');
    await page.getByRole('link', { name: '原由人工确定' }).click();
    await page.getByText('待审批人决定').first().waitFor();
    await look(page, 'change-open');
    await button(page, '执行调整').click();
    await page.getByRole('dialog').getByText('应补发').waitFor();
    await look(page, 'change-confirm');
    await page.getByRole('dialog').getByRole('button', { name: '执行调整' }).click();
    await news(page, '标准调整已执行');
    await page.getByRole('link', { name: '提高', exact: true }).click();
    await page.getByText('已提高').first().waitFor();
    await look(page, 'change-applied');
    await page.goto('/standard-changes');
    await page.getByText('已执行', { exact: true }).first().waitFor();
    await look(page, 'changes-applied');
    const assistant = await as('assistant', '/standard-changes');
    await assistant.locator('[data-key^="access."]').waitFor();
    expect(await assistant.getByRole('link', { name: '标准调整' }).count()).toBe(0);
  });

  it('are decided one by one where the rules leave it open', async () => {
    const page = await as('approver', `${change}?lines=set_by_person`);
    const row = page.locator('tbody tr').filter({ hasText: '待审批人决定' }).first();
    await row.getByRole('link').first().click();
    await heading(page, /的待遇$/).waitFor();
    await page.getByText('审批人调整').first().waitFor();
    await button(page, '调整金额').click();
    await page.getByLabel('调整后的金额').fill('1500');
    await page.getByLabel('依据条文').fill('DB-2021/27');
    await page.getByLabel('理由', { exact: true }).fill('随标准提高，仍予增发。');
    await button(page, '调整金额').click();
    await news(page, '金额已调整');
    await page.goto(`${change}?lines=set_by_person`);
    await page.getByText('现为每月 ¥1,500.00').waitFor();
    await look(page, 'change-decided');
  });

  it('are read by the levels above, county by county, and in English', async () => {
    const page = await as('city', '/standards');
    await page.getByText('请先选择县').waitFor();
    await page.getByLabel('县（市、区）', { exact: true }).selectOption('140302');
    await page.getByText('¥780.00').first().waitFor();
    await look(page, 'standards-city');
    await page.goto('/awards');
    await settled(page);
    await button(page, 'English').click();
    await heading(page, 'Households in benefit').waitFor();
    await look(page, 'list-english');
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
