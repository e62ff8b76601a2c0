// Imports point downwards: app may use features and shared, features may use shared and the index of another feature,
// shared uses neither. A file that breaks this fails here with its line.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Why `from` (a path below src) must not import `target`; undefined when it may. */
export function fault(from: string, target: string): string | undefined {
  if (!target.startsWith('@/')) return target.includes('../../') ? 'climbs out of its folder; use "@/…"' : undefined;
  const [floor, name, ...rest] = target.slice(2).split('/');
  const [ownFloor, ownName] = from.split('/');
  if (ownFloor === 'shared' && floor !== 'shared') return 'shared knows no features';
  if (ownFloor === 'features' && floor === 'app') return 'features do not know the shell';
  if (floor === 'features' && (ownFloor !== 'features' || ownName !== name) && rest.length > 0) return 'only the index of another feature';
  return undefined;
}

it('tells a forbidden import from an allowed one', () => {
  expect(fault('shared/format/money.ts', '@/features/session')).toBeDefined();
  expect(fault('features/users/index.ts', '@/features/session/store')).toBeDefined();
  expect(fault('features/users/index.ts', '@/app/i18n')).toBeDefined();
  expect(fault('features/users/index.ts', '@/features/session')).toBeUndefined();
  expect(fault('app/main.ts', '@/features/session')).toBeUndefined();
  expect(fault('features/users/pages/UserPage.vue', '../grants')).toBeUndefined();
});

it('finds only allowed imports', () => {
  const found: string[] = [];
  for (const path of files(root)) {
    const from = relative(root, path);
    for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      const why = fault(from, target);
      if (why && !from.endsWith('.test.ts')) found.push(`${from} → ${target}: ${why}`);
    }
  }
  expect(found).toEqual([]);
});
