// The files that the checks look at, and what a finding is. Checks take a repository and return findings, so that the
// tests hand them a repository made of strings.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Used where git cannot say what belongs to the repository (no git, or an unpacked archive).
const skipped = new Set(['.git', 'node_modules', 'build', 'build-dev', 'dist', 'data', 'test-results']);

function walk(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() ? [path] : [];
  });
}

function listPaths(root) {
  try {
    const out = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 });
    const paths = out.toString().split('\0').filter((path) => path && existsSync(join(root, path)));
    if (paths.length > 0) return [...new Set(paths)];
  } catch {
    // No git here: the walk below finds the same files in a clean checkout.
  }
  return walk(root);
}

export function openRepository(root) {
  const texts = new Map();
  const known = listPaths(root).sort();
  return {
    root,
    paths: known,
    exists: (path) => existsSync(join(root, path)),
    /** The file's text; undefined for one that is not text. */
    read(path) {
      if (!texts.has(path)) {
        const bytes = readFileSync(join(root, path));
        texts.set(path, bytes.includes(0) ? undefined : bytes.toString('utf8'));
      }
      return texts.get(path);
    },
  };
}

/** The same from strings, for tests: { 'src/base/id.hpp': '…' }. */
export function repositoryOf(files) {
  const paths = Object.keys(files).sort();
  return {
    paths,
    exists: (path) => paths.some((known) => known === path || known.startsWith(`${path}/`)),
    read: (path) => files[path],
  };
}

export function finding(file, line, problem, remedy) {
  return { file, line, problem, remedy };
}

export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) ++line;
  return line;
}

export const isCpp = (path) => /\.(cpp|hpp)$/.test(path);
/** Tests, and headers that only tests include. */
export const isTestCode = (path) => /_test\.cpp$|\/test_[a-z_]*\.hpp$|^src\/kernel\/test\/|^tests\//.test(path);
