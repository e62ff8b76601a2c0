// The road of an application: the intake form, then the demonstration's applications in each state, with the form that
// the state waits for.
import { it } from 'vitest';
import { settled } from '../harness';
import { as, button, caseIn, openStep, picture } from './camera';
import { inventedNumber } from './invented';

it('intake', async () => {
  const page = await as('assistant', '/cases/new');
  const next = () => button(page, '下一步').click();
  await picture(page, 'assistant-intake');
  await page.getByLabel('救助项目').selectOption('urban_minimum_living');
  await page.getByLabel('村（社区）').selectOption({ index: 1 });
  await next();
  const people = [['石秋月', inventedNumber('19850412', 902)], ['石小松', inventedNumber('20140903', 903)], ['石福来', '140399194811'], ['', '']] as const;
  for (const [at, [name, number]] of people.entries()) {
    if (at > 0) await button(page, '增加家庭成员').click();
    const entry = page.locator('fieldset.entry').nth(at);
    await entry.getByLabel('姓名', { exact: true }).fill(name);
    await entry.getByLabel('公民身份号码').fill(number);
  }
  await next();
  await page.getByRole('alert').first().waitFor();
  await picture(page, 'assistant-intake-errors');
  for (const at of [3, 2]) await page.locator('fieldset.entry').nth(at).getByRole('button', { name: /移除|删除/ }).click();
  await page.locator('fieldset.entry').nth(1).getByLabel('与申请人关系').selectOption('child');
  await page.locator('fieldset.entry').nth(1).getByLabel('代签的法定代理人').fill('石秋月');
  await button(page, '未签的授权书都记为今天签署').click();
  await next();
  await button(page, '增加收入').click();
  const income = page.locator('fieldset.entry:visible').nth(0);
  await income.getByLabel('种类').selectOption('wages');
  await income.getByLabel('归属').selectOption({ label: '石秋月' });
  await income.getByLabel('金额').fill('600');
  await button(page, '增加财产').click();
  const deposit = page.locator('fieldset.entry:visible').nth(1);
  await deposit.getByLabel('种类').selectOption('deposit');
  await deposit.getByLabel('价值').fill('1200');
  await picture(page, 'assistant-intake-means');
  await next();
  await page.getByLabel('没有', { exact: true }).check();
  await picture(page, 'assistant-intake-declarations');
  await next();
  await picture(page, 'assistant-intake-check');
  await button(page, '提交申请').click();
  await page.getByRole('heading', { name: '申请已登记' }).waitFor();
  await picture(page, 'assistant-intake-receipt');
  await button(page, '打开申请档案').click();
  await page.waitForURL(/\/cases\/\d{6}\/.+/);
  await settled(page);
  await as('assistant', new URL(page.url()).pathname);
  await picture(page, 'assistant-acceptance');
  await page.getByRole('link', { name: '材料', exact: true }).click();
  await settled(page);
  await page.getByLabel('材料类别').selectOption('identity_paper');
  await page.getByLabel('名称').fill('身份证正反面');
  const scan = await page.screenshot({ type: 'jpeg', quality: 40 });
  await page.getByLabel('选择文件').setInputFiles([{ name: 'card.jpg', mimeType: 'image/jpeg', buffer: scan }, { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 letter') }]);
  await page.getByRole('heading', { name: '共 2 份材料' }).waitFor();
  await page.locator('.thumbnail img').first().scrollIntoViewIfNeeded();
  await picture(page, 'assistant-documents');
});

it('accepted, verified, visited', async () => {
  const page = await as('assistant', '/');
  await as('assistant', await caseIn(page, 'filed'));
  await button(page, '受理').click();
  await picture(page, 'assistant-accept-dialog');
  await as('assistant', await caseIn(page, 'accepted'));
  await openStep(page, '发起核对');
  await picture(page, 'assistant-verification-order');

  const verify = await as('verify', '/');
  await as('verify', await caseIn(verify, 'verifying'));
  await openStep(verify, '录入核对报告');
  await button(verify, '其余人员均无异常').click();
  await picture(verify, 'verify-report');

  const investigating = await caseIn(page, 'investigating');
  await as('assistant', investigating);
  await picture(page, 'assistant-case');
  await page.getByRole('link', { name: '测算', exact: true }).click();
  await page.getByText('测算说明').waitFor();
  await settled(page);
  await picture(page, 'assistant-assessment');
  await as('assistant', `${investigating}?part=verification`);
  await picture(page, 'assistant-verification');
  await as('assistant', `${investigating}?part=visits`);
  await button(page, '登记入户调查').click();
  await page.getByLabel('入户地点').fill('油娄沟社区3号楼2单元');
  await page.getByRole('checkbox', { name: /史俊杰/ }).check();
  await picture(page, 'assistant-visit-form');
  await as('assistant', `${investigating}?part=appraisals`);
  await button(page, '登记民主评议').first().click();
  await picture(page, 'assistant-appraisal-form');

  const village = await as('village', '/');
  await as('village', await caseIn(village, 'investigating'));
  await picture(village, 'village-case');
});

it('proposed, hung out, objected to', async () => {
  const page = await as('township', '/');
  const waiting = await caseIn(page, 'awaiting_opinion');
  await as('township', `${waiting}?part=visits`);
  await picture(page, 'township-visits');
  await as('township', waiting);
  await openStep(page, '提出拟保障意见并公示');
  await page.getByLabel('公示地点').fill('油娄沟社区公示栏\n上站街道便民大厅');
  await picture(page, 'township-opinion');
  await as('township', `${await caseIn(page, 'township_publicity')}?part=publicity`);
  await picture(page, 'township-publicity');

  const assistant = await as('assistant', `${await caseIn(page, 'township_publicity')}?part=publicity`);
  await button(assistant, '登记异议').click();
  await assistant.getByLabel('反映渠道').selectOption('phone');
  await assistant.getByLabel('反映内容').fill('听说她有一辆车。');
  await picture(assistant, 'assistant-objection-form');
  await button(assistant, '保存异议').click();
  await assistant.getByText('听说她有一辆车。').first().waitFor();
  await button(assistant, '异议不成立').first().click();
  await assistant.getByLabel('处理理由').fill('经车管所核实，名下无车辆。');
  await picture(assistant, 'assistant-objection');
  await button(assistant, '异议不成立').last().click();
  await assistant.getByText('经车管所核实').first().waitFor();
});

it('reviewed, decided, delivered', async () => {
  const page = await as('township', '/');
  const address = await caseIn(page, 'township_publicity');
  await page.getByLabel('时间前进').selectOption('8');
  await button(page, '前进').click();
  await page.waitForURL((url) => url.pathname === '/login'); // the session's own time is over too
  await as('township', address);
  await openStep(page, '结束公示');
  await picture(page, 'township-publicity-close');
  await button(page, '结束公示').click();
  await page.getByRole('status').filter({ hasText: '公示已结束' }).first().waitFor();

  const county = await as('county', address);
  await picture(county, 'county-case');
  await openStep(county, '完成县级审核');
  await county.getByLabel('对乡镇（街道）意见').selectOption('agree');
  await county.getByLabel('审核意见', { exact: true }).fill('材料齐全，程序合规，同意乡镇意见。');
  await county.getByLabel('已全面审阅申请材料').check();
  await picture(county, 'county-review');
  await button(county, '完成县级审核').click();
  await county.getByRole('status').filter({ hasText: '县级审核已完成' }).first().waitFor();

  const approver = await as('approver', address);
  await openStep(approver, '批准');
  await picture(approver, 'approver-decision');
  await button(approver, '批准').click();
  await approver.getByText('决定书文号').waitFor();
  await as('approver', `${address}?part=decision`);
  await picture(approver, 'approver-decided');

  const assistant = await as('assistant', `${address}?part=decision`);
  await assistant.getByLabel('送达方式').selectOption('in_person');
  await assistant.getByLabel('签收人').fill('本人');
  await picture(assistant, 'assistant-delivery');
  await button(assistant, '保存送达').click();
  await assistant.getByText('直接送达').first().waitFor();
  await as('assistant', `${address}?part=history`);
  await picture(assistant, 'assistant-history');
  await picture(await as('city', address), 'city-case');
});
