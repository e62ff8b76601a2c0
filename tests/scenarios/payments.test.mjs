// From approval to the paid benefit and into the month after, through the real program: prepared, released, paid by the
// bank, settled by its answer. At every gate somebody tries to pay early, alone, twice or to the wrong account.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Desk, passDays } from './client.mjs';
import { startFamiliesAt } from './household.mjs';
import { Office } from './walk.mjs';

startFamiliesAt(400);
const runs = '/counties/140302/payment-runs';
const programme = 'urban_minimum_living';
const office = await Office.open();
const { assistant, county, approver } = office.desks;
const funds = await Desk.of('funds');
/// Holds the posts of the funds officer and of the approver, and so could pay alone if nothing stopped him.
const both = new Desk();
const everybody = () => [...Object.values(office.desks), funds, both];
/// Awards by what happens to them: `steady` is simply paid, `returned` is sent back by the bank, `ended` ends.
const awards = {};
let run;

const today = () => funds.today;
const month = () => today().slice(0, 7);
const plusMonths = (text, count) => {
  const index = Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};
const passUntil = (date) => passDays((Date.parse(date) - Date.parse(today())) / 86_400_000, ...everybody());
const prepare = (desk = funds, of = month()) => desk.send('POST', runs, { programme, month: of });
const actAs = async (desk, role) => {
  const session = await desk.act('GET', '/session');
  const { csrf_token: token } = await desk.act('PUT', '/session/acting', { grant: session.grants.find((grant) => grant.role === role).id });
  desk.token = token;
};

async function everyItem(of = run) {
  const items = [];
  for (let after = ''; ;) {
    const page = await funds.act('GET', `${runs}/${of.id}?filter=all${after}`);
    items.push(...page.items);
    if (!page.next) return items;
    after = `&after=${page.next}`;
  }
}
const itemOf = async (award, of = run) => (await everyItem(of)).find((item) => item.award === award.id);
const exclusionOf = async (award, of = run) => (await funds.act('GET', `${runs}/${of.id}/exclusions`)).items.find((row) => row.award === award.id);
const paymentsOf = (award) => county.act('GET', `/awards/140302/${award.id}/payments`);
const awardOf = async (item) => (await county.act('GET', `${item.path}/award`)).award.summary;
const reference = (item, of = run) => `${of.run_number}-${String(item.position).padStart(6, '0')}`;

/// Sends the bank's answer as a file.
async function answer(desk, rows, of = run) {
  const form = new FormData();
  form.append('file', new Blob([['流水号,结果,原因', ...rows].join('\r\n')]), 'huipan.csv');
  const response = await fetch(`${process.env.BASE_URL}/api/v1${runs}/${of.id}/returns`, {
    method: 'POST', headers: { 'accept-language': 'en', 'x-csrf-token': desk.token, cookie: desk.cookie }, body: form,
  });
  return { status: response.status, body: await response.json() };
}
async function changeAccount(award, number) {
  const { version } = (await county.act('GET', `/awards/140302/${award.id}`)).summary;
  await county.act('POST', `/awards/140302/${award.id}/account`, { version, kind: 'bank_card', number, holder: 'm1', bank: '阳泉市农村信用合作联社' });
}
/// Released by the approver, taken by the funds officer, answered in full by the bank.
async function payOut(of, failing = []) {
  await approver.act('POST', `${runs}/${of.id}/approval`);
  await funds.act('POST', `${runs}/${of.id}/bank-file`);
  const rows = (await everyItem(of)).map((item) => `${reference(item, of)},${failing.includes(item.award) ? '失败,账户已销户' : '成功,'}`);
  const result = await answer(funds, rows, of);
  assert.equal(result.status, 200, JSON.stringify(result.body));
  return result.body;
}

before(async () => {
  const admin = await Desk.of('admin');
  const { one_time_password: oneTime } = await admin.act('POST', '/users', {
    login: 'both-hands', name: '孙包办', grants: ['funds_officer', 'county_approver'].map((role) => ({ role, region_code: '140302' })),
  });
  both.login = 'both-hands';
  await both.signIn(oneTime);
  await both.act('PUT', '/session/password', { old_password: oneTime, new_password: 'payments-pass-1' });
  both.signIn = Desk.prototype.signIn.bind(both, 'payments-pass-1');
  await both.signIn();

  const items = [];
  for (const name of ['steady', 'returned', 'ended']) items.push([name, await office.file()]);
  for (const [, item] of items) await office.lead(item, 'township_publicity');
  await passDays(8, ...everybody());
  for (const [, item] of items) await office.lead(item, 'approved', 'county_publicity');
  if (office.isBefore2021) {
    await passDays(8, ...everybody());
    for (const [, item] of items) await office.lead(item, 'approved');
  }
  for (const [name, item] of items) awards[name] = await awardOf(item);
});

