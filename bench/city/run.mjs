// What registers cost in the system: an invented city is taken over, its registers delivered, one application looked up
// and everybody checked, on SQLite.  tools/node bench/city/run.mjs [--households 20000] [--program build/jiuzhu]
// Prints a table in seconds; nothing is kept. Households in which somebody of the demonstration happens to stand are left out.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { Desk } from '../../tests/scenarios/client.mjs';
import { Program, end } from '../../tests/scenarios/program.mjs';
import { Office } from '../../tests/scenarios/walk.mjs';

const { values } = parseArgs({ options: { households: { type: 'string', default: '20000' }, program: { type: 'string', default: 'build/jiuzhu' } } });
const folder = mkdtempSync(`${tmpdir()}/jiuzhu-city-`);
const data = `${folder}/data`;
const city = `${folder}/city`;
const program = new Program(values.program);
const lines = [];

async function timed(what, act) {
  const start = performance.now();
  const result = await act();
  lines.push([what, ((performance.now() - start) / 1000).toFixed(2)]);
  return result;
}

async function settled(desk, at, running) {
  for (;;) {
    const now = await desk.act('GET', at);
    if (now.state !== running) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/// There are so many people in a large city that the first ones who apply may stand in it already.
async function fileSomebody(office) {
  for (;;) {
    try {
      return await office.file();
    } catch (problem) {
      if (!String(problem).includes('case.person_elsewhere')) throw problem;
    }
  }
}

try {
  await program.succeed('demo', '--data', data);
  await timed('city written', () => program.succeed('demo-city', '--to', city, '--households', values.households));
  await timed('roster taken over', () => program.succeed('import', 'roster', `${city}/roster.csv`, '--data', data, '--login', 'county', '--approver', 'approver', '--good-households'));
  const files = readdirSync(`${city}/registers`);
  const bytes = files.reduce((sum, file) => sum + statSync(`${city}/registers/${file}`).size, 0);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await timed(`${files.length} registers of ${(bytes / 1e6).toFixed(0)} MB delivered, everybody in benefit watched`, async () => {
    for (const file of files) {
      await program.succeed('import', 'register', `${city}/registers/${file}`, '--data', data, '--register', file.split('.')[0], '--as-of', today, '--login', 'verify');
    }
  });
  const server = await program.serve(data);
  const office = await Office.open();
  const item = await office.lead(await fileSomebody(office), 'verifying');
  const verifier = await Desk.of('verify');
  for (const which of ['first', 'second', 'third']) {
    await timed(`one application looked up in all registers, ${which} time`, () => verifier.act('POST', `${item.path}/verification/lookup`));
  }
  const county = await Desk.of('county');
  const check = await timed('everybody in benefit checked against all registers', async () => {
    const { id } = await county.act('POST', '/watch/checks', { region: '140302' });
    return settled(county, `/watch/checks/140302/${id}`, 'running');
  });
  await timed('a page of the alerts', () => county.act('GET', '/watch/alerts?state=open'));
  await timed('a page of the households of a check', () => county.act('GET', `/watch/checks/140302/${check.id}/households?outcome=clues`));
  await end(server);
  console.log(`${check.household_count} households, ${check.person_count} persons, ${check.clue_count} with clues`);
  for (const [what, seconds] of lines) console.log(`${seconds.padStart(8)} s  ${what}`);
} finally {
  rmSync(folder, { recursive: true });
}
