// Households in benefit, standards and payments.
import { readFile } from 'node:fs/promises';
import { it } from 'vitest';
import type { Page } from 'playwright-core';
import { settled } from '../harness';
import { as, button, confirm, picture } from './camera';

let award = '';
let month = '';
/** "2026-11" moved by so many months. */
function monthFrom(start: string, count: number): string {
  const index = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
async function today(page: Page): Promise<string> {
  return ((await (await page.request.get('/api/v1/session')).json()) as { today: string }).today;
}

it('households in benefit', async () => {
  const page = await as('county', '/awards');
  month = (await today(page)).slice(0, 7);
  await picture(page, 'county-awards');
  award = (await page.locator('table a[href^="/awards/"]').first().getAttribute('href'))!;
  await as('county', award);
  await picture(page, 'county-award');
  await button(page, '停发').click();
  await page.getByLabel('停发原因').selectOption('moved_away');
  await page.getByLabel('情况说明').fill('全家户籍已迁往太原市，有准迁证明。');
  await picture(page, 'county-award-end');
  await as('county', award);
  await button(page, '变更账户').click();
  await page.getByLabel('账号').fill('1403 0099 8877 6655');
  await picture(page, 'county-award-account');
  const approver = await as('approver', award);
  await button(approver, '调整金额').click();
  await approver.getByLabel('从哪个月起').selectOption(monthFrom(month, -1));
  await approver.getByLabel('调整后的金额').fill('1200');
  await approver.getByLabel('依据条文').fill('DB-2021/27');
  await approver.getByLabel('理由', { exact: true }).fill('户主确诊重病，增发。');
  await picture(approver, 'approver-award-adjust');
});

it('payments', async () => {
  const page = await as('funds', '/payments');
  await picture(page, 'funds-payments');
  await page.getByLabel('救助项目').selectOption('urban_minimum_living');
  await confirm(page, '编制发放批次', 'funds-run-prepare');
  await page.waitForURL(/\/payments\/140302\/.+/);
  await settled(page);
  const run = new URL(page.url()).pathname;
  await picture(page, 'funds-run');
  await page.getByRole('link', { name: /^未列入/ }).click();
  await settled(page);
  await picture(page, 'funds-run-exclusions');
  const approver = await as('approver', run);
  await confirm(approver, '复核通过', 'approver-run-release');
  await as('funds', run);
  const [file] = await Promise.all([page.waitForEvent('download'), confirm(page, '导出银行代发文件')]);
  const sent = await serials((await file.path())!);
  await page.setInputFiles('input[type=file]', {
    name: '回盘.csv', mimeType: 'text/csv', buffer: Buffer.from(['流水号,结果,原因', '别的批次-000001,成功,', `${sent[0]},失败,`, `${sent[1]},大概成功,`].join('\n')),
  });
  await page.getByRole('region', { name: /文件中有 3 处错误/ }).waitFor();
  await picture(page, 'funds-return-faults');
  await page.setInputFiles('input[type=file]', {
    name: '回盘.csv', mimeType: 'text/csv', buffer: Buffer.from(['流水号,结果,原因', ...sent.map((each, at) => `${each},${at === 0 ? '失败,账户已销户' : '成功,'}`)].join('\n')),
  });
  await page.getByText('回盘文件已读入').waitFor();
  await page.getByRole('link', { name: '查看退回的对象' }).click();
  await settled(page);
  await picture(page, 'funds-return-read');
});

/** The serial numbers of the bank's file. */
async function serials(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).trimEnd().split('\r\n').slice(1).map((line) => line.split(',')[0]!);
}

it('standards', async () => {
  const page = await as('approver', '/standards');
  await button(page, '登记新标准').click();
  await page.getByLabel('救助项目').selectOption('urban_minimum_living');
  await page.getByLabel('执行月份').selectOption(monthFrom(month, -1));
  await page.getByLabel('标准', { exact: true }).fill('780');
  await page.getByLabel('文件名称和文号').fill('阳泉市民政局关于提高低保标准的通知（演示）');
  await picture(page, 'approver-standard-form');
  await button(page, '登记标准').click();
  await page.getByRole('status').filter({ hasText: '新标准已登记' }).first().waitFor();
  await as('approver', '/standards');
  await picture(page, 'approver-standards');

  const county = await as('county', '/standard-changes');
  await county.getByLabel('标准变动的月份').selectOption(monthFrom(month, -1));
  await picture(county, 'county-changes');
  await button(county, '开始测算').click();
  await county.waitForURL(/\/standard-changes\/\d{6}\/.+/);
  await settled(county);
  await picture(county, 'county-change');
  await county.getByRole('link', { name: '原由人工确定' }).click();
  await settled(county);
  await picture(county, 'county-change-open');
});
