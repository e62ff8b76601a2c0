// What holds for every text file: no unfinished work, no stray blanks, no file that nobody can read in one sitting.
import { finding } from './repository.mjs';

const longestAllowed = 600;
const isGenerated = (path) => /(^|\/)(package-lock\.json|schema\.d\.ts|components\.d\.ts)$/.test(path);
const isCode = (path) => /\.(cpp|hpp|ts|vue|mjs|js|css|sql|cmake)$/.test(path) || /^(tools\/|\.ci\/)[^.]*$/.test(path);
// Split, so that these lines do not find themselves.
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
const openFix = new RegExp(`\\b${'FIX' + 'ME'}\\b(?!\\((law|#\\d+)\\))`);

function checkText(path, text) {
  const findings = [];
  const lines = text.split('\n');
  if (!text.endsWith('\n')) findings.push(finding(path, lines.length, 'does not end with a newline', 'add one'));
  else if (text.endsWith('\n\n')) findings.push(finding(path, lines.length - 1, 'ends with empty lines', 'remove them'));
  lines.forEach((line, index) => {
    if (/[ \t\r]$/.test(line)) findings.push(finding(path, index + 1, 'blanks at the end of the line', 'remove them'));
    const word = unfinished.exec(line) ?? openFix.exec(line);
    if (word) {
      findings.push(finding(path, index + 1, `${word[0]}: unfinished work`,
        'finish it or file an issue; a missing legal step is marked with (law) or (#issue)'));
    }
  });
  if (isCode(path) && lines.length - 1 > longestAllowed) {
    findings.push(finding(path, longestAllowed, `${lines.length - 1} lines`, `split it by its nouns; ${longestAllowed} is the limit`));
  }
  return findings;
}

export function checkTexts(repository) {
  return repository.paths.flatMap((path) => {
    const text = isGenerated(path) ? '' : repository.read(path);
    return text ? checkText(path, text) : [];
  });
}

/** Lock files name versions and digests, never where this machine happened to fetch them. */
export function checkLocks(repository) {
  return repository.paths.filter((path) => path.endsWith('package-lock.json')).flatMap((path) =>
    repository.read(path).split('\n').flatMap((line, index) =>
      /"resolved":\s*"[a-z+]+:\/\//.test(line)
        ? [finding(path, index + 1, 'names a download address', 'write it again with npm install --omit-lockfile-registry-resolved')]
        : []));
}
