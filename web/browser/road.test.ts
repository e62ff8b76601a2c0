// One application on its whole road, each level's share done in the browser by that level's own account of the
// demonstration: filed, accepted, verified, visited, proposed, hung out, reviewed, decided, delivered. Lets days pass on
// the server, so run it against a demonstration that may be thrown away (tools/with-demo-server).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { lookAt, openBrowser, settled, shot, signIn, stickingOut, visit, type Visit } from './harness';

const password = process.env.JIUZHU_DEMO_PASSWORD ?? 'jiuzhu-demo-1';
let browser: Browser;
const opened: Visit[] = [];

beforeAll(async () => { browser = await openBrowser(); });
afterAll(() => browser?.close());

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** An invented citizen's number: the prefix was never given to a region. */
function inventedNumber(birth: string, sequence: number): string {
  const digits = `140399${birth}${String(sequence).padStart(3, '0')}`;
  return digits + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11];
}
const lot = Date.now() % 490;
const mother = inventedNumber('19850412', (lot * 2) % 1000);
const son = inventedNumber('20140903', (lot * 2 + 1) % 1000);
const applicant = '石秋月';

async function as(login: string, at: string): Promise<Page> {
  const guest = await visit(browser);
  opened.push(guest);
  await signIn(guest.page, login, password, at);
  return guest.page;
}

const look = (page: Page, name: string): Promise<void> => lookAt(page, `road-${name}`);

const heading = (page: Page, text: string): Locator => page.getByRole('heading', { name: text });
const news = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('status').filter({ hasText: text }).first().waitFor();
/** A real picture: what is on the screen. The name behind it makes equal screens different files. */
async function picture(page: Page, name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  return { name, mimeType: 'image/jpeg', buffer: Buffer.concat([await page.screenshot({ type: 'jpeg', quality: 40 }), Buffer.from(name)]) };
}
/** A picture is loaded when it comes into sight. */
async function drawn(image: Locator): Promise<boolean> {
  await image.scrollIntoViewIfNeeded();
  return image.evaluate(async (each: HTMLImageElement) => {
    await each.decode();
    return each.naturalWidth > 0;
  });
}
const next = (page: Page): Promise<void> => page.getByRole('button', { name: '下一步' }).click();

/** From the work list to the part of the case where the step is taken. */
async function openStep(page: Page, step: string): Promise<void> {
  await settled(page);
  await page.getByRole('button', { name: `去办理：${step}` }).click();
  await settled(page);
}

