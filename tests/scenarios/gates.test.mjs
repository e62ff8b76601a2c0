// Attempts to get round the gates of the road through the API, beside those of road.test.mjs: each is refused with the
// article that stands in the way.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Desk, passDays } from './client.mjs';
import { household, startFamiliesAt } from './household.mjs';
import { Office, reasons } from './walk.mjs';

startFamiliesAt(200);
const office = await Office.open();
const { village, assistant, assistant2, township, verify, county, county2, approver } = office.desks;
const procedure = office.isBefore2021 ? 'DB-2012' : 'DB-2021';
const kinOf = (name, handler, relation_code = '73') => (intake) => {
  intake.kin = { has_handler_kin: true, handlers: [{ person: 'm1', handler_name: name, handler_post: '民政局', relation_code, ...(handler ? { handler } : {}) }] };
};
/// A refusal for content: the key at the field.
const fieldsOf = (problem) => (problem.errors ?? []).map((each) => `${each.pointer} ${each.key}`);

/// Somebody who holds the posts of three levels, and so could do everything himself if nothing stopped him.
let everywhere;
const act = async (role) => {
  const session = await everywhere.act('GET', '/session');
  await everywhere.act('PUT', '/session/acting', { grant: session.grants.find((grant) => grant.role === role).id });
};
/// Applications that are led to the decision before days pass, so that one wait serves them all.
const cases = {};

before(async () => {
  const admin = await Desk.of('admin');
  const { one_time_password: oneTime } = await admin.act('POST', '/users', {
    login: 'everywhere', name: '孙包办',
    grants: [['civil_affairs_assistant', '140302001'], ['county_case_officer', '140302'], ['county_approver', '140302']].map(([role, region_code]) => ({ role, region_code })),
  });
  everywhere = new Desk();
  everywhere.login = 'everywhere';
  await everywhere.signIn(oneTime);
  await everywhere.act('PUT', '/session/password', { old_password: oneTime, new_password: 'gates-pass-1' });
  everywhere.signIn = Desk.prototype.signIn.bind(everywhere, 'gates-pass-1');
});

const all = () => [...Object.values(office.desks), everywhere];

test('an application without the answer about kin, the account or an authorisation is not accepted', async () => {
  const lacks = {
    '/kin intake.missing_kin_declaration': (intake) => { delete intake.kin; },
    '/account intake.missing_account': (intake) => { delete intake.account; },
    '/persons/o1/authorised_on intake.missing_authorisation': (intake) => { delete intake.persons[3].authorised_on; },
    '/persons/m2/authorised_on intake.missing_authorisation': (intake) => { delete intake.persons[1].authorised_on; },
    '/persons/m3/authorised_by intake.missing_representative': (intake) => { delete intake.persons[2].authorised_by; },
    '/promise_given intake.missing_promise': (intake) => { intake.promise_given = false; },
  };
  for (const [field, change] of Object.entries(lacks)) {
    const item = await office.file(change);
    const problem = await office.refused(item, assistant, 'case.incomplete', 'DB-2012/13', 'acceptance', { note: '' });
    assert.deepEqual(fieldsOf(problem), [field]);
    await office.refused(item, assistant, 'case.step_not_on_road', null, 'verification/orders', { note: '' });
  }
});

test('the account belongs to a member', async () => {
  for (const holder of ['o1', 'm9', '']) {
    const intake = household(office.today);
    intake.account.holder = holder;
    const problem = await assistant.refused('request.invalid', null, 'POST', '/cases', intake);
    assert.ok(fieldsOf(problem).includes('/account/holder intake.person_unknown'));
  }
});

test('the handler who is named is the one who is kept out', async () => {
  const intake = household(office.today);
  kinOf('史俊杰', county.user)(intake);
  const problem = await assistant2.refused('request.invalid', null, 'POST', '/cases', intake);
  assert.deepEqual(fieldsOf(problem), ['/kin/handlers/0/handler intake.handler_account_differs']);
});

test('whoever is added after acceptance cannot be smuggled past the check of registers', async () => {
  const item = await office.lead(await office.file(), 'investigating');
  const larger = structuredClone(item.intake);
  larger.persons.push({ ...household(office.today).persons[2], key: 'm4', name: '王小丽' });
  larger.facts.members.push({ ...larger.facts.members[2], key: 'm4' });
  await assistant.refused('case.step_not_on_road', null, 'PUT', `${item.path}/declaration`, { version: item.version, intake: larger });
  const { facts } = await assistant.act('GET', item.path);
  const grown = { ...facts, members: [...facts.members, { ...facts.members[2], key: 'm4' }] };
  const visited = await office.refused(item, assistant, 'request.invalid', null, 'visits', { ...office.visit('township', [assistant, village]), facts: grown });
  assert.ok(fieldsOf(visited).some((field) => field.startsWith('/facts')), fieldsOf(visited).join());
  const verified = await office.refused(item, verify, 'request.invalid', null, 'verification/facts', { facts: grown });
  assert.ok(fieldsOf(verified).some((field) => field.startsWith('/facts')), fieldsOf(verified).join());
  const page = await assistant.act('GET', item.path);
  assert.equal(page.facts.members.length, 3);
});

