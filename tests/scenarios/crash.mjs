// Kills the program in the middle of work, again and again. After each restart every acknowledged application must be
// there whole, none half, every document with its file, and the audit record sound.  node crash.mjs PROGRAM FOLDER; the database by JIUZHU_DATABASE.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk, paper, photo } from './client.mjs';
import { household } from './household.mjs';

const [program, folder] = process.argv.slice(2);
const rounds = 4;
const desksAtOnce = 4;

async function start() {
  const server = spawn(program, ['serve', '--demo', '--data', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once('data', (text) => resolve(String(text).trim()));
    server.once('exit', (code) => reject(new Error(`the program did not start (${code})`)));
  });
  process.env.BASE_URL = address;
  return server;
}

/// Files applications until the connection breaks; what was answered with 201 goes into `acknowledged`.
async function work(desk, acknowledged, papers) {
  for (;;) {
    const answer = await desk.send('POST', '/cases', household(desk.today)).catch(() => null);
    if (!answer) return;
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    acknowledged.push(answer.body.summary.id);
    const accepted = await desk.send('POST', `/cases/140302/${answer.body.summary.id}/acceptance`, { version: 1, note: '' }).catch(() => null);
    if (!accepted) return;
    assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
    const contents = photo(answer.body.summary.id);
    const at = `/cases/140302/${answer.body.summary.id}/documents`;
    const uploaded = await desk.send('POST', at, paper('identity_paper', contents)).catch(() => null);
    if (!uploaded) return;
    assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));
    papers.push({ at: `${at}/${uploaded.body.id}/content`, contents });
  }
}

execFileSync(program, ['demo', '--data', folder], { stdio: 'ignore' });
const acknowledged = [];
const papers = [];
let server = await start();
for (let round = 0; round < rounds; round += 1) {
  const desk = await Desk.of('assistant');
  const working = Array.from({ length: desksAtOnce }, () => work(desk, acknowledged, papers));
  await pause(200 + Math.random() * 400);
  server.kill('SIGKILL');
  await Promise.all(working);
  server = await start();
  const reader = await Desk.of('assistant');
  for (const id of acknowledged.slice(-40)) {
    const page = await reader.act('GET', `/cases/140302/${id}`);
    assert.equal(page.persons.length, 4);
    assert.equal(page.summary.version, page.steps.length + 1, 'state and steps agree');
    // Listed or not yet acknowledged, what has a row has its file.
    for (const document of (await reader.act('GET', `/cases/140302/${id}/documents`)).items) {
      await reader.act('GET', `/cases/140302/${id}/documents/${document.id}/content`);
    }
  }
  for (const { at, contents } of papers.slice(-40)) assert.deepEqual(await reader.act('GET', at), contents);
}
server.kill('SIGTERM');
await pause(500);
assert.ok(acknowledged.length > rounds, 'there was work to lose');
execFileSync(program, ['audit', 'verify', '--data', folder], { stdio: 'inherit' });
console.log(`${acknowledged.length} acknowledged applications and ${papers.length} documents outlived ${rounds} kills`);
