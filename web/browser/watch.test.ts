// What registers bring about those in benefit, each share in the browser by its own account: a delivery opens alerts, the
// township's assistant visits, the approver stops one benefit and cuts another, a false alarm is muted, and a check of
// the whole county names the same households. Changes benefits and lets days pass, so run it against a demonstration that
// may be thrown away (tools/with-demo-server). The registers are delivered through the API and put out of use again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { baseUrl, lookAt, openBrowser, settled, signIn, visit, type Visit } from './harness';

const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
const county = '140302';
const township = '140302001';
/** Of the demonstration's cadre. */
const village = '140302001001';
/** Of tests/scenarios/client.mjs, which is plain JavaScript: answers come as the server sends them. */
interface Desk { act: (method: string, path: string, body?: unknown) => Promise<any>; today: string }
interface Household { award: string; name: string; region: string; numbers: Record<string, string>; names: Record<string, string> }
let browser: Browser;
let verify: Desk;
let officer: Desk;
let approver: Desk;
let passDays: (days: number, ...desks: Desk[]) => Promise<void>;
const opened: Visit[] = [];
const used: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  process.env.BASE_URL = baseUrl();
  const client = await import(new URL('../../tests/scenarios/client.mjs', import.meta.url).href);
  passDays = client.passDays;
  [verify, officer, approver] = await Promise.all([client.Desk.of('verify'), client.Desk.of('county'), client.Desk.of('approver')]);
});
afterAll(async () => {
  for (const register of used) await approver.act('POST', `/registers/${register}/use`, { is_used: false });
  await browser?.close();
});

async function deliver(register: string, rows: string[][]): Promise<void> {
  const content = Buffer.from(`${rows.map((row) => row.join(',')).join('\n')}\n`);
  const begun = await verify.act('POST', '/registers/deliveries', { register_code: register, file_name: `${register}.csv`, size: content.length, as_of: verify.today });
  const path = `/registers/deliveries/${county}/${begun.id}`;
  const piece = new FormData();
  piece.append('offset', '0');
  piece.append('piece', new Blob([content]), 'piece');
  await verify.act('POST', `${path}/content`, piece);
  used.push(register);
  await verify.act('POST', `${path}/columns`, { shape: { encoding: 'utf_8', separator: ',', has_header: true }, columns: rows[0]!.map((each) => ({ column: each, in_file: each })) });
  await expect.poll(async () => (await verify.act('GET', path)).state, { timeout: 20_000, interval: 300 }).toBe('accepted');
}

/** Households in benefit of the assistant's township, one of the cadre's village first, with the numbers of their people. */
async function householdsInBenefit(count: number): Promise<Household[]> {
  const { items } = await officer.act('GET', '/awards?state=active');
  const own = items.filter((each: { region_code: string }) => each.region_code.startsWith(township))
    .sort((one: { member_count: number }, other: { member_count: number }) => other.member_count - one.member_count);
  const neighbour = own.findIndex((each: { region_code: string }) => each.region_code === village);
  own.unshift(...own.splice(neighbour, 1));
  own.length = count;
  const found: Household[] = [];
  for (const each of own) {
    const { persons } = await officer.act('GET', `/cases/${county}/${each.case_id}`);
    const household: Household = { award: each.id, name: each.holder_name, region: each.region_code, numbers: {}, names: {} };
    for (const person of persons) {
      const { citizen_number } = await officer.act('POST', `/cases/${county}/${each.case_id}/reveal`, { person: person.key, reason: '准备核对数据' });
      household.numbers[person.key] = citizen_number;
      household.names[person.key] = person.name;
    }
    found.push(household);
  }
  return found;
}

async function as(login: string, at = '/'): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}
const look = (page: Page, name: string): Promise<void> => lookAt(page, `watch-${name}`);
const heading = (page: Page, text: string | RegExp): Locator => page.getByRole('heading', { name: text });
const news = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('status').filter({ hasText: text }).first().waitFor();
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const who = (page: Page, household: Household): Locator => page.locator('table').getByRole('link', { name: household.name, exact: true }).first();

