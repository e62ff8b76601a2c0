// A whole invented city: its roster is taken over, every register delivered piece by piece, everybody checked. What was
// planted is found, household by household and rule by rule, nothing more and nothing less. One alert is followed to a
// stopped benefit and its notice. The program is killed in the middle of a check.  node city.mjs PROGRAM FOLDER

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk } from './client.mjs';
import { startFamiliesAt } from './household.mjs';
import { Program, end } from './program.mjs';
import { Office } from './walk.mjs';

const [path, folder] = process.argv.slice(2);
const data = `${folder}/data`;
const city = `${folder}/city`;
const program = new Program(path);
const pieceBytes = 100_000;

/// Rows of planted.csv by their titles; it has no quoted fields but in its last columns, which are not asked for.
function planted() {
  const [titles, ...lines] = readFileSync(`${city}/planted.csv`, 'utf8').replace('\uFEFF', '').trim().split('\r\n');
  const names = titles.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').slice(0, 4).map((cell, at) => [names[at], cell])));
}

const countBy = (items, key) => {
  const counts = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
};

async function everything(desk, address) {
  const items = [];
  for (let after = ''; after !== undefined;) {
    const page = await desk.act('GET', `${address}${address.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

async function addPiece(desk, delivery, offset, bytes) {
  const form = new FormData();
  form.append('offset', String(offset));
  form.append('piece', new Blob([bytes]), 'piece');
  return desk.send('POST', `/registers/deliveries/${delivery.county_code}/${delivery.id}/content`, form);
}

/// Uploads a register as the page does, and says what its columns are as they are proposed.
async function deliver(desk, file) {
  const bytes = readFileSync(`${city}/registers/${file}`);
  const announced = { register_code: file.split('.')[0], file_name: file, size: bytes.length, as_of: desk.today };
  const delivery = await desk.act('POST', '/registers/deliveries', announced);
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const piece = bytes.subarray(offset, offset + pieceBytes);
    assert.equal((await addPiece(desk, delivery, offset, piece)).status, 200);
    // A piece whose answer got lost is sent again: the program says where to go on.
    const again = await addPiece(desk, delivery, offset, piece);
    const isLast = offset + piece.length === bytes.length;
    assert.equal(again.body.key, isLast ? 'registers.not_uploading' : 'registers.other_offset');
  }
  const at = `/registers/deliveries/${delivery.county_code}/${delivery.id}`;
  const preview = await desk.act('POST', `${at}/preview`, {});
  assert.deepEqual(preview.problems, [], file);
  await desk.act('POST', `${at}/columns`, { shape: preview.shape, columns: preview.columns });
  return at;
}

async function settled(desk, at, running) {
  for (let waits = 0; waits < 1200; waits += 1) {
    const now = await desk.act('GET', at);
    if (now.state !== running) return now;
    await pause(50);
  }
  throw new Error(`${at} does not end`);
}

await program.succeed('demo', '--data', data);
await program.succeed('demo-city', '--to', city, '--households', '1500');
await program.succeed('import', 'roster', `${city}/roster.csv`, '--data', data, '--login', 'county', '--approver', 'approver');
let server = await program.serve(data);
let verifier = await Desk.of('verify');

const files = readdirSync(`${city}/registers`);
for (const file of files) {
  const at = await deliver(verifier, file);
  if (file === files[1]) {
    await end(server, 'SIGKILL');
    server = await program.serve(data);
    verifier = await Desk.of('verify');
  }
  const done = await settled(verifier, at, 'checking');
  assert.equal(done.state, 'accepted', JSON.stringify(done));
  const malformed = done.malformed.reduce((sum, each) => sum + each.count, 0);
  assert.equal(done.row_count, done.matched_count + done.not_ours_count + done.filtered_count + malformed);
  assert.ok(done.matched_count > 0 && malformed > 0, file);
}
const registers = await verifier.act('GET', '/registers');
assert.ok(registers.items.every((each) => each.is_used && each.is_fresh));

// Every planted alert is there, once for each household and kind.
const county = await Desk.of('county');
const alerts = await everything(county, '/watch/alerts');
const wanted = planted();
assert.deepEqual(countBy(alerts, (alert) => alert.kind), countBy(wanted.filter((row) => row['预警']), (row) => row['预警']));

// A check of the county finds for each rule as many households as were planted, and nothing that is news.
const check = await county.act('POST', '/watch/checks', { region: '140302' });
await county.refused('watch.check_running', undefined, 'POST', '/watch/checks', { region: '140302' });
const checked = await settled(county, `/watch/checks/140302/${check.id}`, 'running');
assert.equal(checked.state, 'done', JSON.stringify(checked));
assert.equal(checked.alert_count, 0);
const households = await everything(county, `/watch/checks/140302/${check.id}/households`);
assert.equal(households.length, checked.household_count);
assert.equal(households.length, checked.clear_count + checked.clue_count + checked.exceeds_count + checked.incomplete_count);
const sizes = (items) => items.sort((one, other) => one - other);
assert.deepEqual(
  sizes(Object.values(countBy(households.flatMap((each) => each.rules), (rule) => rule))),
  sizes(Object.values(countBy(wanted, (row) => row['规则']))),
);
assert.equal(households.filter((each) => each.rules.length > 0).length, new Set(wanted.map((row) => row['户编号'])).size);

// One alert, from the township's visit to the notice.
const assistant = await Desk.of('assistant');
const approver = await Desk.of('approver');
const [alert] = await everything(assistant, '/watch/alerts?state=open&kind=vehicle_purchase');
const address = `/watch/alerts/140302/${alert.id}`;
const seen = await assistant.act('GET', address);
assert.ok(seen.facts.length > 0 && seen.may_check && !seen.may_decide);
const stop = { reason: 'no_longer_eligible', last_month: approver.today.slice(0, 7), note: '享受期间购置轿车，家庭财产超过规定。' };
await approver.refused('watch.not_checked', 'SX-2019/2-1', 'POST', `${address}/decision`, { version: alert.version, outcome: 'stop', note: '', ending: stop });
const visited = await assistant.act('POST', `${address}/check`, { version: (await assistant.act('GET', address)).alert.version, found: '入户核实，车辆属实。', household_statement: '认可。', proposal: 'stop' });
const decided = await approver.act('POST', `${address}/decision`, { version: visited.alert.version, outcome: 'stop', note: '', ending: stop });
assert.equal(decided.alert.decision, 'stop');
assert.equal(decided.award_state, 'ended');
const notice = await approver.act('GET', `/awards/140302/${alert.award}/ending/notice`);
assert.equal(notice.subarray(0, 4).toString(), '%PDF');

// Where a county uses registers, no report passes without a look-up of its own order.
startFamiliesAt(700);
const office = await Office.open();
const item = await office.lead(await office.file(), 'verifying');
const other = await office.lead(await office.file(), 'verifying');
const lookups = await Promise.all([item, other].map((each) => verifier.act('POST', `${each.path}/verification/lookup`)));
const report = (lookup) => ({ ...office.report(), ...(lookup ? { lookup } : {}) });
await office.refused(item, verifier, 'verification.lookup_missing', 'SX-2019/2-5', 'verification/report', report());
await office.refused(item, verifier, 'verification.lookup_missing', 'SX-2019/2-5', 'verification/report', report(lookups[1].lookup.id));
await office.done(item, verifier, 'verification/report', report(lookups[0].lookup.id));
const [order] = (await verifier.act('GET', `${item.path}/verification`)).orders;
assert.equal(order.outcome, 'clear');
const printed = await verifier.act('GET', `${item.path}/verification/orders/${order.id}/report`);
assert.equal(printed.subarray(0, 4).toString(), '%PDF');

// A command does what the page does, beside the server.
const told = await program.succeed('import', 'register', `${city}/registers/vehicles.csv`, '--data', data, '--register', 'vehicles', '--as-of', verifier.today, '--login', 'verify');
assert.match(told.out, /Accepted/);
const late = await settled(verifier, `/registers/deliveries/140302/${(await verifier.act('GET', '/registers/deliveries')).items[0].id}`, 'checking');
assert.equal(late.is_repeated, true);

// So does it for a folder into which a department puts its files, for what another program writes, and for what a query gives.
const inbox = `${folder}/inbox`;
mkdirSync(inbox);
copyFileSync(`${city}/registers/deaths.csv`, `${inbox}/deaths_${verifier.today}.csv`);
writeFileSync(`${inbox}/vehicles_${verifier.today}.csv`, 'a,b\n1,2\n');
writeFileSync(`${inbox}/readme.txt`, 'hello');
const taken = await program.run('import', 'register', '--folder', inbox, '--data', data, '--login', 'verify');
assert.equal(taken.code, 1);
assert.deepEqual(readdirSync(inbox).sort(), ['accepted', 'readme.txt', 'refused']);
assert.deepEqual([readdirSync(`${inbox}/accepted`).length, readdirSync(`${inbox}/refused`).length], [1, 1]);
const piped = await program.pipe(readFileSync(`${city}/registers/prisoners.csv`), 'import', 'register', '-', '--data', data, '--register', 'prisoners', '--as-of', verifier.today, '--login', 'verify');
assert.equal(piped.code, 0, piped.err);
const [titles, ...prisoners] = readFileSync(`${city}/registers/prisoners.csv`, 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
const rowsOf = (end) => `select * from (values ${prisoners.map((row) => `(${row.map((value) => `'${value}'`).join(', ')})`).join(', ')}) `
  + `as prisoner (${titles.map((title) => `"${title}"`).join(', ')})${end}`;
const ask = async (query) => {
  writeFileSync(`${folder}/prisoners.sql`, query);
  return program.run('import', 'register', '--from-database', process.env.JIUZHU_TEST_POSTGRESQL, '--query', `${folder}/prisoners.sql`,
    '--data', data, '--register', 'prisoners', '--as-of', verifier.today, '--login', 'verify');
};
const before = (await verifier.act('GET', '/registers/deliveries')).items.length;
const broken = await ask(rowsOf(` where 1 / (length("${titles[0]}") - length("${titles[0]}")) > 0;`));
assert.equal(broken.code, 1);
assert.match(broken.err, /22012/);
assert.equal((await verifier.act('GET', '/registers/deliveries')).items.length, before, 'nothing of it is here');
const asked = await ask(rowsOf(';'));
assert.equal(asked.code, 0, asked.err);
assert.match(asked.out, /Accepted/);

await end(server);
await program.succeed('audit', 'verify', '--data', data);
console.log(`${households.length} households, ${wanted.length} planted findings, ${alerts.length} alerts: all found, and nothing else`);
