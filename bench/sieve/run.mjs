// Measures `jiuzhu sieve` beside its peers and the limit: README.md. Exit code 1 when a limit is missed or results differ.

import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { limits, table, verdictLine, verdicts } from './figures.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');

const { values: settings } = parseArgs({
  options: {
    program: { type: 'string', default: 'build/jiuzhu' },
    build: { type: 'string', default: 'build' }, // where sieve-workload and the others lie
    size: { type: 'string', default: 'M' },
    rounds: { type: 'string', default: '5' },
    quoted: { type: 'boolean', default: false },
    encoding: { type: 'string', default: 'utf-8' },
    'hit-share': { type: 'string', default: '0.03' },
    seed: { type: 'string', default: '1' },
    peers: { type: 'string', default: 'duckdb,duckdb_native,chdb,polars' },
    engine: { type: 'string', default: '{program} sieve {run_file}' }, // or none
    convert: { type: 'string', default: 'node bench/sieve/convert.mjs {out}' }, // not timed: makes of what the engine wrote {out} and {out}.counts
    'run-file': { type: 'string', default: join(here, 'run.yaml') },
    second: { type: 'boolean', default: false }, // second.yaml beside it
    limits: { type: 'string', default: '' }, // full, shaped, narrow, none
    folder: { type: 'string', default: '' },
  },
});
const isShaped = settings.quoted || settings.encoding !== 'utf-8';
const shape = [settings.size, ...(settings.quoted ? ['quoted'] : []), ...(settings.encoding === 'utf-8' ? [] : [settings.encoding]),
  ...(settings['hit-share'] === '0.03' ? [] : [`hits-${settings['hit-share']}`])].join('-');
const build = resolve(settings.build);
const folder = resolve(settings.folder || join(build, 'bench-sieve', shape));
const results = join(build, 'bench-sieve', 'results', shape);
const record = join(build, 'bench-sieve.jsonl');

function run(command, args, options = {}) {
  const ended = spawnSync(command, args, { encoding: 'utf-8', cwd: repository, ...options });
  if (ended.error) throw ended.error;
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')}\nended with ${ended.status}:\n${ended.stderr}`);
  return ended.stdout;
}

const workload = () => JSON.parse(readFileSync(join(folder, 'workload.json'), 'utf-8'));

function isGenerated() {
  if (!existsSync(join(folder, 'workload.json'))) return false;
  const there = workload();
  return there.size === settings.size && there.quoted === settings.quoted && there.encoding === settings.encoding
    && there.hit_share === Number(settings['hit-share']) && there.seed === Number(settings.seed);
}

function generate() {
  if (isGenerated()) return;
  console.log(`generating ${folder}`);
  run(join(build, 'sieve-workload'), ['--size', settings.size, '--encoding', settings.encoding, '--seed', settings.seed,
    '--hit-share', settings['hit-share'], ...(settings.quoted ? ['--quoted'] : []), folder]);
}

/** The command of the engine, and its run file with the places filled in. */
function engineCommand(out, template = settings['run-file']) {
  const runFile = join(results, 'run.yaml');
  const places = { program: resolve(settings.program), folder, out, encoding: settings.encoding, run_file: runFile };
  const filled = (text) => text.replace(/\{(program|folder|out|encoding|run_file)\}/g, (_, name) => places[name]);
  if (settings.engine.includes('{run_file}')) writeFileSync(runFile, filled(readFileSync(template, 'utf-8')));
  return { command: ['sh', '-c', `exec ${filled(settings.engine)}`], convert: filled(settings.convert) };
}

function timed(command) {
  const figures = join(results, 'timed.json');
  rmSync(figures, { force: true });
  const output = run(join(build, 'sieve-timed'), [figures, ...command]);
  return { ...JSON.parse(readFileSync(figures, 'utf-8')), output };
}

const peers = settings.peers.split(',').filter((name) => name !== '' && name !== 'none');
const hasEngine = settings.engine !== 'none';
const outOf = (tool) => join(results, `${tool}.csv`);

