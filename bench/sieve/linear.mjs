// What a row costs at each size. Exit code 1 when the sizes differ by more than a fifth. Beginning and ending take the same
// at any size, so a run over nothing is measured too and taken off; both figures are shown. The sizes take turns, round by round:
// a shared machine moves by more than a fifth between the first minute and the last.
//   node linear.mjs [--sizes S,M,L] [--rounds 5]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './figures.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: 'S,M,L' }, rounds: { type: 'string', default: '5' }, program: { type: 'string', default: 'build/jiuzhu' } },
});

/** Makes the files of a size and brings them into the page cache; what the engine finds there is compared with what was planted. */
function prepare(size) {
  execFileSync(process.execPath, [join(here, 'run.mjs'), '--size', size, '--peers', 'none', '--rounds', '1',
    '--program', values.program, '--limits', 'none'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The same run over files of three lines. */
function prepareEmpty(like) {
  const [from, to, results] = [like, 'empty', 'results'].map((name) => join(repository, 'build/bench-sieve', name));
  mkdirSync(to, { recursive: true });
  mkdirSync(join(results, 'empty'), { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith('.csv'))) {
    execFileSync('sh', ['-c', `head -n 3 "${join(from, file)}" > "${join(to, file)}"`]);
  }
  const runFile = readFileSync(join(results, like, 'run.yaml'), 'utf-8');
  writeFileSync(join(results, 'empty/run.yaml'), runFile.replaceAll(from, to).replaceAll(join(results, like), join(results, 'empty')));
}

/** The better of two runs in a row: what memory nobody uses for some seconds, the host of a virtual machine takes away and gives back slowly. */
function secondsOf(size) {
  return Math.min(...[1, 2].map(() => seconds('sieve', join(repository, 'build/bench-sieve/results', size, 'run.yaml'))));
}

function seconds(...command) {
  const begin = performance.now();
  execFileSync(resolve(repository, values.program), command, { stdio: 'ignore' });
  return (performance.now() - begin) / 1000;
}

const sizes = values.sizes.split(',');
sizes.forEach(prepare);
prepareEmpty(sizes[0]);
const measured = Array.from({ length: Number(values.rounds) }, () => ({ start: secondsOf('empty'), seconds: sizes.map(secondsOf) }));
const start = median(measured.map((round) => round.start));
console.log(`a run over nothing: ${(start * 1000).toFixed(0)} ms`);
const costs = sizes.map((size, i) => {
  const taken = median(measured.map((round) => round.seconds[i]));
  const { rows } = JSON.parse(readFileSync(join(repository, 'build/bench-sieve', size, 'workload.json'), 'utf-8'));
  const cost = ((taken - start) / rows) * 1e9;
  console.log(`${size}: ${rows} rows, ${taken.toFixed(3)} s, ${((taken / rows) * 1e9).toFixed(1)} ns a row, ${cost.toFixed(1)} without that`);
  return cost;
});
const spread = Math.max(...costs) / Math.min(...costs) - 1;
const holds = spread <= 0.2;
console.log(`${holds ? 'holds' : 'MISSED'}  ${(spread * 100).toFixed(0)} % between the sizes, wanted 20`);
process.exitCode = holds ? 0 : 1;
