// Polars, through its SQL: its expressions divide into fractions only. It knows no short-circuit, a CASE computes all its
// branches for all rows, so none is over texts here, and amounts are cast after the join.

import { convertedToUtf8 } from './iconv.mjs';
import { evidence, isFlagged, order, people, registers, threads, writeResult } from './job.mjs';

process.env.POLARS_MAX_THREADS = String(threads); // read when the library is loaded
const { default: polars } = await import('nodejs-polars');
const { out, path, isGb18030 } = order();

// It knows no GB18030, but takes bytes that are not UTF-8, all as the same character: good for every column except the
// status of companies, so that one file is converted first.
const companies = registers.find(({ name }) => name === 'companies');
const converted = isGb18030 ? await convertedToUtf8({ out, path }, [companies]) : null;
const scan = (file) => polars.scanCSV(converted && file === companies ? converted.path(file) : path(file),
  { inferSchemaLength: 0, encoding: isGb18030 ? 'utf8-lossy' : 'utf8' });
const lazily = (tables, sql) => {
  const frame = new polars.SQLContext(tables).execute(sql);
  if (frame._ldf instanceof Error) throw frame._ldf; // it hands them over as if they were frames
  return frame;
};
const now = (tables, sql) => lazily(tables, sql).collectSync({ engine: 'streaming' });

// GB 11643 without a loop over digits: see duckdb.mjs.
const places = Array.from({ length: 17 }, (_, i) => i + 1);
const weighted = (n) => `(${n} - (${places.map((i) => `${2 ** (i + 2)} * (${n} // ${10n ** BigInt(i)})`).join(' + ')}))`;

/**
 * `key` is -1 for a malformed number. A cast takes digits and a sign before them, nothing else; so a text that begins
 * with a digit, and can be cast when an X at its end is taken away, is digits. Taking the last character of every text
 * would cost more than everything else.
 */
function keyed(file, columns) {
  const rest = columns.map((column) => `, ${column}`).join('');
  return `SELECT CASE
      WHEN length = 18 AND kept >= 17 AND begins_with_digit AND (${weighted('n')} + tenth) % 11 = 1 THEN n // 10
      WHEN length = 15 AND kept = 15 AND begins_with_digit AND n >= 0
        THEN n // 1000000000 * 100000000000 + 19000000000 + n % 1000000000
      ELSE -1 END AS key${rest}
    FROM (SELECT length, kept, begins_with_digit${rest},
        CASE WHEN length = 18 AND kept = 17 THEN 10 * n ELSE n END AS n,
        CASE WHEN length = 18 AND kept = 17 THEN 10 ELSE 0 END AS tenth
      FROM (SELECT OCTET_LENGTH(text) AS length, OCTET_LENGTH(digits) AS kept, text >= '0' AND text < ':' AS begins_with_digit,
          TRY_CAST(digits AS BIGINT) AS n${rest}
        FROM (SELECT text, RTRIM(text, 'Xx') AS digits${rest}
          FROM (SELECT TRIM(${file.number}) AS text${rest} FROM ${file.name}) AS a) AS b) AS c) AS d`;
}

const fen = (column) => `CAST(ROUND(CAST(${column} AS DOUBLE) * 100) AS BIGINT)`;
const inHalfYear = `month >= '2025-01' AND month <= '2025-06'`;
const aggregates = {
  vehicles: `MAX(${fen('price')}) AS max_price, COUNT(*) AS vehicles`,
  flights: `SUM(CASE WHEN departed_on > '2024-06-30' AND departed_on <= '2025-06-30' THEN 1 ELSE 0 END) AS flights`,
  property: `SUM(${fen('area_m2')}) AS area`,
  deposits: `SUM(${fen('balance')}) AS deposits`,
  companies: `SUM(CASE WHEN status = '存续' THEN 1 ELSE 0 END) AS companies`,
  deaths: 'COUNT(*) AS deaths',
  social_insurance: `SUM(CASE WHEN ${inHalfYear} THEN ${fen('wage')} END) // SUM(CASE WHEN ${inHalfYear} THEN 1 END)
    AS average_wage`,
};

const persons = now({ persons: scan(people) }, keyed(people, ['household_id']));
const households = now({ persons }, 'SELECT DISTINCT household_id FROM persons ORDER BY household_id')
  .withRowIndex('household');
// A household without a name takes the malformed: they survive the join and are counted with the rest.
const members = now({ persons, households }, `SELECT key, CAST(household AS BIGINT) AS household
  FROM persons JOIN households USING (household_id) UNION ALL SELECT -1 AS key, -1 AS household`);

const found = { households };
const counts = registers.map((register) => {
  const table = { [register.name]: scan(register), members };
  const ofAll = now(table, `SELECT household, COUNT(*) AS counted, ${aggregates[register.name]}
    FROM (${keyed(register, register.used)}) AS keyed JOIN members USING (key) GROUP BY household`);
  found[register.name] = lazily({ ofAll }, 'SELECT * FROM ofAll WHERE household >= 0');
  // The number of rows of a CSV file is a short cut of its own, which skips the columns.
  const [[rows]] = lazily(table, `SELECT COUNT(*) AS counted FROM ${register.name}`).collectSync().rows();
  const [[hits, malformed]] = now({ ofAll }, `SELECT SUM(CASE WHEN household >= 0 THEN counted ELSE 0 END) AS hits,
    SUM(CASE WHEN household < 0 THEN counted ELSE 0 END) AS malformed FROM ofAll`).rows();
  return [rows, hits, malformed];
});

const joins = registers.map(({ name }) => `LEFT JOIN ${name} ON households.household = ${name}.household`).join(' ');
const shown = evidence.map((name) =>
  ['max_price', 'average_wage'].includes(name) ? name : `COALESCE(${name}, 0) AS ${name}`).join(', ');
const flagged = now(found, `SELECT * FROM (SELECT household_id, ${shown} FROM households ${joins}) AS shown
  WHERE ${isFlagged} ORDER BY household_id`);
writeResult(out, flagged.rows().map((row) => row.map((value) => value ?? '').join(',')), counts);
converted?.remove();