function measure(tool) {
  if (tool === 'limit') {
    const { output, ...figures } = timed([join(build, 'sieve-limit'), folder]);
    return { ...figures, seconds: JSON.parse(output).seconds };
  }
  const out = outOf(tool);
  if (tool === 'second') return timed(engineCommand(out, join(here, 'second.yaml')).command);
  for (const path of [out, `${out}.counts`]) rmSync(path, { force: true });
  const engine = tool === 'engine' ? engineCommand(out) : null;
  const { output: _, ...figures } = timed(engine ? engine.command : [process.execPath, join(here, 'peers', `${tool}.mjs`),
    folder, out, '--native', build, '--encoding', settings.encoding, ...(settings.quoted ? ['--quoted'] : [])]);
  if (engine?.convert) run('sh', ['-c', engine.convert]);
  return figures;
}

/** Byte by byte with the first; and the counts with what was planted. Gives what differs. */
function differences(tools) {
  const planted = workload().registers;
  const counts = ['source,rows,hits,malformed', ...planted.map((one) => [one.name, one.rows, one.hits, one.malformed].join(','))];
  const expected = Buffer.from(counts.join('\n') + '\n');
  return tools.flatMap((tool) => [
    ...(readFileSync(outOf(tool)).equals(readFileSync(outOf(tools[0]))) ? [] : [`${outOf(tool)} differs from ${outOf(tools[0])}`]),
    ...(readFileSync(`${outOf(tool)}.counts`).equals(expected) ? [] : [`${outOf(tool)}.counts is not what was planted`]),
  ]);
}

function main() {
  mkdirSync(results, { recursive: true });
  if (peers.length > 0 && !existsSync(join(here, 'peers/node_modules')))
    // Not `npm ci`: it wants the packages of all platforms in the lock file, and some of the peers' cannot be had.
    run(join(repository, 'tools/npm'), ['install', '--no-save', '--loglevel=error'], { cwd: join(here, 'peers'), stdio: 'inherit' });
  generate();
  run(join(build, 'sieve-limit'), [folder]); // reads everything once: no tool may pay for a cold page cache

  const compared = [...peers, ...(hasEngine ? ['engine'] : [])];
  const tools = [...compared, ...(settings.second ? ['second'] : []), 'limit'];
  const measured = Object.fromEntries(tools.map((tool) => [tool, []]));
  const differing = new Set();
  const about = { at: new Date().toISOString(), cpu: cpus()[0].model, cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30), command: process.argv.slice(2).join(' '), shape };
  for (let round = 0; round < Number(settings.rounds); ++round) {
    // The first changes, so that nobody always follows the same neighbour.
    for (let i = 0; i < tools.length; ++i) {
      const tool = tools[(i + round) % tools.length];
      const figures = measure(tool);
      measured[tool].push(figures);
      appendFileSync(record, JSON.stringify({ ...about, round, tool, ...figures }) + '\n');
      console.log(`round ${round + 1}: ${tool} ${figures.seconds.toFixed(2)} s`);
    }
    if (compared.length > 0) for (const difference of differences(compared)) differing.add(difference);
  }

  const judged = hasEngine ? verdicts(measured, limits[settings.limits || (isShaped ? 'shaped' : 'full')] ?? []) : [];
  const { people, rows, bytes } = workload();
  console.log(`\n${shape}: ${people} people, ${rows} rows, ${bytes} bytes; ${about.cores} cores of ${about.cpu}\n`);
  console.log(`${table(measured)}\n`);
  for (const verdict of judged) console.log(verdictLine(verdict));
  for (const difference of differing) console.log(`DIFFERS ${difference}`);
  if (differing.size === 0 && compared.length > 1) console.log(`equal   results of ${compared.join(', ')}, and the counts that were planted`);
  process.exitCode = differing.size > 0 || judged.some(({ holds }) => !holds) ? 1 : 0;
}

main();
