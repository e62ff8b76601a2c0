// Every operation of the program's own document, asked over HTTP by every role in every place, against the tables that
// were written by hand: routes.csv says what a role may, regions.csv what it sees from its place. Nothing here knows
// the program's table of permissions.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Desk } from '../scenarios/client.mjs';
import { sampleBody } from './sample.mjs';
import { readOperations, readTable } from './table.mjs';
import { benefits, counties, fileApplications, makeBenefits, makeColleagues, makeOffices, places, roles } from './world.mjs';

const routes = new Map(readTable('routes.csv').map((line) => [line.operation, line]));
const placements = readTable('regions.csv');
const { operations, schemas } = readOperations();
const nobody = '00000000-0000-7000-8000-00000000dead';
let offices;
let colleagues;

before(async () => {
  offices = await makeOffices(placements);
  await fileApplications(offices.desks);
  await makeBenefits(offices);
  colleagues = await makeColleagues(offices.admin, offices.otherAdmin);
});

test('every operation has a line, and every line an operation', () => {
  const missing = operations.filter((operation) => !routes.has(operation.id)).map((operation) => operation.id);
  const stale = [...routes.keys()].filter((id) => !operations.some((operation) => operation.id === id));
  const line = (id) => `${id},WHERE,-,${Object.keys(roles).map(() => '-').join(',')},ARTICLE OR REASON`;
  assert.deepEqual(missing, [], `tests/permissions/routes.csv wants a line for each, from the regulation:\n${missing.map(line).join('\n')}`);
  assert.deepEqual(stale, [], 'lines of routes.csv whose operation is gone');
  for (const line of routes.values()) {
    assert.ok(line.reason, `${line.operation}: a reason`);
    for (const role of ['out', ...Object.keys(roles)]) assert.match(line[role] ?? '', /^[y-]$/, `${line.operation}, ${role}`);
  }
});

/// What an operation is asked about, by column of regions.csv; `twin` is the same question about what does not exist.
function targetsOf(where) {
  const cases = Object.entries(places).map(([column, place]) => ({ column, path: place.path, region: place.region }));
  switch (where) {
    case 'case':
      return cases.map((target) => ({ ...target, twin: { path: { ...target.path, case: nobody }, region: target.region } }));
    case 'region':
      return cases.map(({ column, region }) => ({ column, path: {}, region, twin: { path: {}, region: '149902001001' } }));
    case 'county':
    case 'chain':
      return [['county', '140302'], ['other_county', '140303']].map(([column, code]) => ({
        column, path: { county: code, chain: code }, twin: { path: { county: '149902', chain: '149902' } },
      }));
    case 'award':
      return Object.entries(benefits).map(([column, benefit]) => ({ column, path: benefit.path, twin: { path: { ...benefit.path, award: nobody } } }));
    case 'import':
    case 'run':
    case 'standard':
    case 'change':
    case 'delivery':
      return Object.entries(counties).map(([column, county]) => ({
        column, path: { county: county.code, [where]: county[where] }, twin: { path: { county: county.code, [where]: nobody } },
      }));
    case 'thing':
      return [{ column: null, path: { county: '140302' } }];
    case 'user':
      return ['account', 'other_account'].map((column) => ({ column, path: { user: colleagues[column] }, twin: { path: { user: nobody } } }));
    default:
      return [{ column: null, path: {} }];
  }
}

function ask(desk, operation, target) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => target.path[name] ?? nobody);
  const body = sampleBody(operation, schemas);
  const placed = body?.intake ?? body;
  if (placed && 'region' in placed) placed.region = target.region ?? placed.region;
  return desk.send(operation.method, path, body);
}

const looksLike = (one, other) => one.status === other.status && JSON.stringify(one.body) === JSON.stringify(other.body);

/// denied: the role may not, whatever it is about. hidden: answered like something that does not exist, to the letter.
async function verdict(desk, operation, target) {
  const answer = await ask(desk, operation, target);
  if (answer.status === 403 && answer.body.key === 'access.permission_missing') return 'denied';
  if (answer.status === 401 || answer.status >= 500) return `${answer.status} ${JSON.stringify(answer.body)}`;
  if (answer.status === 403 && answer.body.key.startsWith('session.')) return answer.body.key;
  if (!target.twin || answer.status !== 404) return 'allowed';
  return looksLike(answer, await ask(desk, operation, target.twin)) ? 'hidden' : 'allowed';
}

const isAsked = (operation) => !['self', 'public'].includes(routes.get(operation.id).where);

test('every role may what the tables say, where they say it, and nothing else', async () => {
  const wrong = [];
  let asked = 0;
  for (const placement of placements) {
    const desk = await offices.desks.get(placement)();
    const questions = operations.filter(isAsked).flatMap((operation) =>
      targetsOf(routes.get(operation.id).where).map((target) => ({ operation, target })));
    asked += questions.length;
    await inParallel(questions, async ({ operation, target }) => {
      const may = routes.get(operation.id)[placement.role] === 'y';
      const sees = target.column === null || placement[target.column] === 'y';
      const expected = !may ? 'denied' : sees ? 'allowed' : 'hidden';
      const found = await verdict(desk, operation, target);
      if (found !== expected) wrong.push(`${operation.id} by ${placement.role} of ${placement.place} on ${target.column ?? 'anything'}: ${found}, expected ${expected}`);
    });
  }
  assert.ok(asked > 1000);
  assert.deepEqual(wrong, []);
});

