// A month's payment, each share in the browser by its own account: prepared by the funds officer, released by the
// approver, taken to the bank, answered by it with refusals, read again, paid again after a repair. Lets a month pass on
// the server, so run it against a demonstration that may be thrown away (tools/with-demo-server). The households come
// to their benefits through the API, with the steps of the scenarios.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, baseUrl, openBrowser, settled, shot, signIn, stickingOut, visit, widths, type Visit } from './harness';

const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
const scenarios = new URL('../../tests/scenarios/', import.meta.url);
/** Of tests/scenarios/client.mjs, which is plain JavaScript: answers come as the server sends them. */
interface Desk { act: (method: string, path: string, body?: unknown) => Promise<any> }
let browser: Browser;
const opened: Visit[] = [];
let county: Desk;
/** So many this journey leads to a benefit; the demonstration may have more. */
const households = 3;

beforeAll(async () => {
  browser = await openBrowser();
  process.env.BASE_URL = baseUrl();
  const { passDays } = await import(new URL('client.mjs', scenarios).href);
  const { startFamiliesAt } = await import(new URL('household.mjs', scenarios).href);
  const { Office } = await import(new URL('walk.mjs', scenarios).href);
  startFamiliesAt(600);
  const office = await Office.open();
  county = office.desks.county;
  const cases = [];
  for (let each = 0; each < households; each++) cases.push(await office.file());
  for (const each of cases) await office.lead(each, 'township_publicity');
  await passDays(8, ...Object.values(office.desks));
  for (const each of cases) await office.lead(each, 'approved');
  const today: string = office.today;
  const next = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 3));
  await passDays((next.getTime() - Date.parse(today)) / 86_400_000, ...Object.values(office.desks));
}, 120_000);
afterAll(() => browser?.close());

async function as(login: string, at = '/'): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}

/** The page fits, reads and is kept as a picture at both widths. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize({ width: widths[width], height: 844 });
    await page.waitForTimeout(150);
    expect(await stickingOut(page), `${name} ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: widths.desk, height: 900 });
  expect(await accessibilityFaults(page), name).toEqual([]);
  await shot(page, `payments-${name}`);
}

const heading = (page: Page, text: string): Locator => page.getByRole('heading', { name: text });
const news = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('status').filter({ hasText: text }).first().waitFor();
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
/** The act and, in the dialog that asks, the act again. */
async function confirm(page: Page, name: string, picture?: string): Promise<void> {
  await button(page, name).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('确认后将会').waitFor();
  if (picture) await look(page, picture);
  await dialog.getByRole('button', { name, exact: true }).click();
}

