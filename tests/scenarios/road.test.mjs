// One household from filing to the written notice, through the real program, under the rules of the program's today;
// at every gate somebody tries to get round it and is refused with the article that stands in the way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk, paper, passDays, photo } from './client.mjs';
import { household } from './household.mjs';

const [village, assistant, assistant2, township, verify, county, county2, approver, city] = await Promise.all(
  ['village', 'assistant', 'assistant2', 'township', 'verify', 'county', 'county2', 'approver', 'city'].map(Desk.of),
);
const desks = [village, assistant, assistant2, township, verify, county, county2, approver, city];
const isBefore2021 = assistant.today < '2021-07-01';

let path;
let version;
const step = async (desk, name, body = {}) => {
  const answer = await desk.act('POST', `${path}/${name}`, { version, ...body });
  version = (answer.summary ?? answer).version;
  return answer;
};
const refused = (desk, key, law, name, body = {}) => desk.refused(key, law, 'POST', `${path}/${name}`, { version, ...body });

const report = (result) => ({
  results: ['m1', 'm2', 'm3', 'o1'].map((person) => ({ person, result, findings: [] })),
});
const visit = (kind, investigators, signed = true, photos = []) => ({
  kind,
  mode: 'on_site',
  visited_on: assistant.today,
  place: '申请人家中',
  emergency: '',
  investigators: investigators.map((desk) => ({ user: desk.user, is_signed: signed })),
  present: 'm1',
  is_present_signed: true,
  findings: ['living_conditions', 'income', 'property'].map((topic) => ({ topic, content: '与申报一致' })),
  photos,
  conclusion: 'consistent',
});
const reasons = [{ article: 'DB-2012/4', text: '家庭人均收入高于标准' }];

test('an incomplete file is written down but not accepted', async () => {
  const whole = household(assistant.today);
  const intake = structuredClone(whole);
  delete intake.kin;
  delete intake.account;
  delete intake.persons[0].authorised_on;
  const filed = await assistant.act('POST', '/cases', intake);
  assert.equal(filed.missing.length, 3);
  path = `/cases/140302/${filed.summary.id}`;
  version = filed.summary.version;
  await refused(assistant, 'case.incomplete', 'DB-2012/13', 'acceptance', { note: '' });
  const corrected = await assistant.act('PUT', `${path}/declaration`, { version, intake: whole });
  assert.equal(corrected.missing.length, 0);
  version = corrected.summary.version;
  await refused(village, 'access.permission_missing', null, 'acceptance', { note: '' });
  await step(assistant, 'acceptance', { note: '' });
});

test('papers come with the file, whoever works on it, and nothing that is none', async () => {
  const added = await village.act('POST', `${path}/documents`, paper('identity_paper', photo('card')));
  assert.equal(added.is_new, true);
  const again = await assistant.act('POST', `${path}/documents`, paper('other', photo('card'), '../../../etc/passwd'));
  assert.deepEqual([again.id, again.is_new], [added.id, false]);
  for (const disguised of ['<svg onload="x()"/>', '<!doctype html><script>', 'MZ']) {
    await assistant.refused('content.type_refused', null, 'POST', `${path}/documents`, paper('other', disguised, 'card.jpg'));
  }
  await assistant.refused('content.empty', null, 'POST', `${path}/documents`, paper('other', ''));
  await city.refused('access.permission_missing', null, 'POST', `${path}/documents`, paper('other', photo('x')));
  const opened = await assistant.act('GET', `${path}/documents/${added.id}/content`);
  assert.deepEqual(opened, photo('card'));
  const mistaken = await assistant.act('POST', `${path}/documents`, paper('income_proof', photo('of another family')));
  await village.refused('document.of_higher_level', null, 'POST', `${path}/documents/${mistaken.id}/removal`, { reason: '不是本户' });
  await assistant.act('POST', `${path}/documents/${mistaken.id}/removal`, { reason: '不是本户的材料' });
  await assistant.refused('document.removed', null, 'GET', `${path}/documents/${mistaken.id}/content`);
  const page = await assistant.act('GET', path);
  assert.equal(page.summary.version, version, 'no upload stands in the way of a form');
});