async function inParallel(items, work) {
  const left = [...items];
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let item = left.shift(); item; item = left.shift()) await work(item);
  }));
}

test('whoever is not signed in gets nothing but what is public', async () => {
  const stranger = Object.assign(new Desk(), { cookie: '', token: '' });
  for (const operation of operations) {
    const answer = await ask(stranger, operation, targetsOf(routes.get(operation.id).where)[0]);
    if (routes.get(operation.id).out === 'y') {
      assert.notEqual(answer.body.key, 'session.missing', operation.id);
    } else {
      assert.deepEqual([operation.id, answer.status, answer.body.key], [operation.id, 401, 'session.missing']);
    }
  }
});

test('nothing is changed without the token of the session', async () => {
  const desk = await offices.desks.get(placements[0])();
  for (const operation of operations) {
    if (operation.method === 'GET' || routes.get(operation.id).out === 'y') continue;
    for (const token of ['', 'f'.repeat(64), desk.token.slice(0, -1)]) {
      const forged = Object.assign(new Desk(), { cookie: desk.cookie, token });
      const answer = await ask(forged, operation, targetsOf(routes.get(operation.id).where)[0]);
      assert.deepEqual([operation.id, answer.status, answer.body.key], [operation.id, 403, 'session.csrf_token_wrong']);
    }
  }
});

/// Everything that would betray an application, a benefit, or what another county does.
const marksOf = (place) => [place.id, place.number, place.applicant, place.citizen, place.holder, place.import, place.run, place.standard, place.change, place.delivery].filter(Boolean);
const everything = [places, benefits, counties].flatMap((each) => Object.entries(each));

test('no list, count or search shows a row of another place', async () => {
  for (const placement of placements) {
    const desk = await offices.desks.get(placement)();
    const unseen = everything.filter(([column]) => placement[column] !== 'y').map(([, each]) => each);
    const seen = Object.entries(places).filter(([column]) => placement[column] === 'y').map(([, place]) => place);
    const who = `${placement.role} of ${placement.place}`;
    const lists = operations.filter((operation) => operation.method === 'GET' && ['list', 'county', 'public'].includes(routes.get(operation.id).where));
    for (const operation of lists) {
      for (const target of targetsOf(routes.get(operation.id).where)) {
        const text = JSON.stringify((await ask(desk, operation, target)).body);
        for (const place of unseen) for (const mark of marksOf(place)) assert.ok(!text.includes(mark), `${operation.id} shows ${mark} to ${who}`);
      }
    }
    if (routes.get('listCases')[placement.role] !== 'y') continue;
    const all = await everyCase(desk);
    const ids = new Set(all.map((item) => item.id));
    for (const place of seen) assert.ok(ids.has(place.id), `${who} misses ${place.applicant}`);
    for (const item of all) assert.ok(item.region_code.startsWith(placement.place), `${who} is shown ${item.region_code}`);
    // Counted by hand from the list, which has been checked row by row above.
    const counts = (await desk.act('GET', '/work-list')).counts;
    assert.equal(counts.reduce((total, line) => total + line.count, 0), all.length, `counts of ${who}`);
    for (const place of Object.values(places)) {
      const expected = seen.includes(place) ? [place.id] : [];
      const byName = await desk.act('GET', `/cases?search=${encodeURIComponent(place.applicant)}`);
      assert.deepEqual(byName.items.map((item) => item.id), expected, `${who} searches ${place.applicant}`);
      const byNumber = await desk.act('GET', `/cases?search=${place.number}`);
      assert.deepEqual(byNumber.items.map((item) => item.id), expected, `${who} searches ${place.number}`);
      const byPerson = await desk.act('POST', '/case-searches', { citizen_number: place.citizen });
      assert.deepEqual(byPerson.items.map((item) => item.id), expected, `${who} searches the person of ${place.applicant}`);
    }
  }
});

async function everyCase(desk) {
  const items = [];
  for (let after = ''; after !== undefined;) {
    const page = await desk.act('GET', `/cases?after=${encodeURIComponent(after)}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

test('accounts and audit records of another county are not in any list', async () => {
  for (const placement of placements) {
    const desk = await offices.desks.get(placement)();
    const within = (code) => code.startsWith(placement.place) || `${placement.place}0000`.startsWith(code);
    if (routes.get('listUsers')[placement.role] === 'y') {
      const users = await desk.act('GET', '/users');
      assert.ok(users.items.length > 0);
      for (const user of users.items) for (const grant of user.grants) assert.ok(within(grant.region_code), `${user.login} is shown to ${placement.place}`);
    }
    if (routes.get('listAudit')[placement.role] !== 'y') continue;
    for (const query of ['', '?county=140302', '?county=140303', `?subject=${places.own.id}`, `?subject=${places.next_county.id}`]) {
      const records = await desk.act('GET', `/audit${query}`);
      for (const record of records.items) assert.ok(record.chain.startsWith(placement.place), `${record.chain} is shown to ${placement.place}`);
    }
    for (const chain of (await desk.act('GET', '/audit/chains')).items) assert.ok(chain.chain.startsWith(placement.place), `${chain.chain} in ${placement.place}`);
  }
});
