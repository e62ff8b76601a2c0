// Data of other departments, in the browser: a file arrives piece by piece, its columns are said, it is checked, and a
// verification is reported upon from it. At the end no register is in use any more, so that other journeys find the county
// as it was. Run it against a demonstration that may be thrown away (tools/with-demo-server).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { baseUrl, lookAt, openBrowser, settled, signIn, visit, type Visit } from './harness';

const pieceBytes = 4 * 1024 * 1024;
const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
const scenarios = new URL('../../tests/scenarios/', import.meta.url);
interface Desk { today: string; act: <T>(method: string, path: string, body?: unknown) => Promise<T> }
interface Person { name: string; citizen_number: string }
let browser: Browser;
let numberOf: (birthDate: string, sequence: number) => string;
let verifier: Desk;
let approver: Desk;
let people: Person[];
let caseAt = '';
const opened: Visit[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  process.env.BASE_URL = baseUrl(); // where the desks look for it
  const client = await import(new URL('client.mjs', scenarios).href);
  numberOf = client.citizenNumber;
  verifier = await client.Desk.of('verify');
  approver = await client.Desk.of('approver');
  const assistant: Desk = await client.Desk.of('assistant');
  const { household, startFamiliesAt } = await import(new URL('household.mjs', scenarios).href);
  startFamiliesAt(60);
  const intake = household(assistant.today);
  people = intake.persons;
  const { summary } = await assistant.act<{ summary: { id: string } }>('POST', '/cases', intake);
  const path = `/cases/140302/${summary.id}`;
  await assistant.act('POST', `${path}/acceptance`, { version: 1, note: '' });
  await assistant.act('POST', `${path}/verification/orders`, { version: 2, note: '' });
  caseAt = `${path}?part=verification`;
});
afterAll(async () => {
  for (const code of ['vehicles', 'real_estate']) await approver?.act('POST', `/registers/${code}/use`, { is_used: false });
  await browser?.close();
});

async function as(login: string, at = '/'): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}

const look = (page: Page, name: string): Promise<void> => lookAt(page, `registers-${name}`);
const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });
const choose = (page: Page, name: string, text: string): Promise<void> => page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const titles = '序号,身份证明号码,机动车所有人,初次登记日期,号牌号码,车辆类型,价税合计';
const rowOf = (at: number, number: string, name: string, plate: string, kind = '小型轿车', price = '86800'): string =>
  [at, number, name, '2024-03-05', plate, kind, price].join(',');
/** Cars of the household and of strangers, a moped, and a number with a wrong check digit. */
function vehicles(): string {
  const [father, , , son] = people as [Person, Person, Person, Person];
  const stranger = numberOf('1971-02-03', 17);
  const faulty = stranger.slice(0, 17) + (stranger[17] === '0' ? '1' : '0');
  return [
    titles, rowOf(1, father.citizen_number, father.name, '晋C10001'), rowOf(2, son.citizen_number, '王大永', '晋C10002', '重型货车', '215000'),
    rowOf(3, stranger, '赵生人', '晋C10003'), rowOf(4, stranger, '赵生人', '晋C10004', '轻便摩托车'), rowOf(5, faulty, '赵生人', '晋C10005'), '',
  ].join('\r\n');
}
/** More than one piece. */
function manyVehicles(): string {
  const rows = Array.from({ length: 75_000 }, (_, at) => rowOf(at, numberOf(`19${50 + (at % 50)}-0${1 + (at % 9)}-1${at % 10}`, at % 1000), '钱多行', `晋C${10_000 + at}`));
  return [titles, ...rows, ''].join('\r\n');
}
async function begin(page: Page, name: string, text: string, day: string): Promise<void> {
  await choose(page, name, text);
  await page.getByLabel('数据日期').fill(day);
  await button(page, '开始上传').click();
  await page.waitForURL(/\/registers\/deliveries\/140302\/.+/);
}
const daysBefore = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