test('the same person cannot stand in two applications', async () => {
  const page = await assistant.act('GET', path);
  assert.ok(page.persons.every((person) => person.citizen_number_masked.includes('****')));
  const second = household(assistant.today);
  const revealed = await assistant.act('POST', `${path}/reveal`, { person: 'm2', reason: '核对重复申请' });
  second.persons[1].citizen_number = revealed.citizen_number;
  await assistant.refused('case.persons_elsewhere', 'SA-2014/9', 'POST', '/cases', second);
});

test('an officer whom the family names as kin stays out, with or without an account', async () => {
  for (const handler of [undefined, assistant.user]) {
    const intake = household(assistant.today);
    intake.kin = {
      has_handler_kin: true,
      handlers: [{ person: 'm1', handler_name: '史俊杰', handler_post: '民政助理员', relation_code: '73', handler }],
    };
    const filed = await assistant2.act('POST', '/cases', intake);
    const at = `/cases/140302/${filed.summary.id}`;
    await assistant.refused('case.recusal', 'SX-2019', 'POST', `${at}/acceptance`, { version: 1, note: '' });
    await assistant.refused('case.recusal', 'SX-2019', 'POST', `${at}/reveal`, { person: 'm1', reason: '核实' });
    await assistant2.act('POST', `${at}/acceptance`, { version: 1, note: '' });
  }
});

test('nobody gets on without verification of everybody', async () => {
  await refused(approver, 'case.step_not_on_road', null, 'decision/approval', { amount: '100.00', reasons: [] });
  await refused(assistant, 'case.step_not_on_road', null, 'investigation/finish', { note: '' });
  await step(assistant, 'verification/orders', { note: '' });
  await refused(assistant, 'access.permission_missing', null, 'verification/report', report('no_anomaly'));
  const partial = report('no_anomaly');
  partial.results.pop();
  await refused(verify, 'request.invalid', null, 'verification/report', partial);
  await step(verify, 'verification/report', report('no_anomaly'));
});

test('the investigation needs two people who sign', async () => {
  await refused(assistant, 'visit.missing_township', isBefore2021 ? 'DB-2012' : 'DB-2021', 'investigation/finish', { note: '' });
  await refused(assistant, 'visit.too_few_investigators', isBefore2021 ? 'DB-2012' : 'DB-2021', 'visits', visit('township', [assistant]));
  await step(assistant, 'visits', visit('township', [assistant, village], false));
  await refused(assistant, 'visit.signature_missing', isBefore2021 ? 'DB-2012' : 'DB-2021', 'investigation/finish', { note: '' });
  const seen = await village.act('POST', `${path}/documents`, paper('visit_photo', photo('the stove')));
  const card = (await assistant.act('GET', `${path}/documents`)).items.find((each) => each.kind === 'identity_paper');
  await refused(assistant, 'request.invalid', null, 'visits', visit('township', [assistant, village], true, [card.id]));
  await step(assistant, 'visits', visit('township', [assistant, village], true, [seen.id]));
  const [shown] = (await assistant.act('GET', `${path}/visits`)).items;
  assert.deepEqual(shown.photos.map((each) => each.document), [seen.id]);
  await step(assistant, 'investigation/finish', { note: '' });
});

test('the appraisal needs two thirds of residents’ delegates, where the rules ask for one', { skip: !isBefore2021 }, async () => {
  const session = (delegates) => ({
    held_on: assistant.today,
    place: '社区会议室',
    participants: [
      { name: '史俊杰', capacity: 'township_staff', user: assistant.user, is_signed: true },
      { name: '苗存柱', capacity: 'committee_member', user: village.user, is_signed: true },
      ...Array.from({ length: delegates }, (_, index) => ({ name: `代表${'甲乙丙丁戊己'[index]}`, capacity: 'residents_delegate', is_signed: true })),
    ],
    result: 'holds_true',
  });
  const short = await assistant.send('POST', `${path}/appraisals`, { version, ...session(3) });
  assert.ok(short.status >= 400, 'three of five are fewer than two thirds');
  await step(assistant, 'appraisals', session(4));
});

