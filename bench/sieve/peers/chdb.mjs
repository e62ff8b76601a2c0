// ClickHouse as a library. Its casts take digits and a sign before them, nothing else. Left to itself it evaluates the
// branches of a condition row by row only where they are needed, which is up to 25 times slower here than for all rows.

import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'chdb';
import { evidence, isFlagged, order, people, registers, threads, writeResult } from './job.mjs';

const { out, path, isGb18030 } = order();
// Its texts are bytes, and no byte of a GB18030 character is a comma, a quote or a line break: nothing to convert.
const existing = isGb18030 ? `unhex('B4E6D0F8')` : `'存续'`;
const folder = mkdtempSync(`${out}.`);
const session = new Session(folder);
const query = (sql) => session.query(`${sql} SETTINGS max_threads = ${threads}, short_circuit_function_evaluation = 'disable',
  join_use_nulls = 1`, 'TSV');

const csv = (file) =>
  `file('${path(file)}', 'CSVWithNames', '${file.columns.map((column) => `${column} String`).join(', ')}')`;

// GB 11643 without a loop over digits: see duckdb.mjs; here of the first 17 digits, so their sum counts twice.
const places = Array.from({ length: 16 }, (_, i) => i + 1);
const weighted = (n) => `(2 * ${n} - (${places.map((i) => `${2 ** (i + 3)} * intDiv(${n}, ${10n ** BigInt(i)})`).join(' + ')}))`;

/** `key` is 0 for a malformed number. */
function keyed(file, columns) {
  const rest = columns.map((column) => `, ${column}`).join('');
  return `SELECT multiIf(
      length(text) = 18 AND n >= 0 AND text >= '0' AND check <= 10 AND (${weighted('n')} + check) % 11 = 1, n,
      length(text) = 15 AND n >= 0 AND text >= '0', intDiv(n, 1000000000) * 100000000000 + 19000000000 + n % 1000000000,
      0) AS key${rest}
    FROM (SELECT text, toInt64OrDefault(substring(text, 1, 17), -1::Int64) AS n,
        reinterpretAsUInt8(substring(text, 18, 1)) AS last, if(last IN (88, 120), 10, toInt16(last) - 48) AS check${rest}
      FROM (SELECT trimBoth(${file.number}) AS text${rest} FROM ${csv(file)}))`;
}

const fen = (column) => `toInt64(toDecimal64(${column}, 2) * 100)`;
const inHalfYear = `month >= '2025-01' AND month <= '2025-06'`;
const aggregates = {
  vehicles: `count() AS vehicles, max(${fen('price')}) AS max_price`,
  flights: `countIf(departed_on > '2024-06-30' AND departed_on <= '2025-06-30') AS flights`,
  property: `sum(${fen('area_m2')}) AS area`,
  deposits: `sum(${fen('balance')}) AS deposits`,
  companies: `countIf(status = ${existing}) AS companies`,
  deaths: 'count() AS deaths',
  social_insurance: `intDivOrNull(sumIf(${fen('wage')}, ${inHalfYear}), countIf(${inHalfYear})) AS average_wage`,
};

const create = (name, engine, sql) => query(`CREATE TABLE ${name} ENGINE = ${engine} AS ${sql}`);

create('persons', 'Memory', keyed(people, ['household_id']));
create('households', 'Memory', `SELECT household_id, toUInt32(rowNumberInAllBlocks() + 1) AS household
  FROM (SELECT DISTINCT household_id FROM persons ORDER BY household_id)`);
// Household 0 takes the malformed numbers: they survive the join and are counted with the rest. The hash table is built
// once for all registers.
create('members', 'Join(ALL, INNER, key)', `SELECT toInt64(key) AS key, household
  FROM persons JOIN households USING (household_id) UNION ALL SELECT 0, 0`);

const counts = registers.map((register) => {
  create(`${register.name}`, 'Memory', `SELECT household, count() AS counted, ${aggregates[register.name]}
    FROM (${keyed(register, register.used)}) AS keyed ALL INNER JOIN members USING (key) GROUP BY household`);
  // The number of rows of a CSV file is a short cut of its own, which skips the columns.
  return query(`SELECT (SELECT count() FROM ${csv(register)}), sumIf(counted, household > 0), sumIf(counted, household = 0)
    FROM ${register.name}`).trim().split('\t');
});

const joins = registers.map(({ name }) => `LEFT JOIN ${name} AS ${name} ON ${name}.household = households.household`);
const shown = evidence.map((name) =>
  (['max_price', 'average_wage'].includes(name) ? `found.${name}` : `ifNull(found.${name}, 0)`) + ` AS ${name}`).join(', ');
const lines = query(`SELECT concatWithSeparator(',', household_id,
    ${evidence.map((name) => `ifNull(toString(${name}), '')`).join(', ')})
  FROM (SELECT household_id, ${shown} FROM (
    SELECT household_id, ${evidence.join(', ')} FROM households AS households ${joins.join(' ')}) AS found)
  WHERE ${isFlagged} ORDER BY household_id`);
writeResult(out, lines.split('\n').slice(0, -1), counts);
session.cleanup();
rmSync(folder, { recursive: true, force: true });
