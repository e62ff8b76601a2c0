// For peers that do not read GB18030: iconv first, two files at a time, the largest first. The time counts.

import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { threads } from './job.mjs';

/** Where the converted files are, and how to be rid of them. */
export async function convertedToUtf8({ out, path }, files) {
  const folder = mkdtempSync(`${out}.`);
  const converted = (file) => join(folder, `${file.name}.csv`);
  const waiting = [...files].sort((a, b) => statSync(path(a)).size - statSync(path(b)).size);
  const work = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) await convert(path(file), converted(file));
  };
  await Promise.all(Array.from({ length: threads }, work));
  return { path: converted, remove: () => rmSync(folder, { recursive: true }) };
}

function convert(from, to) {
  const stdio = ['ignore', openSync(to, 'w'), 'inherit'];
  return new Promise((resolve, reject) => {
    spawn('iconv', ['-f', 'GB18030', '-t', 'UTF-8', from], { stdio })
      .on('error', reject)
      .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`iconv of ${from} ended with ${code}`))));
  });
}