test('the township proposes and the notice hangs for seven days', async () => {
  await refused(assistant, 'access.permission_missing', null, 'opinion/approval', { places: ['社区公示栏'] });
  await step(township, 'opinion/approval', { places: ['社区公示栏'] });
  await refused(township, 'publicity.not_over', isBefore2021 ? 'DB-2012/25' : 'DB-2021/19', 'publicity/closing');
  const notices = await fetch(`${process.env.BASE_URL}/api/v1/public/notices?region=140302`).then((answer) => answer.text());
  assert.ok(notices.includes('王'), 'the notice hangs');
  assert.ok(!/\d{6}\*{4}|140399|14030012345678/.test(notices), 'no number on a public page');
  const objection = await township.act('POST', `${path}/objections`, {
    version, received_on: township.today, channel: 'phone', content: '反映其有一辆面包车',
  });
  version = objection.summary.version;
  await passDays(8, ...desks);
  await refused(township, 'objection.open', isBefore2021 ? 'DB-2012' : 'DB-2021', 'publicity/closing');
  await step(township, `objections/${objection.objection}/dismissal`, { reasons: '经核实车辆属其邻居' });
  await step(township, 'publicity/closing');
});

test('the county reads, visits whom it must, and reviews', async () => {
  await refused(approver, 'case.step_not_on_road', null, 'decision/approval', { amount: '100.00', reasons: [] });
  const opinion = { opinion: 'agree', content: '材料齐全,同意乡镇意见', has_read_file: true, places: ['县政务大厅'] };
  await refused(county, 'review.file_not_read', null, 'review', { ...opinion, has_read_file: false });
  if (isBefore2021) {
    await refused(county, 'review.sample_not_drawn', 'DB-2012/26', 'review', opinion);
    const draw = await county.act('POST', '/counties/140302/review-draws');
    assert.ok(draw.draw ? draw.draw.chosen_count >= 1 : draw.chosen_count >= 1, JSON.stringify(draw));
  }
  await step(county, 'flags', { kind: 'reported', reason: '有群众反映' });
  await refused(county, 'review.county_visit_needed', isBefore2021 ? 'DB-2012/26' : 'DB-2021/20', 'review', opinion);
  await step(county, 'visits', visit('county', [county, county2]));
  await step(county, 'review', opinion);
  if (isBefore2021) {
    await refused(approver, 'case.step_not_on_road', null, 'decision/approval', { amount: '100.00', reasons: [] });
    await passDays(8, ...desks);
    await step(county, 'publicity/closing');
  }
});

test('a named approver decides once, and the notice carries reasons and remedies', async () => {
  const page = await approver.act('GET', path);
  assert.equal(page.summary.state, 'awaiting_decision');
  await refused(city, 'access.permission_missing', null, 'decision/approval', { amount: '1.00', reasons: [] });
  await refused(approver, 'decision.amount_differs', null, 'decision/approval', { amount: '1.00', reasons: [] });
  const amount = page.assessment.amount_month;
  const stale = version;
  await step(approver, 'decision/approval', { amount, reasons: [] });
  await approver.refused('case.changed_meanwhile', null, 'POST', `${path}/decision/refusal`, { version: stale, reasons });
  const after = await approver.act('GET', path);
  assert.equal(after.summary.state, 'approved');
  const notice = await approver.act('GET', `${path}/decision/notice`);
  assert.equal(notice.subarray(0, 5).toString(), '%PDF-');
  const states = after.steps.map((taken) => taken.to_state);
  assert.equal(states.filter((state) => state === 'county_publicity').length, isBefore2021 ? 1 : 0);
});

test('other counties and roles see nothing of it', async () => {
  const answer = await city.send('GET', path);
  assert.equal(answer.status, 200, 'the city inspects');
  assert.equal((await city.send('POST', `${path}/reveal`, { person: 'm1', reason: '检查' })).status, 403);
  const admin = await Desk.of('admin');
  assert.equal((await admin.send('GET', path)).status, 403);
  assert.equal((await fetch(`${process.env.BASE_URL}/api/v1${path}`)).status, 401);
  const withoutToken = await fetch(`${process.env.BASE_URL}/api/v1${path}/withdrawal`, {
    method: 'POST', headers: { cookie: assistant.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ version, note: '' }),
  });
  assert.equal(withoutToken.status, 403);
});