describe.sequential('the watch over those in benefit', () => {
  let bought: Household;
  let mistaken: Household;
  let widowed: Household;
  let flown: Household;

  it('is woken by deliveries of registers', async () => {
    const page = await as('assistant', '/alerts');
    await page.getByText('没有等待入户核查的提醒').waitFor();
    await look(page, 'none');
    const found = await householdsInBenefit(4);
    expect(found).toHaveLength(4);
    [bought, mistaken, widowed, flown] = found as [Household, Household, Household, Household];
    const today = verify.today;
    await deliver('vehicles', [
      ['所有人证件号', '所有人', '登记日期', '号牌', '车辆类型', '价格'],
      [bought.numbers.m1!, bought.names.m1!, today, '晋C·12345', '小型轿车', '86000'],
      [bought.numbers.m1!, bought.names.m1!, today, '晋C·54321', '小型面包车', '31000'],
      [mistaken.numbers.m1!, '王二小', today, '晋C·99999', '小型轿车', '45000'],
    ]);
    await deliver('deaths', [['身份证号', '姓名', '死亡日期', '火化日期'], [widowed.numbers.m1!, widowed.names.m1!, today, today]]);
    await deliver('flights', [
      ['证件号码', '姓名', '航班日期', '航班号', '起飞地', '到达地'],
      [flown.numbers.m1!, flown.names.m1!, today, 'MU2401', '太原', '上海'],
    ]);
    const { items } = await verify.act('GET', '/watch/alerts?state=open');
    expect(items.map((each: { award: string }) => each.award).sort()).toEqual(found.map((each) => each.award).sort());
  });

  it('is a task for the village, which is not told why', async () => {
    const page = await as('village');
    const tasks = page.getByRole('region', { name: '入户核查任务' });
    await tasks.waitFor();
    const own = [bought, mistaken, widowed, flown].filter((each) => each.region === village);
    expect(own).toContain(bought);
    expect(await tasks.locator('tbody tr').count()).toBe(own.length);
    for (const each of own) await tasks.getByText(each.name, { exact: true }).waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/车|飞机|死亡/);
    await look(page, 'home-village');
  });

  it('stands on the work list of the assistant, who visits and proposes', async () => {
    const page = await as('assistant');
    const tile = page.getByRole('link', { name: /4 条核查提醒等待入户核查/ });
    await tile.waitFor();
    await look(page, 'home-assistant');
    await tile.click();
    await heading(page, '核查提醒').waitFor();
    await who(page, bought).waitFor();
    await look(page, 'list-open');
    await page.getByLabel('提醒类型').selectOption('death');
    await settled(page);
    await who(page, widowed).waitFor();
    expect(await who(page, bought).count()).toBe(0);
    await page.getByLabel('提醒类型').selectOption('');
    await who(page, bought).click();
    await heading(page, /新购车辆/).waitFor();
    await page.getByText('晋C·12345').waitFor();
    await page.getByText('提醒本身不会改变待遇').waitFor();
    await button(page, '提交核查情况').click();
    await page.getByRole('alert').getByText('请填写核查情况').waitFor();
    await look(page, 'visit-form');
    await page.getByLabel('核查情况').fill('11月27日到该户家中，见到户主本人。院内停放登记的小型轿车，面包车已转卖。');
    await page.getByLabel('家庭的说明和提供的证明').fill('称由女儿出资购买，未能出示付款凭据。');
    await page.getByLabel('乡镇建议').selectOption('stop');
    await button(page, '提交核查情况').click();
    await news(page, '等待县级审批人决定');
    await page.getByText('等待县级审批人决定。').first().waitFor();
    await look(page, 'visited');

    await page.goto('/alerts');
    await who(page, widowed).click();
    await page.getByLabel('核查情况').fill('村委会和家属证实，户主已去世，其余成员生活如前。');
    await page.getByLabel('乡镇建议').selectOption('cut');
    await button(page, '提交核查情况').click();
    await news(page, '等待县级审批人决定');
  });

  it('is decided by the approver: one benefit stops, one is cut, each with its notice', async () => {
    const page = await as('approver');
    const tile = page.getByRole('link', { name: /2 条核查提醒等待您决定/ });
    await tile.waitFor();
    await look(page, 'home-approver');
    await tile.click();
    await who(page, bought).waitFor();
    await look(page, 'list-checked');
    await who(page, bought).click();
    await page.getByText('乡镇（街道）建议：停发').waitFor();
    await button(page, '决定停发').click();
    await page.getByRole('alert').getByText('请选择停发原因').waitFor();
    await page.getByLabel('停发原因').selectOption('no_longer_eligible');
    await page.getByLabel('停发的事实和理由').fill('经核查，该户新购小型轿车一辆，不能说明购车款来源，不再符合低保条件。');
    await page.getByText('不再发放').waitFor();
    await look(page, 'decision-stop');
    await button(page, '决定停发').click();
    await news(page, '决定已作出');
    const ending = page.getByRole('link', { name: '打开停发决定书（PDF）' });
    await ending.waitFor();
    await look(page, 'stopped');
    const ended = await page.request.get(new URL((await ending.getAttribute('href'))!, baseUrl()).href);
    expect((await ended.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await page.goto('/alerts');
    await who(page, widowed).click();
    await page.getByLabel('调整后的金额').fill('99999');
    await button(page, '决定减发').click();
    await page.getByRole('alert').getByText('减发后的金额应低于现在的').first().waitFor();
    await page.getByLabel('调整后的金额').fill('1');
    await page.getByText(/每月减少/).waitFor();
    await page.getByLabel('从核对数据和核查情况中选用……').selectOption({ index: 1 });
    expect(await page.getByLabel('依据条文').inputValue()).not.toBe('');
    await look(page, 'decision-cut');
    await button(page, '决定减发').click();
    await news(page, '决定已作出');
    const adjustment = page.getByRole('link', { name: '打开调整决定书（PDF）' });
    await adjustment.waitFor();
    const adjusted = await page.request.get(new URL((await adjustment.getAttribute('href'))!, baseUrl()).href);
    expect((await adjusted.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('link', { name: '打开待遇页面' }).click();
    await page.getByText('¥1.00').first().waitFor();
    await page.getByRole('link', { name: '死亡登记' }).waitFor();
    await look(page, 'award');
  });

  it('is muted where it was a false alarm; a colleague who is late keeps what was typed', async () => {
    const assistant = await as('assistant', '/alerts');
    await who(assistant, mistaken).click();
    await assistant.getByText('请核实是不是同一个人').first().waitFor();
    await assistant.getByLabel('核查情况').fill('该户没有车辆。');
    await assistant.getByLabel('乡镇建议').selectOption('keep');
    const page = await as('county', new URL(assistant.url()).pathname);
    await button(page, '暂停提醒').click();
    await page.getByText('出现新的核对数据时，立即重新提醒').waitFor();
    await page.getByLabel('暂停多久').selectOption({ index: 2 });
    await page.getByLabel('暂停提醒的理由').fill('车管部门复函：身份证号录入有误，车辆属他人。');
    await look(page, 'mute-form');
    await button(page, '暂停提醒').click();
    await news(page, '提醒已暂停');
    await page.getByText('车管部门复函').waitFor();
    await look(page, 'muted');
    await button(assistant, '提交核查情况').click();
    await assistant.locator('[data-key=conflict]').waitFor();
    await button(assistant, '载入最新内容').click();
    await assistant.getByText('这条提醒已由他人办理').waitFor();
    expect(await assistant.getByLabel('核查情况').inputValue()).toBe('该户没有车辆。');
    await look(assistant, 'late');
  });

  it('is run for the whole county, and shows whom it flags and why', async () => {
    const page = await as('county', '/recipient-checks');
    await page.getByText('还没有进行过定期核对').waitFor();
    await look(page, 'checks-none');
    await button(page, '开始核对').click();
    await page.waitForURL(/\/recipient-checks\/140302\/.+/);
    await page.getByText('核对户数').waitFor();
    await page.getByText('所用的核对数据').waitFor();
    await settled(page);
    await look(page, 'check');
    await who(page, flown).click();
    await heading(page, /的核对结果$/).waitFor();
    await page.getByText('MU2401').waitFor();
    await look(page, 'household');
    await page.getByRole('link', { name: '返回这次核对' }).click();
    await who(page, mistaken).click();
    // A car under another name is a clue, and nothing that the household should have declared.
    await page.getByText('名下有机动车').first().waitFor();
    await look(page, 'household-declared');
    await page.getByRole('link', { name: '返回这次核对' }).click();
    await page.getByRole('link', { name: /^无异常/ }).click();
    await settled(page);
    await page.goto('/recipient-checks');
    await page.getByText('已完成', { exact: true }).waitFor();
    await look(page, 'checks');
    const assistant = await as('assistant', '/recipient-checks');
    await assistant.getByText('的全部在保家庭').waitFor();
    await look(assistant, 'checks-township');
  });

  it('tells what is overdue, is read from above in English too, and is closed to villages', async () => {
    await passDays(20, verify, officer, approver);
    const page = await as('assistant');
    await page.getByText('超期 1').first().waitFor();
    await page.goto('/alerts');
    await page.getByText(/已超期 \d+ 天/).waitFor();
    await look(page, 'overdue');
    const city = await as('city', '/alerts?state=decided');
    await who(city, bought).waitFor();
    await button(city, 'English').click();
    await heading(city, 'Alerts').waitFor();
    await look(city, 'list-english');
    await who(city, bought).click();
    await city.getByText('Open the notice of ending (PDF)').waitFor();
    expect(await city.getByText('What can be done now').count()).toBe(0);
    await look(city, 'alert-english');
    await city.goto('/recipient-checks');
    await settled(city);
    await city.locator('table a').first().click();
    await city.getByText('Registers that were asked').waitFor();
    await look(city, 'check-english');
    const village = await as('village');
    expect(await village.getByRole('link', { name: '核查提醒' }).count()).toBe(0);
    await village.goto('/alerts');
    await heading(village, /没有|不能|无权/).first().waitFor();
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
