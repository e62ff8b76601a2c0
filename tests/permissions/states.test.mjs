// Every act upon an application in every state of the road, tried over HTTP against states-2019.csv or states-2022.csv,
// whichever law the program's today is under. Each state is reached on the road itself, and each act that succeeds gets
// an application of its own.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { passDays } from '../scenarios/client.mjs';
import { startFamiliesAt } from '../scenarios/household.mjs';
import { inParallel, Office, reasons } from '../scenarios/walk.mjs';
import { readOperations, readTable } from './table.mjs';

startFamiliesAt(500);
const office = await Office.open();
const { desks } = office;
const lines = readTable(office.isBefore2021 ? 'states-2019.csv' : 'states-2022.csv');
const states = Object.keys(lines[0]).slice(2, -2);
const { operations } = readOperations();
const operationOf = (id) => operations.find((operation) => operation.id === id);

/// What each act sends, beside the version.
const bodies = {
  correctCase: (item) => ({ intake: item.intake }),
  orderVerification: () => ({ note: '情况有变化' }),
  objectToVerification: () => ({ evidence: '补充了完税证明' }),
  reportVerification: () => office.report(),
  recordVerifiedFacts: async (item) => ({ facts: (await desks.county.act('GET', item.path)).facts }),
  recordVisit: () => office.visit('township', [desks.assistant, desks.village]),
  signVisit: () => ({ investigators: [], is_present_signed: true }),
  recordAppraisal: () => office.appraisal(),
  proposeApproval: () => ({ places: ['社区公示栏'] }),
  proposeRefusal: () => ({ reasons }),
  closePublicity: () => ({}),
  recordObjection: () => ({ received_on: office.today, channel: 'phone', content: '反映其有一辆面包车' }),
  dismissObjection: () => ({ reasons: '经核实车辆属其邻居' }),
  upholdObjection: () => ({ reasons: '经核实属实' }),
  completeReview: () => ({ opinion: 'agree', content: '同意乡镇意见', has_read_file: true, places: ['县政务大厅'] }),
  flagCase: () => ({ kind: 'doubtful', reason: '支出与收入不符' }),
  addKin: () => ({ person: 'm1', handler_name: '孙不在', handler_post: '村委会', relation_code: '73', reason: '群众反映' }),
  approveCase: async (item) => ({ amount: await office.amountOf(item), reasons: [] }),
  refuseCase: () => ({ reasons, is_despite_assessment: true }),
  recordDelivery: () => ({ delivered_on: office.today, method: 'in_person', received_by: '王建国' }),
};
const plain = () => ({ note: '' });

async function send(id, desk, item) {
  const operation = operationOf(id);
  const inPath = { county: '140302', case: item.id, visit: item.visit, objection: item.objection };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => inPath[name] ?? '00000000-0000-7000-8000-00000000dead');
  return desks[desk].send(operation.method, path, { version: item.version, ...(await (bodies[id] ?? plain)(item)) });
}

/// States beside the road: where they are left from, and how.
const aside = {
  verification_failed: ['verifying', (item) => office.done(item, desks.verify, 'verification/report', office.report('m1'))],
  refused: ['awaiting_decision', (item) => office.done(item, desks.approver, 'decision/refusal', { reasons, is_despite_assessment: true })],
  withdrawn: ['filed', (item) => office.done(item, desks.assistant, 'withdrawal', { note: '' })],
  terminated: ['filed', (item) => office.done(item, desks.township, 'termination', { note: '' })],
};

async function lead(item, stop) {
  const [goal, turn] = aside[item.target] ?? [item.target];
  await office.lead(item, goal, stop);
  if (turn && item.state === goal) {
    await turn(item);
    item.state = item.target;
  }
}

const file = async (target, line) => ({ ...(await office.file()), target, line });

const acts = lines.filter((line) => line.desk !== 'any');
const needsObjection = (line, state) => ['dismissObjection', 'upholdObjection'].includes(line.operation) && line[state] !== '-';
/// A case for each state, for all that is refused there; and one for each act that changes something or prepares it.
const shared = [];
const own = [];

before(async () => {
  for (const state of states) {
    shared.push(await file(state));
    for (const line of acts) if (line[state] === 'ok' || needsObjection(line, state)) own.push(await file(state, line));
  }
  const all = [...shared, ...own];
  for (const stop of ['township_publicity', 'county_publicity', undefined]) {
    await inParallel(all.filter((item) => item.state !== item.target), (item) => lead(item, stop));
    if (stop && states.includes(stop)) await passDays(8, ...Object.values(desks));
  }
  await inParallel(own.filter((item) => needsObjection(item.line, item.target)), async (item) => {
    const recorded = await office.done(item, desks.township, 'objections', bodies.recordObjection());
    item.objection = recorded.objection;
  });
});

test('every act upon an application has a line', () => {
  const wanted = operations.filter((operation) => operation.method !== 'GET' && operation.path.includes('{case}')).map((operation) => operation.id);
  assert.deepEqual(wanted.filter((id) => !lines.some((line) => line.operation === id)), [], 'the states tables want a line for each');
  assert.deepEqual(lines.filter((line) => !wanted.includes(line.operation)).map((line) => line.operation), []);
});

test('every state was reached on the road', async () => {
  for (const item of shared) {
    const page = await desks.county.act('GET', item.path);
    assert.deepEqual([page.summary.state, page.summary.version], [item.target, item.version]);
  }
});

test('each state allows what the table says and refuses the rest, changing nothing', async () => {
  const wrong = [];
  await inParallel(shared, async (item) => {
    for (const line of acts) {
      const cell = line[item.target];
      if (cell === 'ok' || needsObjection(line, item.target)) continue;
      const expected = cell === '-' ? line.otherwise : cell;
      const answer = await send(line.operation, line.desk, item);
      if (answer.status < 400 || answer.body.key !== expected) wrong.push(`${line.operation} by ${line.desk} in ${item.target}: ${answer.status} ${answer.body.key}, expected ${expected}`);
    }
    const page = await desks.county.act('GET', item.path);
    assert.deepEqual([page.summary.state, page.summary.version], [item.target, item.version], 'a refusal changed something');
  });
  await inParallel(own, async (item) => {
    const cell = item.line[item.target];
    const answer = await send(item.line.operation, item.line.desk, item);
    const found = answer.status < 300 ? 'ok' : answer.body.key;
    if (found !== cell) wrong.push(`${item.line.operation} by ${item.line.desk} in ${item.target}: ${found} ${JSON.stringify(answer.body.errors ?? '')}, expected ${cell}`);
  });
  assert.deepEqual(wrong, []);
});

test('nothing succeeds twice: the version that was acted upon is gone', async () => {
  const wrong = [];
  await inParallel(own.filter((item) => item.line[item.target] === 'ok'), async (item) => {
    const answer = await send(item.line.operation, item.line.desk, item);
    if (answer.body.key !== 'case.changed_meanwhile') wrong.push(`${item.line.operation} in ${item.target}: ${answer.status} ${answer.body.key}`);
  });
  assert.deepEqual(wrong, []);
});
