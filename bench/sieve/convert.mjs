// Makes of what `jiuzhu sieve` wrote the two files that the peers write (README.md): amounts as whole hundredths. Not timed.
//   node convert.mjs OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { evidence, registers } from './peers/job.mjs';

const out = process.argv[2];
const hundredths = new Set(['max_price', 'area', 'deposits', 'average_wage']);

function amount(text) {
  if (text === '') return '';
  const [whole, decimals = ''] = text.split('.');
  return String(BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0').slice(0, 2)));
}

const [header, ...rows] = readFileSync(`${out}.flagged.csv`, 'utf-8').replace(/^\uFEFF/, '').trimEnd().split('\r\n');
const columns = header.split(',');
const places = ['household', ...evidence].map((name) => columns.indexOf(name));
const lines = rows.map((row) => {
  const cells = row.split(',');
  return places.map((place) => (hundredths.has(columns[place]) ? amount(cells[place]) : cells[place])).join(',');
});
writeFileSync(out, [['household_id', ...evidence].join(','), ...lines].join('\n') + '\n');

const { sources } = JSON.parse(readFileSync(`${out}.statistics.json`, 'utf-8'));
const counts = registers.map(({ name }) => {
  const { rows: all, matched, malformed } = sources.find(({ source }) => source === name);
  return [name, all, matched, malformed].join(',');
});
writeFileSync(`${out}.counts`, ['source,rows,hits,malformed', ...counts].join('\n') + '\n');
