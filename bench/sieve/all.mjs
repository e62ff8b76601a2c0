// Everything that the issue of speed asks, one after the other: `make bench-sieve`. Exit code 1 when a limit is missed or a
// result differs.
//   node all.mjs [--rounds 5] [--without-large]
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, 'without-large': { type: 'boolean', default: false } },
});

const parts = [
  ['the job', 'run.mjs', '--size', 'M', '--second', '--rounds', values.rounds],
  ['kept from AVX-512', 'run.mjs', '--size', 'M', '--limits', 'narrow', '--peers', 'chdb,polars', '--rounds', '2',
    '--engine', '{program} sieve --instructions avx2 {run_file}'],
  ['every field quoted', 'run.mjs', '--size', 'M', '--quoted', '--rounds', '2'],
  ['GB18030', 'run.mjs', '--size', 'M', '--encoding', 'gb18030', '--rounds', '2'],
  ['cost by size', 'linear.mjs', '--sizes', values['without-large'] ? 'S,M' : 'S,M,L'],
];
for (const [title, script, ...args] of parts) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(process.execPath, [join(here, script), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