test('a report covers exactly the people of its own application, once', async () => {
  const item = await office.lead(await office.file(), 'verifying');
  const foreign = office.report();
  foreign.results[3].person = 'o7';
  const problem = await office.refused(item, verify, 'request.invalid', 'SX-2019/2-5', 'verification/report', foreign);
  assert.ok(fieldsOf(problem).includes('/results/3/person verification.person_foreign'));
  assert.ok(fieldsOf(problem).includes('/results verification.person_missing'));
  const other = await office.file();
  await office.refused(other, verify, 'verification.no_open_order', null, 'verification/report', office.report());
  await office.done(item, verify, 'verification/report', office.report());
  await office.refused(item, verify, 'verification.no_open_order', null, 'verification/report', office.report());
});

test('one investigator is not two, and kin are none', async () => {
  const item = await office.lead(await office.file(kinOf('石玉梅', assistant2.user)), 'verifying');
  await office.step(item);
  const twice = await office.refused(item, assistant, 'request.invalid', null, 'visits', office.visit('township', [assistant, assistant]));
  assert.deepEqual(fieldsOf(twice), ['/investigators/1/user visit.investigator_twice']);
  const kin = await office.refused(item, assistant, 'case.recusal', 'SX-2019/2-2', 'visits', office.visit('township', [assistant, assistant2]));
  assert.deepEqual(fieldsOf(kin), ['/investigators/1/user visit.investigator_is_kin']);
  await office.refused(item, assistant2, 'case.recusal', 'SX-2019/2-2', 'visits', office.visit('township', [assistant, village]));
  const counties = await office.refused(item, assistant, 'visit.level_missing_township', procedure, 'visits', office.visit('township', [village, county]));
  assert.equal(counties.status, 409);
});

test('kin do not appraise', { skip: !office.isBefore2021 }, async () => {
  const item = await office.lead(await office.file(kinOf('石玉梅', assistant2.user)), 'appraising');
  await office.refused(item, assistant2, 'case.recusal', 'SX-2019/2-2', 'appraisals', office.appraisal());
  const attended = await office.refused(item, assistant, 'case.recusal', 'SX-2019/2-2', 'appraisals', office.appraisal(assistant2, '石玉梅'));
  assert.deepEqual(fieldsOf(attended), ['/participants/0/name appraisal.participant_is_kin']);
  const family = office.appraisal();
  family.participants[1].name = '李秀英';
  assert.deepEqual(fieldsOf(await office.refused(item, assistant, 'case.recusal', 'SX-2019/2-2', 'appraisals', family)), ['/participants/1/name appraisal.participant_is_party']);
});

test('what kin investigated does not count once they are known', async () => {
  const item = await office.lead(await office.file(), 'awaiting_opinion');
  const known = await office.done(item, county, 'kin', {
    person: 'm1', handler_name: '史俊杰', handler_post: '民政助理员', handler: assistant.user, relation_code: '73', reason: '群众反映',
  });
  assert.equal(known.is_kin_filed, true);
  await office.refused(item, township, 'visit.made_by_kin', 'SX-2019/2-2', 'opinion/approval', { places: ['社区公示栏'] });
  await office.refused(item, assistant, 'case.recusal', 'SX-2019/2-2', 'withdrawal', { note: '' });
  await office.done(item, township, 'reinvestigation', { note: '调查人员系近亲属' });
  await office.done(item, assistant2, 'visits', office.visit('township', [assistant2, village]));
  await office.done(item, assistant2, 'investigation/finish', { note: '' });
});

test('nor does what kin appraised', { skip: !office.isBefore2021 }, async () => {
  const item = await office.lead(await office.file(), 'verifying');
  await office.step(item);
  await office.done(item, assistant2, 'visits', office.visit('township', [assistant2, village]));
  await office.step(item);
  await office.step(item);
  assert.equal(item.state, 'awaiting_opinion');
  await office.done(item, county, 'kin', {
    person: 'm1', handler_name: '史俊杰', handler_post: '民政助理员', handler: assistant.user, relation_code: '73', reason: '群众反映',
  });
  await office.refused(item, township, 'appraisal.attended_by_kin', 'SX-2019/2-2', 'opinion/approval', { places: ['社区公示栏'] });
});

