// What a row costs at each size. Exit code 1 when the sizes differ by more than a fifth. Starting the program takes the same
// at any size, so an empty run is measured too and taken off; both figures are shown.
//   node linear.mjs [--sizes S,M,L] [--rounds 5]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './figures.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: 'S,M,L' }, rounds: { type: 'string', default: '5' }, program: { type: 'string', default: 'build/jiuzhu' } },
});
const rounds = Number(values.rounds);

function secondsOf(size) {
  execFileSync(process.execPath, [join(here, 'run.mjs'), '--size', size, '--peers', 'none', '--rounds', values.rounds,
    '--program', values.program, '--limits', 'none'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  const lines = readFileSync(join(repository, 'build/bench-sieve.jsonl'), 'utf-8').trimEnd().split('\n').map((line) => JSON.parse(line));
  return median(lines.filter(({ tool }) => tool === 'engine').slice(-rounds).map(({ seconds }) => seconds));
}

function startSeconds() {
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    execFileSync(resolve(repository, values.program), ['--version']);
    return (performance.now() - begin) / 1000;
  });
  return median(times);
}

const start = startSeconds();
console.log(`starting the program: ${(start * 1000).toFixed(0)} ms`);
const costs = values.sizes.split(',').map((size) => {
  const seconds = secondsOf(size);
  const { rows } = JSON.parse(readFileSync(join(repository, 'build/bench-sieve', size, 'workload.json'), 'utf-8'));
  const cost = ((seconds - start) / rows) * 1e9;
  console.log(`${size}: ${rows} rows, ${seconds.toFixed(3)} s, ${((seconds / rows) * 1e9).toFixed(1)} ns a row, ${cost.toFixed(1)} without the start`);
  return cost;
});
const spread = Math.max(...costs) / Math.min(...costs) - 1;
const holds = spread <= 0.2;
console.log(`${holds ? 'holds' : 'MISSED'}  ${(spread * 100).toFixed(0)} % between the sizes, wanted 20`);
process.exitCode = holds ? 0 : 1;