test('a benefit is payable from the month after approval, and no month is paid ahead', async () => {
  for (const award of Object.values(awards)) assert.equal(award.first_month, plusMonths(month(), 1));
  await funds.refused('payment.month_in_future', 'DB-2012/31', 'POST', runs, { programme, month: plusMonths(month(), 1) });
  await passUntil(`${plusMonths(month(), 1)}-03`);
  const entry = (await funds.act('GET', '/counties/140302/payment-calendar')).items.find((each) => each.programme === programme);
  assert.equal(entry.due_on, `${month()}-10`);
  assert.equal(entry.days_left, 7);
  assert.equal(entry.is_overdue, false);
});

test('only the funds officer prepares, and of two at once one is refused', async () => {
  for (const desk of [assistant, county, approver]) await desk.refused('access.permission_missing', null, 'POST', runs, { programme, month: month() });
  const answers = await Promise.all([prepare(), prepare()]);
  const taken = answers.find((each) => each.status === 201);
  const refused = answers.find((each) => each !== taken);
  assert.ok(taken, JSON.stringify(answers[0].body));
  assert.equal(refused.body.key, 'payment.run_open');
  run = taken.body;
  for (const award of Object.values(awards)) {
    const item = await itemOf(award);
    assert.equal(item.amount, award.amount);
    assert.equal(item.previous_amount, undefined, 'new this month');
    const { months, payments } = await paymentsOf(award);
    assert.deepEqual(months, [{ month: month(), entitled: award.amount, committed: award.amount }]);
    assert.equal(payments[0].kind, 'regular');
  }
});

test('nothing goes to the bank before release, and no answer comes before the file', async () => {
  await funds.refused('payment.not_approved', 'SA-2014/5', 'POST', `${runs}/${run.id}/bank-file`);
  const early = await answer(funds, [`${run.run_number}-000001,成功,`]);
  assert.equal(early.body.key, 'payment.not_issued');
  for (const desk of [funds, county, assistant]) await desk.refused('access.permission_missing', null, 'POST', `${runs}/${run.id}/approval`);
});

test('an account that changes after preparing makes the run stale', async () => {
  await changeAccount(awards.steady, '6228480402564890018');
  const problem = await approver.refused('payment.stale', null, 'POST', `${runs}/${run.id}/approval`);
  assert.match(problem.detail || problem.title, /1/);
  await approver.refused('access.permission_missing', null, 'POST', `${runs}/${run.id}/discarding`);
  await funds.act('POST', `${runs}/${run.id}/discarding`);
  await approver.refused('payment.not_prepared', null, 'POST', `${runs}/${run.id}/approval`);
  const { months } = await paymentsOf(awards.steady);
  assert.equal(months[0].committed, '0.00', 'free again');
});

test('whoever prepared a run does not release it, whatever other post he holds', async () => {
  await actAs(both, 'funds_officer');
  const prepared = await prepare(both);
  assert.equal(prepared.status, 201, JSON.stringify(prepared.body));
  await actAs(both, 'county_approver');
  await both.refused('payment.same_person', 'SA-2014/5', 'POST', `${runs}/${prepared.body.id}/approval`);
  await actAs(both, 'funds_officer');
  await both.act('POST', `${runs}/${prepared.body.id}/discarding`);
});

test('the file carries every transfer once, and is the same however often it is taken', async () => {
  run = (await prepare()).body;
  await approver.act('POST', `${runs}/${run.id}/approval`);
  await funds.refused('payment.not_prepared', null, 'POST', `${runs}/${run.id}/discarding`);
  await approver.refused('access.permission_missing', null, 'POST', `${runs}/${run.id}/bank-file`);
  const file = (await funds.act('POST', `${runs}/${run.id}/bank-file`)).toString();
  const again = (await funds.act('POST', `${runs}/${run.id}/bank-file`)).toString();
  assert.equal(file, again);
  const lines = file.trimEnd().split('\r\n');
  assert.equal(lines.length, run.item_count + 1);
  const steady = await itemOf(awards.steady);
  const line = lines.find((each) => each.startsWith(reference(steady)));
  assert.ok(line.includes('6228480402564890018'), 'the new account');
  assert.ok(line.includes(`,${steady.amount},`));
});

