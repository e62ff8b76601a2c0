// A roster is being taken over when the program is killed; after the restart it is there once, whole, without anybody
// asking again. Another one is cancelled in the middle and leaves nothing.  node roster.mjs PROGRAM FOLDER

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk, citizenNumber } from './client.mjs';
import { Program, end } from './program.mjs';

const [path, folder] = process.argv.slice(2);
const program = new Program(path);
const households = 3000;

/// Couples of a village, born on days that no other scenario uses.
function roster(first) {
  const lines = ['户编号,与申请人关系,姓名,公民身份号码,劳动能力,救助类型,村（社区）,月保障金额,起始月份,账户类型,开户银行,账号'];
  for (let i = first; i < first + households; i += 1) {
    const birth = `19${60 + Math.floor(i / 900)}-02-03`;
    const own = `,城市低保,140302001002,500,2019-03,存折,信用社,${14030000000000 + i}`;
    lines.push(`${i},本人,王建国,${citizenNumber(birth, i % 900)},完全丧失${own}`);
    lines.push(`${i},配偶,李秀英,${citizenNumber(birth.replace('-02-', '-05-'), i % 900)},完全丧失,,,,,,,`);
  }
  return lines.join('\r\n');
}

async function upload(desk, text) {
  const form = new FormData();
  form.append('file', new Blob([text]), 'roster.csv');
  return desk.act('POST', '/roster/imports', form);
}

/// Follows an import until it stands still.
async function settled(desk, { id }) {
  for (let waits = 0; waits < 1200; waits += 1) {
    const now = await desk.act('GET', `/roster/imports/140302/${id}`);
    if (!now.progress) return now;
    await pause(50);
  }
  throw new Error('the import does not end');
}

const apply = (desk, { id }) =>
  desk.act('POST', `/roster/imports/140302/${id}/application`, { extent: 'all_or_nothing', payable_from: desk.today.slice(0, 7) });

/// Waits until the application has begun to count.
async function underway(desk, { id }) {
  for (;;) {
    const now = await desk.act('GET', `/roster/imports/140302/${id}`);
    if (!now.progress || now.progress.done > 0) return now.state;
    await pause(5);
  }
}

const drawing = async (desk) =>
  (await desk.act('GET', '/awards/totals')).items.reduce((total, each) => total + each.households, 0);

await program.succeed('demo', '--data', folder);
let server = await program.serve(folder);
let officer = await Desk.of('county');
let approver = await Desk.of('approver');
const before = await drawing(officer);
const first = await settled(officer, await upload(officer, roster(0)));
assert.equal(first.state, 'checked', JSON.stringify(first));
assert.equal(first.good_count, households);
await officer.refused('access.permission_missing', undefined, 'POST', `/roster/imports/140302/${first.id}/application`, {
  extent: 'all_or_nothing', payable_from: officer.today.slice(0, 7),
});
await apply(approver, first);
assert.equal(await underway(officer, first), 'applying');
await end(server, 'SIGKILL');

server = await program.serve(folder);
officer = await Desk.of('county');
approver = await Desk.of('approver');
assert.equal(await drawing(officer), before, 'nothing of it was written');
const taken = await settled(officer, first);
assert.equal(taken.state, 'applied');
assert.equal(taken.applied_count, households);
assert.equal(await drawing(officer), before + households);

const second = await settled(officer, await upload(officer, roster(households)));
await apply(approver, second);
assert.equal(await underway(officer, second), 'applying');
await officer.act('POST', `/roster/imports/140302/${second.id}/cancellation`);
const stopped = await settled(officer, second);
assert.equal(stopped.state, 'checked');
assert.equal(stopped.refusal.key, 'job.cancelled');
assert.equal(await drawing(officer), before + households);
await apply(approver, second);
assert.equal((await settled(officer, second)).applied_count, households);

const list = await officer.act('POST', '/awards/export', { programme: 'urban_minimum_living' });
assert.equal(list.subarray(0, 2).toString(), 'PK');
await end(server);
await program.succeed('audit', 'verify', '--data', folder);
console.log(`${households} households outlived a kill, and as many a cancellation`);
