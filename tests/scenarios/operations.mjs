// Keeps an installation alive: works, backs up under load, loses everything, restores elsewhere and finds the same
// answers; then changes the keys beside a running server.  node operations.mjs PROGRAM FOLDER; the databases by
// JIUZHU_DATABASE and RESTORE_DATABASE, both or neither.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Desk } from './client.mjs';
import { household } from './household.mjs';
import { Program, end } from './program.mjs';

const [path, folder] = process.argv.slice(2);
const first = `${folder}/data`;
const second = `${folder}/elsewhere`;
const archive = `${folder}/backups/office.zip`;
const kept = `${folder}/safe/vault.key`;
const before = new Program(path);
const after = new Program(path, process.env.RESTORE_DATABASE ? { JIUZHU_DATABASE: process.env.RESTORE_DATABASE } : {});
const sm3 = (bytes) => createHash('sm3').update(bytes).digest('hex');
mkdirSync(`${folder}/backups`);
mkdirSync(`${folder}/safe`);

async function all(desk, route) {
  const items = [];
  for (let after = ''; after !== undefined && after !== null; ) {
    const page = await desk.act('GET', `${route}${after && `?after=${encodeURIComponent(after)}`}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

/// A printed sheet without the moment of its printing.
const printed = (pdf) => pdf.toString('latin1').replace(/\/CreationDate \([^)]*\)/, '');

/// Everything an officer would miss: lists, pages with their persons and steps, a printed notice.
async function answers() {
  const approver = await Desk.of('approver');
  const list = await all(approver, '/cases');
  const pages = [];
  for (const item of list) pages.push(await approver.act('GET', `/cases/140302/${item.id}`));
  const posted = pages.find((page) => page.summary.state === 'township_publicity');
  assert.ok(posted, 'the demonstration has a posted notice');
  const { notices } = await approver.act('GET', `/cases/140302/${posted.summary.id}/publicity`);
  const sheet = await approver.act('GET', `/cases/140302/${posted.summary.id}/notices/${notices[0].id}/sheet`);
  assert.equal(sheet.subarray(0, 5).toString(), '%PDF-');
  const users = await all(await Desk.of('admin'), '/users');
  return { list, pages, sheet: printed(sheet), users: users.map(({ last_login_at, ...user }) => user) };
}

/// Files applications until told to stop; gives what was acknowledged, in order.
function work(desk) {
  const filed = [];
  let isOver = false;
  const done = (async () => {
    while (!isOver) filed.push((await desk.act('POST', '/cases', household(desk.today))).summary.id);
  })();
  return { filed, stop: () => { isOver = true; return done; } };
}

// A working office, and what it would miss.
await before.succeed('demo', '--data', first);
copyFileSync(`${first}/keys/vault.key`, kept);
chmodSync(kept, 0o644); // as a memory stick would give it back
await before.succeed('audit', 'verify', '--data', first);
await before.succeed('doctor', '--data', first);
const photo = Buffer.from('\xFF\xD8\xFF\xE0 a photo', 'latin1');
const digest = sm3(photo);
const shelf = `attachments/${digest.slice(0, 2)}/${digest.slice(2, 4)}`;
mkdirSync(`${first}/${shelf}`, { recursive: true, mode: 0o700 });
writeFileSync(`${first}/${shelf}/${digest}`, photo);
let server = await before.serve(first);
const remembered = await answers();

// A backup under load.
const desk = await Desk.of('assistant');
const busy = [work(desk), work(desk), work(desk)];
while (busy.some((one) => one.filed.length < 3)) await new Promise((resolve) => setTimeout(resolve, 20));
const acknowledged = busy.flatMap((one) => [...one.filed]);
const backup = await before.succeed('backup', '--data', first, '--to', archive);
assert.equal(backup.out.trim(), archive);
assert.match(backup.err, /key file is not in the archive/);
assert.equal(statSync(archive).mode & 0o777, 0o600);
assert.deepEqual(readdirSync(`${folder}/backups`), ['office.zip'], 'no drafts are left');
await Promise.all(busy.map((one) => one.stop()));
assert.match((await before.run('backup', '--data', first, '--to', archive)).err, /not overwritten/);

// Everything is lost, but the archive and the kept key file.
await end(server, 'SIGKILL');
rmSync(first, { recursive: true });

// Nothing comes from an archive that was altered, nor without the key.
const bytes = readFileSync(archive);
for (const share of [0.2, 0.5, 0.8]) {
  const altered = Buffer.from(bytes);
  altered[Math.floor(bytes.length * share)] ^= 1;
  writeFileSync(`${folder}/altered.zip`, altered);
  const refused = await after.run('restore', `${folder}/altered.zip`, '--data', second, '--keys-from', kept);
  assert.equal(refused.code, 1, refused.err);
  assert.ok(!existsSync(second), 'nothing is left behind');
}
assert.match((await after.run('restore', archive, '--data', second)).err, /--keys-from/);
assert.ok(!existsSync(second));

// Elsewhere.
const restored = await after.succeed('restore', archive, '--data', second, '--keys-from', kept);
assert.match(restored.err, /audit record was recomputed and is sound/);
assert.match(restored.err, /attachments: 1/);
assert.equal(statSync(`${second}/keys/vault.key`).mode & 0o777, 0o600);
assert.deepEqual(readFileSync(`${second}/${shelf}/${digest}`), photo);
const again = await after.run('restore', archive, '--data', second, '--keys-from', kept);
assert.equal(again.code, 1);
assert.match(again.err, /is not empty/);
await after.succeed('doctor', '--data', second);
server = await after.serve(second);
const found = await answers();
const ids = new Set(found.list.map((item) => item.id));
const reader = await Desk.of('assistant');
for (const id of acknowledged) {
  if (!ids.has(id)) await reader.act('GET', `/cases/140302/${id}`); // acknowledged before the backup began: it is there
}
const known = new Set(remembered.pages.map((page) => page.summary.id));
assert.deepEqual(found.pages.filter((page) => known.has(page.summary.id)), remembered.pages);
assert.equal(found.sheet, remembered.sheet, 'the printed notice is the same to the byte');
assert.deepEqual(found.users, remembered.users);
const target = remembered.pages[0].summary.id;
const reveal = async () => (await reader.act('POST', `/cases/140302/${target}/reveal`, { person: 'm1', reason: '核实' })).citizen_number;
const number = await reveal();
assert.match(number, /^140399/);
await after.succeed('audit', 'verify', '--data', second);

// New keys beside the running server.
const officers = [work(reader), work(reader)];
const rotated = await after.succeed('keys', 'rotate', '--data', second);
assert.match(rotated.out, /Key version 2/);
const resealed = await after.succeed('keys', 'reseal', '--data', second);
assert.match(resealed.out, /case_person\.citizen_number \d{2,}/);
await Promise.all(officers.map((one) => one.stop()));
assert.ok(officers.every((one) => one.filed.length > 0), 'work went on meanwhile');
assert.equal(await reveal(), number);
const rest = await after.succeed('keys', 'reseal', '--data', second);
assert.match(rest.out, /^0 values/m, 'the running server seals under the new key too');

// No row needs the old key any more: the installation is sound under a key file without it.
const lines = readFileSync(`${second}/keys/vault.key`, 'utf8').split('\n').filter((line) => !/^(key 1|check) /.test(line));
const content = lines.filter(Boolean).map((line) => `${line}\n`).join('');
writeFileSync(`${folder}/new-only.key`, `${content}check ${sm3(content)}\n`, { mode: 0o600 });
const examined = await after.succeed('doctor', '--json', '--data', second, '--key-file', `${folder}/new-only.key`);
const report = JSON.parse(examined.out);
assert.ok(report.is_healthy && !report.checks.some(({ check }) => check === 'keys_current'), examined.out);
const verified = await after.succeed('audit', 'verify', '--data', second);
assert.match(verified.out, /chains/);
await end(server);
const records = await after.run('doctor', '--data', `${folder}/nowhere`);
assert.equal(records.code, 1);
assert.ok(!existsSync(`${folder}/nowhere`), 'a look makes nothing');
console.log(`${acknowledged.length} applications acknowledged under load outlived the loss of everything`);
