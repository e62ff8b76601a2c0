// From seconds to a verdict: medians, ratios within a round, limits, the table.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What the engine must reach: times the speed of the fastest peer of a kind, or share of the limit's speed. */
export const limits = {
  full: [
    { against: 'sql', atLeast: 10, name: 'fastest peer in SQL' },
    { against: 'native', atLeast: 6, name: 'DuckDB with native normaliser' },
    { against: 'limit', atLeast: 0.4, name: 'reading and counting lines' },
  ],
  // Every field quoted, or GB18030.
  shaped: [{ against: 'any', atLeast: 4, name: 'fastest peer' }],
  // The engine kept from AVX-512.
  narrow: [{ against: 'sql', atLeast: 6, name: 'fastest peer in SQL' }],
};

const kindOf = { duckdb: 'sql', chdb: 'sql', polars: 'sql', duckdb_native: 'native', limit: 'limit' };

function fits(tool, against) {
  return kindOf[tool] === against || (against === 'any' && ['sql', 'native'].includes(kindOf[tool]));
}

/** `measured`: for each tool its measurements in order of rounds. */
export function table(measured) {
  const rows = Object.entries(measured).map(([tool, rounds]) => {
    const seconds = rounds.map((round) => round.seconds);
    const ratio = measured.engine ? medianRatio(rounds, measured.engine).toFixed(2) : '';
    const memory = Math.max(...rounds.map((round) => round.peak_mib));
    const cpu = median(rounds.map((round) => round.cpu_seconds));
    return [tool, ...[median(seconds), Math.min(...seconds), Math.max(...seconds), cpu].map((value) => value.toFixed(2)),
      memory.toFixed(0), ratio];
  });
  return aligned([['tool', 'median s', 'min s', 'max s', 'cpu s', 'MiB', 'of engine'], ...rows]);
}

/** How many times as long as the engine, round by round. */
function medianRatio(rounds, engine) {
  return median(rounds.map((round, i) => round.seconds / engine[i].seconds));
}

export function verdicts(measured, wanted) {
  return wanted.flatMap(({ against, atLeast, name }) => {
    const ratios = Object.keys(measured).filter((tool) => fits(tool, against))
      .map((tool) => ({ tool, ratio: medianRatio(measured[tool], measured.engine) }));
    if (ratios.length === 0) return [];
    const { tool, ratio } = ratios.reduce((a, b) => (a.ratio <= b.ratio ? a : b));
    return [{ name: `${name} (${tool})`, ratio, atLeast, holds: ratio >= atLeast }];
  });
}

export function verdictLine({ name, ratio, atLeast, holds }) {
  return `${holds ? 'holds ' : 'MISSED'}  ${ratio.toFixed(2)} times ${name}, wanted ${atLeast}`;
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) =>
    (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}
