// A county takes over the households that it kept elsewhere, in the browser: template, upload, check, correction, import
// of what is right, the case of such a household, and lists as files. Run it against a demonstration that may be thrown
// away (tools/with-demo-server).
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { lookAt, openBrowser, settled, signIn, visit, type Visit } from './harness';

const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
const scenarios = new URL('../../tests/scenarios/', import.meta.url);
let browser: Browser;
let numberOf: (birthDate: string, sequence: number) => string;
const opened: Visit[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  ({ citizenNumber: numberOf } = await import(new URL('client.mjs', scenarios).href));
});
afterAll(() => browser?.close());

async function as(login: string, at = '/'): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}

const look = (page: Page, name: string): Promise<void> => lookAt(page, `roster-${name}`);
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const upload = (page: Page, name: string, text: string): Promise<void> => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
/** The file that a press on the button gives. */
async function saved(page: Page, name: string): Promise<{ name: string; start: string }> {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), button(page, name).click()]);
  return { name: file.suggestedFilename(), start: (await readFile((await file.path())!)).subarray(0, 2).toString('latin1') };
}

const titles = '户编号,与申请人关系,姓名,公民身份号码,救助类型,村（社区）,月保障金额,起始月份,账户类型,开户银行,账号,备用';
let people = 0;
/** A couple, the first of them the applicant. */
function couple(household: number, name: string, amount = `${400 + household}.50`): string[] {
  const person = (birth: string) => numberOf(birth, 1 + (people++ % 999));
  return [
    `H${household},本人,${name},${person('1958-03-01')},城市低保,140302001001,${amount},2017-05,存折,阳泉市农村信用合作联社,1403001234${household},甲`,
    `H${household},配偶,${name}妻,${person('1960-07-02')},,,,,,,,`,
  ];
}
const rosterOf = (...households: string[][]): string => [titles, ...households.flat(), ''].join('\r\n');