test('a faulty answer is refused whole, with every row that is wrong', async () => {
  const steady = await itemOf(awards.steady);
  const refused = await answer(funds, [`${reference(steady)},成功,`, `${reference(steady)},成功,`, '别的批次-000001,成功,', `${reference(await itemOf(awards.ended))},失败,`]);
  assert.equal(refused.status, 422, JSON.stringify(refused.body));
  assert.equal(refused.body.key, 'payment.return_invalid');
  assert.deepEqual(refused.body.errors.map((each) => `${each.pointer} ${each.key}`), [
    '/rows/3/流水号 payment.return_twice', '/rows/4/流水号 payment.return_reference', '/rows/5/原因 payment.return_reason_missing',
  ]);
  assert.equal((await itemOf(awards.steady)).state, 'issued', 'nothing was taken');
});

test('the bank answers: what failed is free again, the same file changes nothing', async () => {
  const items = await everyItem();
  const rows = items.map((item) => `${reference(item)},${item.award === awards.returned.id ? '失败,账户已销户' : '成功,'}`);
  const denied = await answer(approver, rows);
  assert.equal(denied.body.key, 'access.permission_missing');
  const first = await answer(funds, rows);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal(first.body.result.failed_count, 1);
  assert.equal(first.body.run.state, 'settled');
  const second = await answer(funds, rows);
  assert.equal(second.body.is_repeated, true);
  assert.deepEqual(second.body.result, first.body.result);
  const late = await answer(funds, [`${reference(await itemOf(awards.returned))},成功,`]);
  assert.equal(late.body.errors[0].key, 'payment.return_after_failure');
  const { months } = await paymentsOf(awards.returned);
  assert.equal(months[0].committed, '0.00');
});

test('a refused account is paid only after the county has repaired it, and then once', async () => {
  const nothing = await prepare();
  assert.equal(nothing.body.key, 'payment.nothing_due', 'everybody else is paid for this month');
  await funds.refused('access.permission_missing', null, 'POST', `/awards/140302/${awards.returned.id}/account`, {
    version: 1, kind: 'bank_card', number: '6228480402564890018', holder: 'm1', bank: '农信社',
  });
  await changeAccount(awards.returned, '6228480402564890026');
  const repeated = (await prepare()).body;
  const items = await everyItem(repeated);
  assert.deepEqual(items.map((item) => item.award), [awards.returned.id]);
  assert.equal(items[0].repeated, awards.returned.amount);
  await payOut(repeated);
  assert.equal((await prepare()).body.key, 'payment.nothing_due');
  const { months, payments } = await paymentsOf(awards.returned);
  assert.deepEqual(months, [{ month: month(), entitled: awards.returned.amount, committed: awards.returned.amount }]);
  assert.deepEqual(payments.filter((each) => each.state === 'paid').map((each) => each.amount), [awards.returned.amount]);
});

test('the month after: an ended benefit is not paid any more, and the 10th is watched', async () => {
  const { version } = (await county.act('GET', `/awards/140302/${awards.ended.id}`)).summary;
  await county.act('POST', `/awards/140302/${awards.ended.id}/ending`, { version, reason: 'gave_up', last_month: month(), note: '本人书面申请停发' });
  await passUntil(`${plusMonths(month(), 1)}-11`);
  const calendar = () => funds.act('GET', '/counties/140302/payment-calendar').then((page) => page.items.find((each) => each.programme === programme));
  assert.equal((await calendar()).is_overdue, true);
  await funds.refused('payment.nothing_due', null, 'POST', runs, { programme, month: plusMonths(month(), -1) });
  run = (await prepare()).body;
  assert.equal(await itemOf(awards.ended), undefined);
  assert.equal((await exclusionOf(awards.ended)).reason, 'ended');
  const steady = await itemOf(awards.steady);
  assert.equal(steady.amount, awards.steady.amount);
  assert.equal(steady.previous_amount, awards.steady.amount);
  await payOut(run);
  assert.equal((await calendar()).is_overdue, false);
  const { payments } = await paymentsOf(awards.ended);
  assert.deepEqual(payments.filter((each) => each.state === 'paid').map((each) => each.month), [plusMonths(month(), -1)]);
});
