// DuckDB in SQL alone. The check digit has no loop over digits: the weights of GB 11643 are the powers of two modulo 11,
// and the digit at place i of n is floor(n/10^i) - 10*floor(n/10^(i+1)), so the weighted sum of all digits is
// n - sum of 2^(i+2)*floor(n/10^i) over i from 1; with the check digit as last digit it leaves 1. An X counts as ten.
//
// Each step is a column of its own subquery. The same inside one CASE takes twice the time: DuckDB then works on
// selections instead of whole vectors.

import { runInDuckDb } from './duckdb_job.mjs';

const places = Array.from({ length: 17 }, (_, i) => i + 1);
const weighted = (n) => `(${n} - (${places.map((i) => `${2 ** (i + 2)} * (${n} // ${10n ** BigInt(i)})`).join(' + ')}))`;

function keyed(rows, number, columns) {
  const rest = columns.map((column) => `, ${column}`).join('');
  const stripped = `SELECT CASE WHEN contains(${number}, ' ') THEN trim(${number}) ELSE ${number} END AS text${rest}
    FROM ${rows}`;
  const split = `SELECT text${rest}, CASE WHEN suffix(text, 'X') OR suffix(text, 'x') THEN 10 ELSE 0 END AS tenth
    FROM (${stripped})`;
  // A cast takes signs, points and exponents too. Without an exponent only digits make eighteen characters so large.
  const cast = `SELECT text${rest}, tenth, CASE WHEN length(text) = 18 AND NOT contains(text, 'e') AND NOT contains(text, 'E')
      THEN TRY_CAST(CASE WHEN tenth = 10 THEN left(text, 17) || '0' ELSE text END AS BIGINT) END AS n
    FROM (${split})`;
  const summed = `SELECT text${rest}, n, ${weighted('n')} + tenth AS total FROM (${cast})`;
  return `SELECT CASE
      WHEN n >= 100000000000000000 THEN CASE WHEN total % 11 = 1 THEN n // 10 END
      WHEN regexp_full_match(text, '[0-9]{15}') THEN CAST(text[1:6] || '19' || text[7:15] AS BIGINT)
      WHEN regexp_full_match(text, '0[0-9]{16}[0-9Xx]') AND total % 11 = 1 THEN n // 10
    END AS key${rest} FROM (${summed})`;
}

await runInDuckDb({ keyed });