describe.sequential('the payment of a month', () => {
  let address = '';
  /** The bank's file as its lines. */
  let sent: string[][] = [];
  const answer = (refused: readonly string[]) => Buffer.from([
    '流水号,结果,原因',
    ...sent.map(([reference], at) => `${reference},${refused.includes(String(at)) ? '失败,账户已销户' : '成功,'}`),
  ].join('\r\n'));
  const upload = (page: Page, buffer: Buffer, name = '回盘.csv') => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer });

  it('stands on the work list of the funds officer, who prepares it', async () => {
    const page = await as('funds');
    await page.getByText('编制本月发放批次').first().waitFor();
    await look(page, 'home-funds');
    await page.getByRole('link', { name: '资金发放', exact: true }).click();
    await heading(page, '本月发放').waitFor();
    await settled(page);
    await page.getByText('还没有编制过发放批次').waitFor();
    await button(page, '编制发放批次').click();
    await page.getByRole('alert').getByText('请选择救助项目').waitFor();
    await look(page, 'month');
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await confirm(page, '编制发放批次', 'prepare');
    await page.waitForURL(/\/payments\/140302\/.+/);
    await settled(page);
    await page.getByText('新增：自').first().waitFor();
    address = new URL(page.url()).pathname;
    await look(page, 'run-prepared');
    await page.getByRole('link', { name: '增加', exact: true }).click();
    await settled(page);
    await page.goto('/payments');
    await settled(page);
    await look(page, 'list');
  });

  it('is released by the approver', async () => {
    const page = await as('approver');
    await page.getByText('待您办理').first().waitFor();
    await look(page, 'home-approver');
    await page.goto(address);
    await settled(page);
    expect(await button(page, '作废批次').count()).toBe(0);
    await confirm(page, '复核通过', 'release');
    await news(page, '已复核');
    await page.getByText('已复核，待导出').first().waitFor();
  });

  it('goes to the bank', async () => {
    const page = await as('funds', address);
    const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), confirm(page, '导出银行代发文件', 'take')]);
    expect(file.suggestedFilename()).toMatch(/^140302U\d{6}-\d{4}\.csv$/);
    sent = (await readFile((await file.path())!, 'utf8')).trimEnd().split('\r\n').slice(1).map((line) => line.split(','));
    expect(sent.length).toBeGreaterThanOrEqual(households);
    await button(page, '再次导出银行文件').waitFor();
    await page.getByText('已交银行，待回盘').first().waitFor();
    await look(page, 'run-issued');
  });

  it('refuses a faulty answer and names every row', async () => {
    const page = await as('funds', address);
    await upload(page, Buffer.from(['流水号,结果,原因', '别的批次-000001,成功,', `${sent[0]![0]},失败,`, `${sent[1]![0]},大概成功,`].join('\n')));
    const faults = page.getByRole('region', { name: /文件中有 3 处错误/ });
    await faults.waitFor();
    for (const text of ['第 2 行', '第 3 行', '第 4 行', '流水号不属于本批次', '失败的记录须填写原因']) await faults.getByText(text).first().waitFor();
    await look(page, 'return-faults');
    await upload(page, Buffer.from('不是表格'), '照片.jpg');
    await page.getByText('不是可上传的文件类型').waitFor();
  });

  it('is settled by the answer, and the same answer changes nothing', async () => {
    const page = await as('funds', address);
    await upload(page, answer(['0', '1']));
    await page.getByText('回盘文件已读入').waitFor();
    await page.getByText('批次已结清').waitFor();
    await page.getByText('已结清', { exact: true }).first().waitFor();
    await look(page, 'return-read');
    await page.getByRole('link', { name: '查看退回的对象' }).click();
    await page.getByText('银行：账户已销户').first().waitFor();
    await settled(page);
    await look(page, 'run-failed');
    await upload(page, answer(['0', '1']));
    await page.getByText('以前已经读入过').waitFor();
    await look(page, 'return-repeated');
    await page.getByRole('link', { name: /^银行回盘/ }).click();
    await page.getByText('已读入的回盘文件').waitFor();
    await look(page, 'returns');
  });

  it('puts the accounts that came back on the work list of whoever can change them', async () => {
    const page = await as('county', '/');
    const tile = page.getByRole('link', { name: /户的账户被银行退回/ });
    await tile.waitFor();
    await settled(page);
    await look(page, 'work-list-refused');
    await tile.click();
    await page.waitForURL('**/awards?refused=yes');
    expect(await page.getByLabel('只看账户被银行退回的').isChecked()).toBe(true);
  });

  it('pays a repaired account again and leaves out the one that is not', async () => {
    const { items } = await county.act('GET', `/counties/140302/payment-runs/${address.split('/').at(-1)}?filter=failed`);
    expect(items).toHaveLength(2);
    const { summary, members } = await county.act('GET', `/awards/140302/${items[0].award}`);
    await county.act('POST', `/awards/140302/${items[0].award}/account`, { version: summary.version, kind: 'bank_card', number: '6228480402564890018', holder: members[0].person, bank: '阳泉市农村信用合作联社' });
    const page = await as('funds', '/payments');
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await confirm(page, '编制发放批次');
    await page.getByText('银行退回后重新发放').first().waitFor();
    await look(page, 'run-repeated');
    await page.getByRole('link', { name: /^未列入/ }).click();
    await page.getByText('账户被退回').waitFor();
    await settled(page);
    await look(page, 'exclusions');
    await page.goto('/payments');
    await settled(page);
    await look(page, 'list-two');
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await confirm(page, '编制发放批次');
    await page.getByRole('dialog').getByRole('alert').getByText('已编制但尚未复核').waitFor();
    await look(page, 'prepare-refused');
  });

  it('is read from above, in English too, and closed to who has no business there', async () => {
    const city = await as('city', '/payments');
    await city.getByText('请先选择县').waitFor();
    await look(city, 'city');
    await city.goto('/payments?county=140302');
    await settled(city);
    await city.getByText('已结清', { exact: true }).first().waitFor();
    expect(await button(city, '编制发放批次').count()).toBe(0);
    await city.goto(address);
    await settled(city);
    expect(await button(city, '再次导出银行文件').count()).toBe(0);
    await city.getByRole('button', { name: 'English' }).click();
    await city.getByText("Bank's file taken").waitFor();
    await look(city, 'run-english');
    const assistant = await as('assistant', '/payments');
    expect(await assistant.getByRole('link', { name: '资金发放' }).count()).toBe(0);
    await look(assistant, 'forbidden');
    await assistant.goto('/');
    await settled(assistant);
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