describe.sequential('registers', () => {
  it('stand in a catalogue, with who keeps them and on what basis', async () => {
    const page = await as('verify');
    await page.getByRole('link', { name: '核对数据', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '机动车登记' }).getByText('没有数据').waitFor();
    await settled(page);
    await look(page, 'catalogue-empty');
    await page.getByRole('link', { name: '接收记录' }).click();
    await page.getByText('还没有接收过数据').waitFor();
    await look(page, 'deliveries-empty');
  });

  it('need a file and its day', async () => {
    const page = await as('verify', '/registers');
    await button(page, '接收数据：机动车登记').click();
    await heading(page, '接收数据：机动车登记').waitFor();
    await button(page, '开始上传').click();
    await page.getByRole('alert').getByText('请填写数据日期').waitFor();
    await look(page, 'deliver-incomplete');
    await choose(page, '机动车.zip', 'PK');
    await page.getByText('请先解压').waitFor();
    await choose(page, '机动车.csv', vehicles());
    await page.getByLabel('数据日期').fill(daysBefore(verifier.today, 400));
    await button(page, '开始上传').click();
    await page.getByRole('alert').getByText('不再接收').waitFor();
    await look(page, 'deliver-stale');
  });

  it('refuse wrong columns at their fields, then are checked', async () => {
    const page = await as('verify', '/registers/vehicles/delivery');
    await begin(page, '机动车.csv', vehicles(), daysBefore(verifier.today, 10));
    await heading(page, '确认各列的内容').waitFor();
    expect(await page.getByLabel('所有人证件号').inputValue()).toBe('身份证明号码');
    expect(await page.getByLabel('号牌', { exact: true }).inputValue()).toBe('号牌号码');
    await page.getByText('内容如：晋C10001').first().waitFor();
    await settled(page);
    await look(page, 'columns');

    await page.getByLabel('车辆类型').selectOption('');
    await page.getByLabel('登记日期').selectOption('号牌号码');
    await button(page, '确认并开始检查').click();
    await page.locator('.field').filter({ hasText: '车辆类型' }).getByText('请选择文件中的哪一列是它').waitFor();
    await page.getByLabel('车辆类型').selectOption('车辆类型');
    await page.getByLabel('号牌', { exact: true }).selectOption('序号');
    await button(page, '确认并开始检查').click();
    // The server looked into the file.
    await page.locator('.field').filter({ hasText: '登记日期' }).getByText(/不是日期/).waitFor();
    expect(await page.locator('.field').filter({ hasText: '所有人证件号' }).getByText(/不是/).count()).toBe(0);
    await look(page, 'columns-wrong');
    await page.getByLabel('登记日期').selectOption('初次登记日期');
    await page.getByLabel('号牌', { exact: true }).selectOption('号牌号码');
    await button(page, '确认并开始检查').click();
    await page.getByText('已接收').first().waitFor({ timeout: 60_000 });
    const counts = page.getByRole('table');
    await counts.getByRole('row').filter({ hasText: '文件共有行数' }).getByText('5', { exact: true }).waitFor();
    await counts.getByRole('row').filter({ hasText: '与本县在保人员无关' }).getByText('4', { exact: true }).waitFor(); // the household has only applied
    await counts.getByText('公民身份号码校验位不符：1 行').waitFor();
    await page.locator('summary').filter({ hasText: '…' }).click();
    await settled(page);
    await look(page, 'accepted');
    await page.goto('/registers');
    await page.getByRole('row').filter({ hasText: '机动车登记' }).getByText('已启用').waitFor();
    await settled(page);
    await look(page, 'catalogue');
  });

  it('are read in another way when they look garbled', async () => {
    const page = await as('verify', '/registers/vehicles/delivery');
    await begin(page, '机动车-分号.csv', vehicles().replaceAll(',', ';'), daysBefore(verifier.today, 9));
    await heading(page, '确认各列的内容').waitFor();
    expect(await page.getByLabel('列与列之间的符号').inputValue()).toBe('semicolon');
    await page.getByLabel('列与列之间的符号').selectOption('comma');
    await page.getByText('没有认出“所有人证件号”').first().waitFor();
    await look(page, 'columns-garbled');
    await page.getByLabel('列与列之间的符号').selectOption('semicolon');
    await page.getByText('内容如：晋C10001').first().waitFor();
    await page.getByLabel('第一行是').selectOption('data');
    await page.getByRole('cell').filter({ hasText: '第 1 列' }).waitFor();
    await button(page, '撤回这次接收').click();
    await look(page, 'withdraw');
    await page.getByRole('dialog').getByRole('button', { name: '撤回这次接收' }).click();
    await page.getByText('文件内容已从服务器删除，不再用于查询').waitFor();
    await settled(page);
    await look(page, 'withdrawn');
  });

  it('survive a broken network, and a window that was closed', async () => {
    const page = await as('verify', '/registers/vehicles/delivery');
    const text = manyVehicles();
    let pieces = 0;
    await page.route('**/content', async (route) => {
      pieces++;
      if (pieces === 2 || pieces === 3) await route.abort('connectionreset');
      else if (pieces > 3) await new Promise((resolve) => { setTimeout(resolve, 60_000); }); // a line that hangs
      else await route.continue();
    });
    await begin(page, '大机动车.csv', text, daysBefore(verifier.today, 8));
    await page.getByText('正在自动重试').waitFor();
    await look(page, 'upload-waiting');
    await button(page, '暂停上传').click();
    await heading(page, '上传没有完成').waitFor();
    await button(page, '继续上传').waitFor();
    const address = new URL(page.url()).pathname;

    const again = await as('verify', '/registers');
    await again.getByText('没办完的数据接收').waitFor();
    await settled(again);
    await look(again, 'unfinished');
    await again.getByRole('link', { name: '大机动车.csv' }).click();
    await heading(again, '上传没有完成').waitFor();
    expect(new URL(again.url()).pathname).toBe(address);
    await choose(again, '另一个.csv', titles);
    await button(again, '继续上传').click();
    await again.getByRole('alert').getByText('这不是原来的文件').waitFor();
    await look(again, 'upload-other-file');
    let resumed = 0;
    again.on('request', (request) => { if (request.url().endsWith('/content')) resumed++; });
    await choose(again, '大机动车.csv', text);
    await button(again, '继续上传').click();
    await heading(again, '确认各列的内容').waitFor({ timeout: 60_000 });
    expect(resumed).toBe(Math.ceil(Buffer.byteLength(text) / pieceBytes) - 1); // nothing is sent twice
    await button(again, '确认并开始检查').click();
    await again.getByText('已接收').first().waitFor({ timeout: 60_000 });
    await button(again, '撤回这次接收').click();
    await again.getByRole('dialog').getByRole('button', { name: '撤回这次接收' }).click();
    await again.getByText('不再用于查询').first().waitFor();
  });

  it('are listed as they came, newest first', async () => {
    const page = await as('verify', '/registers/vehicles/delivery');
    // The file that replaced the first one is gone, and the first one with it.
    await begin(page, '机动车.csv', vehicles(), daysBefore(verifier.today, 7));
    await heading(page, '确认各列的内容').waitFor();
    await button(page, '确认并开始检查').click();
    await page.getByText('已接收').first().waitFor({ timeout: 60_000 });
    await page.goto('/registers/deliveries');
    await page.getByRole('row').filter({ hasText: '大机动车.csv' }).getByText('已撤回').waitFor();
    await settled(page);
    await look(page, 'deliveries');
    await page.getByLabel('数据种类').selectOption({ label: '死亡与火化登记' });
    await page.getByText('还没有接收过数据').waitFor();
  });

  it('may be put into use before their data are there', async () => {
    const page = await as('verify', '/registers');
    await button(page, '启用：不动产登记').click();
    await page.getByText('目前没有有效数据').waitFor();
    await look(page, 'use');
    await page.getByRole('dialog').getByRole('button', { name: '启用', exact: true }).click();
    await page.getByText('已启用但没有可用的新数据：不动产登记').waitFor();
    await settled(page);
    await look(page, 'catalogue-needed');
  });

  it('are asked about a household before it is reported upon', async () => {
    const page = await as('verify', caseAt);
    await button(page, '从核对数据查询').waitFor();
    await settled(page);
    await look(page, 'lookup-first');
    await button(page, '从核对数据查询').click();
    await page.getByText('下列数据已启用，但没有可用的新数据').waitFor();
    await settled(page);
    await look(page, 'lookup-incomplete');

    const other = await as('approver', '/registers');
    await button(other, '停用：不动产登记').click();
    await other.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await other.getByText('已停用').first().waitFor();

    await button(page, '重新查询').click();
    await page.getByText('下列数据已启用，但没有可用的新数据').waitFor({ state: 'detached' });
    const [father, mother, , son] = people as [Person, Person, Person, Person];
    const of = (person: Person) => page.locator('fieldset.row').filter({ has: page.locator('legend').filter({ hasText: person.name }) });
    await of(father).getByText('名下有机动车').waitFor();
    expect(await of(father).getByLabel('核对结果').inputValue()).toBe('clue_found');
    expect(await of(mother).getByLabel('核对结果').inputValue()).toBe('no_anomaly');
    await of(son).getByText('登记的姓名与本人不同').waitFor();
    await page.getByText('多于申报').waitFor();
    await settled(page);
    await look(page, 'lookup');

    // Below what the registers say only with a reason.
    await of(son).getByLabel('核对结果').selectOption('no_anomaly');
    await button(page, '提交核对报告').click();
    await of(son).locator('.field.is-invalid').first().waitFor();
    await of(son).getByRole('button', { name: '不采信' }).click();
    await button(page, '提交核对报告').click();
    await of(son).getByText('请写明不采信的理由').waitFor();
    await look(page, 'lookup-refused');
    await of(son).getByLabel('不采信的理由').fill('登记姓名为王大永，经查不是本人');
    await of(mother).getByRole('button', { name: '再加一条发现' }).click();
    await of(mother).getByLabel('数据来源').fill('走访邻里');
    await of(mother).getByLabel('核对情况').fill('平时在家');
    await look(page, 'lookup-answered');
    await button(page, 'English').click();
    await page.getByText('Ask again').first().waitFor();
    await settled(page);
    await look(page, 'lookup-english');
    await button(page, '中文').click();
    await button(page, '提交核对报告').click();
    await page.getByText('核对报告有效').waitFor();
    await page.getByText('不采信：登记姓名为王大永，经查不是本人').waitFor();
    await settled(page);
    await look(page, 'report');
  });

  it('are shown to who may see findings, and read by inspectors', async () => {
    const assistant = await as('assistant', caseAt);
    await assistant.getByText('核对报告有效').waitFor();
    await settled(assistant);
    await look(assistant, 'report-assistant');
    await assistant.goto('/registers');
    await assistant.getByText('机动车登记').first().waitFor();
    expect(await assistant.getByRole('button', { name: /^接收数据/ }).count()).toBe(0);
    const city = await as('city', '/registers');
    await settled(city);
    await look(city, 'catalogue-city');
    await city.getByRole('link', { name: '接收记录' }).click();
    await city.getByRole('link', { name: '大机动车.csv' }).waitFor();
  });

  it('are looked at by rules whose limits the county sets', async () => {
    const page = await as('approver', '/registers');
    await page.getByRole('link', { name: '核对规则' }).click();
    await button(page, '修改规则：名下有机动车').click();
    await page.getByLabel('条件', { exact: true }).fill('cars >= 2');
    await button(page, '保存').click();
    await page.getByText('第 1 个字符处看不懂：cars').first().waitFor();
    await settled(page);
    await look(page, 'rule-wrong');
    await page.getByLabel('条件', { exact: true }).fill('vehicles >= 2');
    await button(page, '保存').click();
    await page.getByRole('row').filter({ hasText: '名下有机动车' }).getByText('本县设定').waitFor();
    await settled(page);
    await look(page, 'rules');
    await button(page, '修改规则：名下有机动车').click();
    await page.getByLabel('条件', { exact: true }).fill('vehicles >= 1');
    await button(page, '保存').click();
    await page.getByRole('row').filter({ hasText: '名下有机动车' }).getByText('按目录').waitFor();
  });

  it('are put out of use again by who does not write reports', async () => {
    const page = await as('approver', '/registers');
    await button(page, '停用：机动车登记').click();
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '机动车登记' }).getByText('未启用').waitFor();
    await button(page, 'English').click();
    await page.getByText('Catalogue of registers').first().waitFor();
    await settled(page);
    await look(page, 'catalogue-english');
  });

  it('are closed to who has no business there', async () => {
    const page = await as('funds', '/registers');
    expect(await page.getByRole('link', { name: '核对数据', exact: true }).count()).toBe(0);
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