describe.sequential('the road of one application', () => {
  let address = '';

  it('is filed by the township', async () => {
    const page = await as('assistant', '/cases/new');
    await heading(page, '登记新申请').waitFor();
    await next(page);
    await page.getByRole('alert').waitFor(); // nothing is chosen yet
    await look(page, 'intake-1');
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await page.getByLabel('村（社区）').selectOption({ index: 1 });
    await next(page);

    const first = page.locator('fieldset.entry').nth(0);
    await first.getByLabel('姓名').fill(applicant);
    await first.getByLabel('公民身份号码').fill(mother.slice(0, 17) + (mother[17] === '0' ? '1' : '0'));
    await first.getByText('校验位不符').waitFor();
    await first.getByLabel('公民身份号码').fill(mother);
    await first.getByText('1985年4月12日').waitFor();
    await first.getByLabel('户口在本县（市、区）').selectOption('yes');
    await first.getByLabel('户口类别').selectOption('unified');
    await first.getByLabel('符合城镇条件').selectOption('yes');
    await first.getByLabel('劳动能力').selectOption('partial');
    await first.getByLabel('已就业').selectOption('yes');
    await page.getByRole('button', { name: '增加家庭成员' }).click();
    const second = page.locator('fieldset.entry').nth(1);
    await second.getByLabel('姓名', { exact: true }).fill('石小松');
    await second.getByLabel('公民身份号码').fill(son);
    await second.getByText(/· 男 ·/).waitFor();
    await second.getByLabel('与申请人关系').selectOption('child');
    await second.getByLabel('代签的法定代理人').fill(applicant);
    await second.getByLabel('户口在本县（市、区）').selectOption('yes');
    await page.getByRole('button', { name: '未签的授权书都记为今天签署' }).click();
    await look(page, 'intake-2');
    await next(page);

    await page.getByRole('button', { name: '增加收入' }).click();
    const income = page.locator('fieldset.entry:visible').nth(0);
    await income.getByLabel('种类').selectOption('wages');
    await income.getByLabel('归属').selectOption({ label: applicant });
    await income.getByLabel('金额').fill('６００');
    await page.getByRole('button', { name: '增加财产' }).click();
    const deposit = page.locator('fieldset.entry:visible').nth(1);
    await deposit.getByLabel('种类').selectOption('deposit');
    await deposit.getByLabel('价值').fill('1,200');
    await look(page, 'intake-3');
    await next(page);

    await next(page);
    await page.getByText('必须申报').first().waitFor(); // silence is no answer
    await page.getByLabel('没有', { exact: true }).check();
    await page.getByLabel('账户类型').selectOption('passbook');
    await page.getByLabel('账号').fill('1403 0012 3456 7890');
    await page.getByLabel('户名').selectOption({ label: applicant });
    await page.getByLabel('开户银行').fill('阳泉市农村信用合作联社');
    await look(page, 'intake-4');
    await next(page);
    await page.getByText('签字的诚信承诺书').waitFor(); // told before it is sent
    await look(page, 'intake-5');
    await page.getByRole('button', { name: '上一步' }).click();
    await page.getByLabel('已签署诚信承诺书').check();
    await next(page);
    await page.getByText('材料齐全').waitFor();

    // Somewhere else and back: what was typed is still there.
    await page.getByRole('link', { name: '待办事项' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goBack();
    await page.getByRole('button', { name: /核对和提交/ }).click();
    await page.getByText('材料齐全').waitFor();
    await page.getByRole('button', { name: '提交申请' }).click();
    await heading(page, '申请已登记').waitFor();
    expect(await page.locator('[data-testid="case-number"]').innerText()).toMatch(/^140302U\d{10}$/);
    await look(page, 'receipt');
    await page.getByRole('button', { name: '打开申请档案' }).click();
    await heading(page, `${applicant}的申请`).waitFor();
    address = new URL(page.url()).pathname;
    expect(await page.content()).not.toContain(mother);
    await look(page, 'case-filed');
  });

  it('cannot be filed twice, and loses nothing that was typed', async () => {
    const page = await as('assistant2', '/cases/new');
    await page.getByLabel('救助项目').selectOption('urban_minimum_living');
    await page.getByLabel('村（社区）').selectOption({ index: 1 });
    await next(page);
    await page.getByLabel('姓名').fill(applicant);
    await page.getByLabel('公民身份号码').fill(mother);
    await next(page);
    await next(page);
    await page.getByLabel('没有', { exact: true }).check();
    await next(page);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.locator('[data-key="case.persons_elsewhere"]').waitFor();
    await page.locator('[data-key="case.persons_elsewhere"] .errors a').first().click();
    expect(await page.getByLabel('公民身份号码').inputValue()).toBe(mother);
    expect(await page.getByLabel('公民身份号码').getAttribute('aria-invalid')).toBe('true');
  });

  it('is corrected before it is accepted', async () => {
    const page = await as('assistant', address);
    await page.getByRole('button', { name: '更正申请' }).click();
    await heading(page, `更正${applicant}的申请`).waitFor();
    await page.getByRole('button', { name: '调取身份号码' }).click();
    await page.getByLabel('查看原因').fill('更正收入');
    await page.getByRole('dialog').getByRole('button', { name: '调取身份号码' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /收入、财产和义务人/ }).click();
    await page.getByLabel('金额').fill('650');
    await page.getByRole('button', { name: /申报、账户和承诺/ }).click();
    await page.getByLabel('账号').fill('1403001234567890');
    await page.getByRole('button', { name: /核对和提交/ }).click();
    await page.getByText('材料齐全').waitFor();
    await look(page, 'correction');
    await page.getByRole('button', { name: '保存更正' }).click();
    await heading(page, `${applicant}的申请`).waitFor();
    await page.getByText('¥650.00').first().waitFor();
  });

  it('gets its papers, from a desk and from a phone', async () => {
    const page = await as('assistant', `${address}?part=documents`);
    await page.getByText('还没有材料').waitFor();
    expect(await page.getByLabel('选择文件').isDisabled()).toBe(true); // the kind comes first
    await page.getByLabel('材料类别').selectOption('identity_paper');
    await page.getByLabel('属于谁').selectOption({ label: applicant });
    await page.getByLabel('名称').fill('身份证正反面');
    const card = await picture(page, 'card.jpg');
    await page.getByLabel('选择文件').setInputFiles([card, { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 letter') }]);
    await page.getByRole('heading', { name: '共 2 份材料' }).waitFor();
    expect(await drawn(page.locator('.thumbnail img').first())).toBe(true);
    // Once more the same, and something that only looks like a picture.
    await page.getByLabel('选择文件').setInputFiles([card, { name: 'paper.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload="x()"/>') }]);
    await page.getByText('没有重复保存').waitFor();
    await page.locator('[data-key="content.type_refused"]').waitFor();
    await page.getByRole('heading', { name: '共 2 份材料' }).waitFor();
    await look(page, 'documents');

    const phone = await visit(browser, 'phone');
    opened.push(phone);
    await signIn(phone.page, 'village', password, `${address}?part=documents`);
    await phone.page.getByLabel('材料类别').selectOption('household_register');
    await phone.page.getByLabel('拍照').setInputFiles(await picture(phone.page, 'IMG_20190802.jpg'));
    await phone.page.getByRole('heading', { name: '共 3 份材料' }).waitFor();
    expect(await stickingOut(phone.page)).toEqual([]);
    const register = phone.page.locator('li.document').filter({ hasText: '户口簿' });
    expect(await drawn(register.locator('img'))).toBe(true);
    await register.getByRole('button', { name: '移除户口簿' }).click();
    await phone.page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
    await phone.page.getByRole('dialog').getByRole('alert').waitFor(); // not without a reason
    await shot(phone.page, 'road-document-removal');
    await phone.page.getByLabel('移除原因').fill('拍得不清楚');
    await phone.page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
    await news(phone.page, '已移除');
    await phone.page.getByText('已移除的材料（1）').click();
    await phone.page.getByText('拍得不清楚').waitFor();
    expect(await phone.page.getByRole('button', { name: '移除身份证正反面' }).count()).toBe(0); // the township added it
    await shot(phone.page, 'road-documents-village');
  });

  it('is accepted and sent to be verified; a colleague who is late keeps what was typed', async () => {
    const page = await as('assistant', address);
    const late = await as('assistant2', address);
    await page.getByRole('button', { name: '受理', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '受理' }).click();
    await news(page, '已办理：受理');
    await late.getByRole('button', { name: '受理', exact: true }).click();
    await late.getByRole('dialog').getByRole('button', { name: '受理' }).click();
    await late.locator('[data-key="case.changed_meanwhile"]').waitFor();

    await page.getByRole('link', { name: '申请情况' }).click();
    await page.getByRole('button', { name: /显示完整号码.*石秋月/ }).click();
    await page.getByLabel('查看原因').fill('核对身份证原件');
    await page.getByRole('dialog').getByRole('button', { name: '显示完整号码' }).click();
    await page.getByText(mother.slice(6, 14)).waitFor();
    await page.getByRole('link', { name: '测算', exact: true }).click();
    await page.getByText('测算说明').waitFor();
    await look(page, 'case-assessment');

    await openStep(page, '发起核对');
    await page.getByRole('button', { name: '发起核对', exact: true }).click();
    await page.getByText('等待报告').waitFor();
  });

  it('is verified by the verification agency', async () => {
    const page = await as('verify', address);
    await openStep(page, '录入核对报告');
    await page.getByLabel('核对结果').first().selectOption('no_anomaly');
    await page.getByRole('button', { name: '提交核对报告' }).click();
    await page.getByRole('alert').getByText('石小松').waitFor(); // everybody needs a row
    await page.getByRole('button', { name: '其余人员均无异常' }).click();
    await look(page, 'verification-report');
    await page.getByRole('button', { name: '提交核对报告' }).click();
    await page.getByText('核对报告有效').waitFor();
    await look(page, 'verification');
  });

  it('is visited by two', async () => {
    const page = await as('assistant', `${address}?part=visits`);
    // Not before a complete visit is recorded, and the reason is told.
    await page.getByRole('button', { name: '结束入户调查', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '结束入户调查', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '登记入户调查' }).click();
    await page.getByLabel('入户地点').fill('油娄沟社区3号楼2单元');
    await page.getByRole('checkbox', { name: /史俊杰/ }).check();
    await page.getByRole('button', { name: '保存调查记录' }).click();
    await page.getByRole('alert').getByText('至少两名').waitFor();
    await page.getByRole('checkbox', { name: /石玉梅/ }).check();
    for (const box of await page.getByRole('checkbox', { name: /已签字$/ }).all()) await box.check();
    await page.getByLabel('在场家庭成员', { exact: true }).selectOption({ label: applicant });
    await page.getByLabel('生活状况').fill('租住两居室，陈设简单。');
    await page.getByLabel('收入', { exact: true }).fill('本人做保洁，每月650元，与申报一致。');
    await page.getByLabel('财产', { exact: true }).fill('存款1200元，无车辆。');
    await page.getByLabel('与申报是否一致').selectOption('consistent');
    await page.getByLabel('选择照片').setInputFiles([await picture(page, 'room.jpg'), await picture(page, 'kitchen.jpg')]);
    await page.getByRole('checkbox', { name: /照片2/ }).waitFor();
    expect(await page.getByRole('checkbox', { name: /照片2/ }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: /照片1/ }).uncheck();
    expect(await drawn(page.locator('.photos .thumbnail img').first())).toBe(true);
    await look(page, 'visit-form');
    await page.getByRole('button', { name: '保存调查记录' }).click();
    await page.getByRole('heading', { name: /乡镇（街道）入户调查/ }).waitFor();
    expect(await page.locator('article.visit .thumbnail').count()).toBe(1);
    expect(await drawn(page.locator('article.visit .thumbnail img'))).toBe(true);
    await look(page, 'visits');
    await page.getByRole('button', { name: '结束入户调查', exact: true }).click();
    await news(page, '入户调查已结束');
  });

  it('is proposed for approval and hung out', async () => {
    const page = await as('township', address);
    await openStep(page, '提出拟保障意见并公示');
    await page.getByLabel('公示地点').fill('油娄沟社区公示栏\n上站街道便民大厅');
    await look(page, 'opinion');
    await page.getByRole('button', { name: '提出意见并张贴公示' }).click();
    await page.getByRole('heading', { name: /乡镇（街道）公示/ }).waitFor();
    const sheet = await page.getByRole('link', { name: /打开公示单/ }).getAttribute('href');
    const answer = await page.request.get(sheet!);
    expect(answer.headers()['content-type']).toContain('application/pdf');
    await page.getByRole('button', { name: '结束公示' }).first().waitFor();
    expect(await page.getByRole('button', { name: '结束公示', exact: true }).isDisabled()).toBe(true); // its days are not over
    await look(page, 'publicity');
  });

  it('is read by anybody, without what must not be shown', async () => {
    const guest = await visit(browser, 'phone');
    opened.push(guest);
    await guest.page.goto('/public');
    await guest.page.getByRole('heading', { name: /石\*\*/ }).first().waitFor();
    const text = await guest.page.innerText('body');
    expect(text).not.toContain(applicant);
    expect(text).not.toContain('石小松');
    expect(text).not.toContain(mother.slice(0, 14));
    await look(guest.page, 'public');
  });

  it('meets an objection, which is settled', async () => {
    const page = await as('assistant', `${address}?part=publicity`);
    await page.getByRole('button', { name: '登记异议' }).click();
    await page.getByLabel('反映渠道').selectOption('phone');
    await page.getByLabel('反映内容').fill('听说她有一辆车。');
    await page.getByRole('button', { name: '保存异议' }).click();
    await page.getByText('听说她有一辆车。').waitFor();
    await page.getByRole('button', { name: '异议不成立' }).click();
    await page.getByLabel('处理理由').fill('经车管所核实，名下无车辆。');
    await page.getByRole('button', { name: '异议不成立' }).click();
    await page.getByText('经车管所核实').first().waitFor();
  });

  it('is closed when its days have passed', async () => {
    const page = await as('township', address);
    await page.getByLabel('时间前进').selectOption('8');
    await page.getByRole('button', { name: '前进', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/login'); // the session's own time is over too
    await page.getByText('登录已失效').waitFor();
    await page.getByLabel('用户名').fill('township');
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((url) => url.pathname === address);
    await openStep(page, '结束公示');
    await page.getByRole('button', { name: '结束公示', exact: true }).click();
    await news(page, '公示已结束');
  });

  it('is reviewed by the county', async () => {
    const page = await as('county', address);
    await openStep(page, '完成县级审核');
    await page.getByLabel('对乡镇（街道）意见').selectOption('agree');
    await page.getByLabel('审核意见', { exact: true }).fill('材料齐全，程序合规，同意乡镇意见。');
    await page.getByRole('button', { name: '完成县级审核', exact: true }).click();
    await page.getByRole('alert').getByText('请先审阅全部材料').waitFor();
    await page.getByLabel('已全面审阅申请材料').check();
    await look(page, 'review');
    await page.getByRole('button', { name: '完成县级审核', exact: true }).click();
    await news(page, '县级审核已完成');
  });

  it('is approved by somebody who did neither', async () => {
    const page = await as('approver', address);
    await openStep(page, '批准');
    await look(page, 'decision');
    await page.getByRole('button', { name: '批准', exact: true }).click();
    await page.getByText('决定书文号').waitFor();
    const notice = await page.getByRole('link', { name: /打开决定书/ }).getAttribute('href');
    expect((await page.request.get(notice!)).headers()['content-type']).toContain('application/pdf');
    await look(page, 'approved');
  });

  it('reaches the family, and tells its whole story', async () => {
    const page = await as('assistant', `${address}?part=decision`);
    await page.getByLabel('送达方式').selectOption('in_person');
    await page.getByLabel('签收人').fill(applicant);
    await page.getByRole('button', { name: '保存送达' }).click();
    await page.getByText('直接送达').waitFor();
    await page.getByRole('link', { name: '办理经过' }).click();
    for (const step of ['登记申请', '受理', '发起核对', '结束入户调查', '结束公示', '完成县级审核', '批准']) {
      await page.getByRole('list', { name: '办理经过' }).getByText(step).first().waitFor();
    }
    await look(page, 'history');
    await page.goto('/');
    await settled(page);
    await look(page, 'work-list');
    await page.getByRole('link', { name: '申请档案' }).click();
    await page.getByLabel('按公民身份号码查找').fill(mother);
    await page.getByRole('button', { name: '查找' }).last().click();
    await page.getByText('找到 1 件').waitFor();
    expect(page.url()).not.toContain(mother.slice(0, 8));
    await look(page, 'cases');
    expect(opened.flatMap((guest) => guest.faults)).toEqual([]);
  });
});