test('a notice hangs seven whole days, and whoever waits six does not pass', async () => {
  const names = ['decided', 'late_objection', 'kin_of_approver', 'own_visit', 'own_review', 'own_filing', 'withdrawn', 'terminated', 'refused', 'expired'];
  for (const name of names) {
    if (name === 'own_filing') {
      await act('civil_affairs_assistant');
      const intake = household(office.today);
      const { summary } = await everywhere.act('POST', '/cases', intake);
      cases[name] = { intake, id: summary.id, version: summary.version, path: `/cases/140302/${summary.id}`, state: 'filed' };
    } else {
      cases[name] = await office.file(name === 'kin_of_approver' ? kinOf('郭振华', approver.user) : undefined);
    }
    await office.lead(cases[name], 'township_publicity');
  }
  const item = cases.decided;
  const law = office.isBefore2021 ? 'DB-2012/25' : 'DB-2021/19';
  for (const days of [6, 1]) {
    await passDays(days, ...all());
    await office.refused(item, township, 'publicity.not_over', law, 'publicity/closing');
  }
  await passDays(1, ...all());
  await act('county_case_officer');
  for (const [name, each] of Object.entries(cases)) {
    await office.step(each);
    await office.done(each, county, 'flags', { kind: 'doubtful', reason: '支出与收入不符' });
    const visitors = name === 'own_visit' ? [county, everywhere] : [county, county2];
    await office.done(each, county, 'visits', office.visit('county', visitors));
    if (name === 'own_review') {
      await office.done(each, everywhere, 'review', { opinion: 'agree', content: '同意', has_read_file: true, places: ['县政务大厅'] });
      each.state = office.road[office.road.indexOf('county_review') + 1];
    } else {
      await office.step(each);
    }
  }
  if (!office.isBefore2021) return;
  await passDays(7, ...all());
  await office.refused(item, county, 'publicity.not_over', 'DB-2012/29', 'publicity/closing');
  await passDays(1, ...all());
  await office.refused(item, township, 'access.permission_missing', null, 'publicity/closing');
  for (const each of Object.values(cases)) await office.step(each);
});

const approval = async (item) => ({ amount: await office.amountOf(item), reasons: [] });
const refusal = { reasons, is_despite_assessment: true };

test('whoever took part does not decide', async () => {
  await act('county_approver');
  for (const [name, key] of [['own_visit', 'decision.approver_investigated'], ['own_review', 'decision.approver_reviewed'], ['own_filing', 'decision.approver_handled']]) {
    const item = cases[name];
    await office.refused(item, everywhere, key, procedure, 'decision/approval', await approval(item));
    await office.refused(item, everywhere, key, procedure, 'decision/refusal', refusal);
  }
  const item = cases.kin_of_approver;
  await office.refused(item, approver, 'case.recusal', 'SX-2019/2-2', 'decision/approval', await approval(item));
  await office.refused(item, approver, 'case.recusal', 'SX-2019/2-2', 'decision/refusal', refusal);
  await office.refused(item, approver, 'case.recusal', 'SX-2019/2-2', 'return', { note: '' });
});

test('an objection that comes at the last moment is settled first', async () => {
  const item = cases.late_objection;
  const { objection } = await office.done(item, township, 'objections', { received_on: office.today, channel: 'phone', content: '反映其有一辆面包车' });
  await office.refused(item, approver, 'objection.open', procedure, 'decision/approval', await approval(item));
  await office.done(item, township, `objections/${objection}/dismissal`, { reasons: '经核实车辆属其邻居' });
  await office.refused(item, township, 'objection.handled', null, `objections/${objection}/upholding`, { reasons: '再议' });
  await office.done(item, approver, 'decision/approval', await approval(item));
});

test('kin who come out before the decision send the county to the household first', async () => {
  const item = await office.lead(await office.file(), 'township_publicity');
  await office.done(item, township, 'kin', { person: 'm2', handler_name: '孙不在', handler_post: '村委会', relation_code: '73', reason: '本人报告' });
  await passDays(8, ...all());
  await office.step(item);
  const review = { opinion: 'agree', content: '同意', has_read_file: true, places: ['县政务大厅'] };
  await office.refused(item, county, 'review.county_visit_needed', office.isBefore2021 ? 'SX-2019/2-2' : 'DB-2021/20', 'review', review);
});

test('nobody decides what is over, and nobody decides twice', async () => {
  await office.done(cases.withdrawn, assistant, 'withdrawal', { note: '自愿撤回' });
  await office.done(cases.terminated, township, 'termination', { note: '拒不配合调查' });
  await office.done(cases.refused, approver, 'decision/refusal', refusal);
  const stale = { ...cases.decided };
  await office.done(cases.decided, approver, 'decision/approval', await approval(cases.decided));
  await office.refused(stale, approver, 'case.changed_meanwhile', null, 'decision/approval', await approval(stale));
  for (const name of ['withdrawn', 'terminated', 'refused', 'decided']) {
    await office.refused(cases[name], approver, 'case.step_not_on_road', null, 'decision/approval', await approval(cases[name]));
    await office.refused(cases[name], approver, 'case.step_not_on_road', null, 'decision/refusal', refusal);
    await office.refused(cases[name], approver, 'case.step_not_on_road', null, 'return', { note: '' });
  }
  for (const name of ['withdrawn', 'terminated']) {
    assert.equal((await approver.send('GET', `${cases[name].path}/decision`)).body.key, 'decision.none');
  }
});

test('a report that has expired does not carry a decision', async () => {
  await passDays(181, ...all());
  await office.refused(cases.expired, approver, 'verification.expired', 'SX-2019/2-5', 'decision/approval', await approval(cases.expired));
});