describe.sequential('the import of a roster', () => {
  let address = '';
  let file = '';

  it('begins with the template', async () => {
    const page = await as('county');
    await page.getByRole('link', { name: '存量导入' }).click();
    await page.getByText('还没有上传过名册').waitFor();
    await settled(page);
    await look(page, 'empty');
    expect(await saved(page, '下载模板')).toEqual({ name: '存量名册模板.xlsx', start: 'PK' });
  });

  it('refuses a file that is no table, and takes it away again', async () => {
    const page = await as('county', '/roster');
    await upload(page, '说明.csv', '这不是名册。');
    await page.getByText('这份文件无法使用').waitFor();
    await page.getByText(/缺少列/).waitFor();
    await settled(page);
    await look(page, 'unreadable');
    await button(page, '删除文件').click();
    await look(page, 'discard');
    await page.getByRole('dialog').getByRole('button', { name: '删除文件' }).click();
    await page.getByText('上传的文件已从服务器删除').waitFor();
    await look(page, 'discarded');
    await page.goto('/roster');
    await settled(page);
    await upload(page, '照片.jpg', '不是表格');
    await page.getByText('不是可上传的文件类型').waitFor();
  });

  it('names what is wrong by row and column', async () => {
    const page = await as('county', '/roster');
    file = rosterOf(couple(1, '赵存一'), couple(2, '钱存二', '约四百'), couple(3, '孙存三'));
    await upload(page, '存量名册.csv', file);
    await page.waitForURL(/\/roster\/140302\/.+/);
    address = new URL(page.url()).pathname;
    await page.getByRole('heading', { name: '检查结果' }).waitFor();
    await page.getByText('已检查，待导入').first().waitFor();
    const row = page.getByRole('row').filter({ hasText: '第 4 行' });
    await row.getByText('月保障金额').first().waitFor();
    await row.getByText(/金额/).last().waitFor();
    await page.getByText('没有读取：备用').waitFor();
    await settled(page);
    await look(page, 'checked');
    const copy = await saved(page, '下载标注名册');
    expect(copy.start).toBe('PK');
    expect(copy.name).toMatch(/^标注-存量名册.*\.xlsx$/);
  });

  it('waits for a second person, who looks at the file', async () => {
    const page = await as('county', address);
    await page.getByText('上传名册的人不能自己导入').waitFor();
    expect(await page.getByRole('button', { name: /^只导入/ }).count()).toBe(0);
    await settled(page);
    await look(page, 'waits');
  });

  it('is taken over by the approver: the good households, from a month that is chosen', async () => {
    const page = await as('approver', '/roster');
    await page.getByRole('link', { name: '存量名册.csv' }).first().click();
    await page.getByRole('heading', { name: '检查结果' }).waitFor();
    const original = await saved(page, '下载上传的名册');
    expect(original.name).toMatch(/^核对-存量名册.*xlsx$/);
    const verb = '只导入没有问题的 2 户';
    await page.getByLabel('由本系统发放的第一个月').selectOption('');
    await button(page, verb).click();
    await page.getByRole('alert').getByText('请选择由本系统发放的第一个月').waitFor();
    await page.getByLabel('由本系统发放的第一个月').selectOption({ index: 3 });
    await button(page, verb).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('转入 2 户，每月共¥805.00').waitFor();
    await look(page, 'question');
    await dialog.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('heading', { name: '已导入 2 户' }).waitFor({ timeout: 60_000 });
    expect(await page.locator('progress').count()).toBe(0);
    await settled(page);
    await look(page, 'applied');
    expect((await saved(page, '下载标注名册')).start).toBe('PK');
    await page.getByRole('link', { name: '查看在保对象' }).click();
    await settled(page);
    await page.getByLabel('户主姓名开头或申请编号').fill('赵存一');
    await button(page, '查找').click();
    await page.getByRole('link', { name: '赵存一', exact: true }).waitFor();
    await settled(page);
    await look(page, 'awards');
    const list = await saved(page, '导出 Excel');
    expect(list.start).toBe('PK');
    expect(list.name).toMatch(/\.xlsx$/);
  });

  it('shows such a household calmly, where nothing was ever investigated', async () => {
    const page = await as('county', '/awards?search=孙存三');
    await page.getByRole('link', { name: '孙存三', exact: true }).click();
    await page.getByText('由原名册转入').first().waitFor();
    await settled(page);
    await look(page, 'award');
    await button(page, '打开申请档案').click();
    await page.waitForURL(/\/cases\//);
    await settled(page);
    await look(page, 'case');
    const parts = await page.getByRole('navigation', { name: '档案各部分' }).getByRole('link').allTextContents();
    expect(parts.length).toBeGreaterThan(8);
    for (const [at, part] of parts.entries()) {
      await page.getByRole('navigation', { name: '档案各部分' }).getByRole('link', { name: part.trim(), exact: true }).click();
      await settled(page);
      expect(await page.getByRole('alert').allTextContents(), part).toEqual([]);
      await look(page, `case-${at}`);
    }
    await page.getByText('接收存量').first().waitFor();
  });

  it('warns of the same file, and lists who is in benefit already', async () => {
    const page = await as('county', '/roster');
    await settled(page);
    await look(page, 'list');
    await upload(page, '存量名册.csv', file);
    await page.getByText('内容相同的文件').waitFor();
    await page.getByText('没有一户可以导入').waitFor();
    await settled(page);
    await look(page, 'again');
    await button(page, 'English').click();
    await page.getByText('What the check found').first().waitFor();
    await page.getByText(/This person stands/).first().waitFor();
    await settled(page);
    await look(page, 'english');
  });

  it('takes a roster without problems over as a whole', async () => {
    const page = await as('county', '/roster');
    await upload(page, '更正.csv', rosterOf(couple(4, '李存四')));
    await page.getByRole('heading', { name: '检查结果' }).waitFor();
    const second = await as('approver', new URL(page.url()).pathname);
    await button(second, '导入全部 1 户').click();
    await second.getByRole('dialog').getByRole('button', { name: '确认导入' }).click();
    await second.getByRole('heading', { name: '已导入 1 户' }).waitFor({ timeout: 60_000 });
  });

  it('shows how far a long check is, which can be cancelled', async () => {
    const page = await as('county', '/roster');
    people = 0;
    const many = Array.from({ length: 30_000 }, (_, at) => couple(1000 + at, '周存五'));
    await upload(page, '大名册.csv', rosterOf(...many));
    await page.getByRole('heading', { name: '正在检查' }).waitFor();
    await page.locator('progress').waitFor();
    await look(page, 'progress');
    await button(page, '取消处理').click();
    await page.getByRole('dialog').getByRole('button', { name: '取消处理' }).click();
    await page.getByText('上传的文件已从服务器删除').waitFor();
  });

  it('is closed to who has no business there', async () => {
    const page = await as('funds', '/roster');
    expect(await page.getByRole('link', { name: '存量导入' }).count()).toBe(0);
    expect(await button(page, '下载模板').count()).toBe(0);
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
