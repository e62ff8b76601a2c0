// The C++ files are as clang-format 19 would write them.
import { spawnSync } from 'node:child_process';
import { finding, isCpp } from './repository.mjs';

export function checkFormatting(repository) {
  const program = 'clang-format-19';
  if (spawnSync(program, ['--version']).error) {
    console.log(`tidy: ${program} is not installed ('make packages-test'), so the format is not checked`);
    return [];
  }
  const run = spawnSync(program, ['--dry-run', '--ferror-limit=1', ...repository.paths.filter(isCpp)],
    { cwd: repository.root, encoding: 'utf8', maxBuffer: 1 << 26 });
  const first = new Map();
  for (const match of run.stderr.matchAll(/^([^:\n]+):(\d+):\d+: (?:warning|error): code should be clang-formatted/gm)) {
    if (!first.has(match[1])) first.set(match[1], Number(match[2]));
  }
  if (run.status !== 0 && first.size === 0) throw new Error(`${program}: ${run.stderr}`);
  return [...first].map(([file, line]) => finding(file, line, 'is not formatted', "run 'make format'"));
}
