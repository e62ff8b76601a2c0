// What every peer does: the registers with their columns, the evidence they give, the flags, and the two files that come
// out. Amounts stay what they are in the files, hundredths as whole numbers, so that equal results are equal bytes.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const threads = 2;

export const people = { name: 'persons', columns: ['household_id', 'person_id', 'name', 'id'], number: 'id' };

/** In the order of the counts. `used` are the columns that the evidence needs. */
export const registers = [
  register('vehicles', 'plate,owner_id,owner_name,vehicle_class,registered_on,price', 'owner_id', ['price']),
  register('flights', 'passenger_id,name,flight_no,departed_on,fare', 'passenger_id', ['departed_on']),
  register('property', 'cert_no,owner_id,owner_name,area_m2,value', 'owner_id', ['area_m2']),
  register('deposits', 'id,bank_code,balance,as_of', 'id', ['balance']),
  register('companies', 'uscc,legal_person_id,capital,status', 'legal_person_id', ['status']),
  register('deaths', 'id,died_on', 'id', []),
  register('social_insurance', 'id,month,wage', 'id', ['month', 'wage']),
];

export const evidence =
  ['vehicles', 'max_price', 'flights', 'area', 'deposits', 'companies', 'deaths', 'average_wage'];

/** Over the evidence of a household, where an absent maximum or average is NULL. */
export const isFlagged = `vehicles >= 2 OR max_price > 15000000 OR flights >= 3 OR area > 12000 OR deposits > 10000000
  OR companies >= 1 OR deaths >= 1 OR average_wage > 800000`;

function register(name, columns, number, used) {
  return { name, columns: columns.split(','), number, used };
}

export function order() {
  const [folder, out, ...options] = process.argv.slice(2);
  if (!folder || !out) throw new Error('usage: node PEER.mjs FOLDER OUT.csv [--quoted] [--encoding gb18030]');
  const option = (name, otherwise) => (options.includes(name) ? options[options.indexOf(name) + 1] : otherwise);
  return {
    out,
    option,
    path: (file) => join(folder, `${file.name}.csv`),
    isQuoted: options.includes('--quoted'),
    isGb18030: option('--encoding', 'utf-8') === 'gb18030',
  };
}

/** `lines`: one text a household, in order of household. `counts`: rows, hits and malformed of each register. */
export function writeResult(out, lines, counts) {
  write(out, [['household_id', ...evidence].join(','), ...lines]);
  const counted = registers.map(({ name }, which) => [name, ...counts[which]].join(','));
  write(`${out}.counts`, ['source,rows,hits,malformed', ...counted]);
}

function write(path, lines) {
  const file = openSync(path, 'w');
  writeSync(file, lines.join('\n') + '\n');
  closeSync(file);
}
