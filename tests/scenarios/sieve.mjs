// `jiuzhu sieve` as an operator meets it: the documented example, refusals with their exit codes, shares joined, a run that
// is interrupted and one that is killed.  node sieve.mjs PROGRAM FOLDER

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Program } from './program.mjs';

const [path, folder] = process.argv.slice(2);
const program = new Program(path);
const example = fileURLToPath(new URL('../../examples/sieve', import.meta.url));
const outputs = ['flagged.csv', 'hits.csv', 'malformed.csv', 'statistics.json'];

function place(name) {
  const made = `${folder}/${name}`;
  mkdirSync(made);
  return made;
}
const written = (where) => outputs.map((name) => readFileSync(`${where}/${name}`, 'utf-8'));

async function theExample() {
  const where = place('example');
  cpSync(example, where, { recursive: true });
  const { out, err } = await program.succeed('sieve', `${where}/run.yaml`);
  assert.match(out, /7 households, 10 persons; rules apply to 4 households/);
  assert.match(out, /机动车登记: 10 rows = 5 matched \+ 3 not ours \+ 1 malformed \+ 1 filtered/);
  assert.equal(err, '', 'no progress where nobody looks');
  assert.match(written(where)[0], /H002,exceeds,DEPOSIT:exceeds,,1,1,0,0,,0,60500.00,2,/);
  return where;
}

async function refusals(where) {
  const text = readFileSync(`${where}/run.yaml`, 'utf-8');
  writeFileSync(`${where}/wrong.yaml`, text.replace('vehicles >= 2', 'vehicle >= 2').replace('within_months: 12', 'within_months: x'));
  const wrong = await program.run('sieve', `${where}/wrong.yaml`);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /wrong\.yaml:\d+:\d+/);
  assert.equal(wrong.err.match(/wrong\.yaml:\d+:\d+/g).length, 2, 'every mistake at once');
  assert.equal((await program.run('sieve')).code, 2);
  assert.equal((await program.run('sieve', `${where}/run.yaml`, '--shard', '4/3', '--to', `${where}/x`)).code, 2);
  assert.equal((await program.run('sieve', `${where}/none.yaml`)).code, 1);
  const nowhere = await program.run('sieve', `${where}/run.yaml`, '--shard', '1/2', '--to', `${where}/none/part`);
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.err, /There is no folder/);
  const unwritable = await program.run('sieve', `${where}/run.yaml`, '--temporary-folder', `${where}/none`);
  assert.equal(unwritable.code, 2);
}

async function shares(where) {
  const before = written(where);
  const parts = [1, 2, 3].map((number) => `${where}/part-${number}`);
  // All at the same time, as a scheduler would.
  await Promise.all(parts.map((part, i) => program.succeed('sieve', `${where}/run.yaml`, '--shard', `${i + 1}/3`, '--to', part)));
  for (const name of outputs) writeFileSync(`${where}/${name}`, '');
  await program.succeed('sieve', 'merge', `${where}/run.yaml`, ...parts);
  assert.deepEqual(written(where), before);
  const taken = await program.run('sieve', `${where}/run.yaml`, '--shard', '1/2', '--to', `${where}/vehicles.csv`);
  assert.equal(taken.code, 1, 'a share never replaces a register');
  assert.match(readFileSync(`${where}/vehicles.csv`, 'latin1'), /140399/);
  const missing = await program.run('sieve', 'merge', `${where}/run.yaml`, parts[0], parts[2]);
  assert.equal(missing.code, 1);
  assert.match(missing.err, /Shares 2 are missing/);
  assert.deepEqual(written(where), before);
}

/// A disk that fills up while the second output is written: a limit on files says the same.
async function fullDisk() {
  const where = place('full');
  writeFileSync(`${where}/people.csv`, 'household,person,name,id\nH1,P1,赵明远,140399197203150115\n');
  writeFileSync(`${where}/register.csv`, 'id,balance\n' + '140399197203150115,1\n'.repeat(20_000));
  writeFileSync(`${where}/run.yaml`, `as_of: 2025-06-30
people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}
sources: {one: {files: register.csv, columns: {number: id}, show: [id, balance], measures: {one: count}}}
rules: {ANY: {when: one > 0, result: clue}}
outputs: {households: flagged.csv, hits: hits.csv, statistics: statistics.json}
`);
  writeFileSync(`${where}/flagged.csv`, 'of the last run');
  const before = readdirSync(where);
  const child = spawn('sh', ['-c', 'trap "" XFSZ; ulimit -f 400; exec "$0" sieve "$1"', path, `${where}/run.yaml`], { env: program.environment, stdio: 'ignore' });
  const [code] = await once(child, 'close');
  assert.equal(code, 3);
  assert.deepEqual(readdirSync(where), before);
  assert.equal(readFileSync(`${where}/flagged.csv`, 'utf-8'), 'of the last run');
}

/// A run of some seconds: packed members of the same rows, one behind the other.
function longRun() {
  const where = place('long');
  writeFileSync(`${where}/people.csv`, 'household,person,name,id\nH1,P1,赵明远,140399197203150115\n');
  const rows = gzipSync(Buffer.from('140399197203150115,1\n'.repeat(3_000_000)), { level: 1 });
  writeFileSync(`${where}/register.csv.gz`, Buffer.concat(Array(40).fill(rows)));
  writeFileSync(`${where}/run.yaml`, `as_of: 2025-06-30
people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}
sources: {one: {files: register.csv.gz, header: false, columns: {number: 1}, measures: {one: count}}}
outputs: {households: flagged.csv, hits: hits.csv, statistics: statistics.json}
`);
  return where;
}

async function endedBy(where, signal) {
  const before = readdirSync(where);
  const child = spawn(path, ['sieve', `${where}/run.yaml`], { env: program.environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (piece) => (err += piece));
  await setTimeout(700);
  assert.equal(child.exitCode, null, 'the run is under way');
  child.kill(signal);
  const [code] = await once(child, 'close');
  assert.deepEqual(readdirSync(where), before, 'nothing was left behind');
  return { code, err };
}

const where = await theExample();
await refusals(where);
await shares(where);
await fullDisk();
const long = longRun();
const interrupted = await endedBy(long, 'SIGINT');
assert.equal(interrupted.code, 1);
assert.match(interrupted.err, /The run was cancelled. Nothing was written/);
await endedBy(long, 'SIGKILL');
console.log('sieve: example, refusals, shares, full disk, interruption, kill');
