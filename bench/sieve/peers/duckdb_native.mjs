// DuckDB with the number normaliser as a native C++ function: duckdb_number.cpp, built as sieve-duckdb-number into the
// folder that --native names (build, unless told).

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInDuckDb } from './duckdb_job.mjs';
import { order } from './job.mjs';

/** What DuckDB wants at the end of a library before it loads it: eight fields, last first, and room for a signature. */
function footer() {
  const platform = `linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
  const fields = ['', '', '', 'C_STRUCT', 'v1', 'v1.2.0', platform, '4'];
  return Buffer.concat([...fields.map((field) => Buffer.from(field.padEnd(32, '\0'))), Buffer.alloc(256)]);
}

const { out, option } = order();
const library = join(option('--native', 'build'), 'libduckdb_number.so');
const folder = mkdtempSync(`${out}.`);
// DuckDB takes the name of the entry point from that of the file.
const extension = join(folder, 'duckdb_number.duckdb_extension');
writeFileSync(extension, Buffer.concat([readFileSync(library), footer()]));
try {
  await runInDuckDb({
    config: { allow_unsigned_extensions: 'true' },
    prepare: (connection) => connection.run(`LOAD '${extension}'`),
    keyed: (rows, number, columns) =>
      `SELECT ${[`citizen_key(${number}) AS key`, ...columns].join(', ')} FROM ${rows}`,
  });
} finally {
  rmSync(folder, { recursive: true });
}
