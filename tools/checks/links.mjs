// Relative links of the documentation lead somewhere.
import { dirname, join, normalize } from 'node:path/posix';
import { finding } from './repository.mjs';

const link = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/g;

export function checkLinks(repository) {
  return repository.paths.filter((path) => path.endsWith('.md')).flatMap((path) => {
    const findings = [];
    let inFence = false;
    repository.read(path).split('\n').forEach((line, index) => {
      if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
      if (inFence) return;
      for (const match of line.replace(/`[^`]*`/g, '').matchAll(link)) {
        const target = (match[1] ?? match[2]).replace(/[#?].*/, '');
        if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
        const place = target.startsWith('/') ? null : normalize(join(dirname(path), decodeURIComponent(target))).replace(/\/$/, '');
        if (place === null || place.startsWith('..') || !(place === '.' || repository.exists(place))) {
          findings.push(finding(path, index + 1, `the link to ${target} leads nowhere`, 'correct the path, relative to this file'));
        }
      }
    });
    return findings;
  });
}
