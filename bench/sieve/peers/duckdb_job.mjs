// The whole job in DuckDB. How a citizen number becomes a key is the caller's: SQL in duckdb.mjs, C++ in duckdb_native.mjs.
// The key of a malformed number is NULL.

import { DuckDBInstance } from '@duckdb/node-api';
import { convertedToUtf8 } from './iconv.mjs';
import { evidence, isFlagged, order, people, registers, threads, writeResult } from './job.mjs';

// Only rows of the people are cast: strangers never pay for it.
const fen = (column) =>
  `CASE WHEN household IS NOT NULL THEN CAST(CAST(${column} AS DECIMAL(18, 2)) * 100 AS BIGINT) END`;

const aggregates = {
  vehicles: `count(household) AS vehicles, max(${fen('price')}) AS max_price`,
  flights: `count(*) FILTER (household IS NOT NULL AND departed_on > '2024-06-30' AND departed_on <= '2025-06-30') AS flights`,
  property: `sum(${fen('area_m2')}) AS area`,
  deposits: `sum(${fen('balance')}) AS deposits`,
  companies: `count(*) FILTER (household IS NOT NULL AND status = '存续') AS companies`,
  deaths: 'count(household) AS deaths',
  social_insurance: `sum(${fen('wage')}) FILTER (${inHalfYear('month')}) // count(*) FILTER (${inHalfYear('month')})
    AS average_wage`,
};

function inHalfYear(column) {
  return `household IS NOT NULL AND ${column} >= '2025-01' AND ${column} <= '2025-06'`;
}

/**
 * `keyed(rows, number, columns)`: SQL that reads `rows` and gives `key` and those columns.
 * `prepare(connection)` may load what it needs.
 */
export async function runInDuckDb({ keyed, config = {}, prepare = async () => {} }) {
  const given = order();
  const { out } = given;
  // It takes UTF-8 and Latin-1 alone, without the bytes that GB18030 is made of; its extension for others is no npm package.
  const { path, remove } = given.isGb18030 ? await convertedToUtf8(given, [...registers, people]) : given;
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads), ...config });
  const connection = await instance.connect();
  await prepare(connection);
  await connection.run('SET preserve_insertion_order = false');
  // Left to itself it builds the hash table from the register, which is fifty times as large as the people.
  await connection.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);

  const csv = (file) => {
    const columns = file.columns.map((column) => `${column}: 'VARCHAR'`).join(', ');
    // Its buffers of 32 MB leave a thread idle at the end of each file.
    return `read_csv('${path(file)}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
      buffer_size = 2097152, columns = {${columns}})`;
  };
  await connection.run(`CREATE TEMP TABLE persons AS
    ${keyed(csv(people), people.number, ['household_id'])}`);
  await connection.run(`CREATE TEMP TABLE households AS
    SELECT household_id, CAST(row_number() OVER (ORDER BY household_id) AS INTEGER) AS household
    FROM (SELECT DISTINCT household_id FROM persons)`);
  await connection.run(`CREATE TEMP TABLE members AS
    SELECT key, household FROM persons JOIN households USING (household_id)`);

  const counts = [];
  for (const register of registers) {
    // Strangers and malformed numbers fall into the group without a household: one pass gives evidence and counts.
    const source = keyed(csv(register), register.number, register.used);
    await connection.run(`CREATE TEMP TABLE of_${register.name} AS
      SELECT household, count(*) AS counted, count(*) FILTER (key IS NULL) AS malformed,
        ${aggregates[register.name]}
      FROM (${source}) LEFT JOIN members USING (key) GROUP BY household`);
    const reader = await connection.runAndReadAll(`SELECT sum(counted), sum(counted) FILTER (household IS NOT NULL),
      sum(malformed) FROM of_${register.name}`);
    counts.push(reader.getRows()[0].map((count) => count ?? 0));
  }
  const joins = registers.map(({ name }) => `LEFT JOIN of_${name} USING (household)`).join(' ');
  const shown = evidence.map((name) =>
    ['max_price', 'average_wage'].includes(name) ? name : `coalesce(${name}, 0) AS ${name}`).join(', ');
  const reader = await connection.runAndReadAll(`SELECT concat_ws(',', household_id,
      ${evidence.map((name) => `coalesce(CAST(${name} AS VARCHAR), '')`).join(', ')}) AS line
    FROM (SELECT household_id, ${shown} FROM households ${joins}) WHERE ${isFlagged} ORDER BY household_id`);
  writeResult(out, reader.getColumns()[0], counts);
  remove?.();
}
