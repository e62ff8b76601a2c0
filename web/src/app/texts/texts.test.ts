// Both languages are complete, say the same with the same placeholders, and every text that the code asks for exists.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { texts as english } from './en';
import { texts as chinese } from './zh-CN';

function flat(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  const all = new Map<string, string>();
  for (const [key, child] of Object.entries(value as object)) {
    for (const [name, text] of flat(child, path ? `${path}.${key}` : key)) all.set(name, text);
  }
  return all;
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(vue|ts)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

const zh = flat(chinese);
const en = flat(english);

describe('texts', () => {
  it('exist in both languages', () => {
    expect(zh.size).toBeGreaterThan(150);
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  it('are not empty and keep their placeholders', () => {
    for (const [key, text] of zh) {
      expect(text.trim(), key).not.toBe('');
      expect(en.get(key)?.trim(), key).not.toBe('');
      expect(placeholders(en.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('are Chinese in Chinese and hold no Chinese in English', () => {
    for (const [key, text] of zh) if (!['shared.comma', 'shared.product'].includes(key)) expect(text, key).toMatch(/[\u4e00-\u9fff]/);
    for (const [key, text] of en) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('cover every key that the code names', () => {
    const known = (key: string) => zh.has(key);
    const begins = (start: string) => [...zh.keys()].some((key) => key.startsWith(start));
    let asked = 0;
    for (const path of sources(join(import.meta.dirname, '../..'))) {
      const source = readFileSync(path, 'utf8');
      // t('a.b'), t(x ? 'a.b' : 'a.c'), t(`a.${b}`), and the keys of menu entries
      for (const [, inside = ''] of source.matchAll(/\b(?:t\(|text: (?='))([^)\n]*)/g)) {
        for (const [, key = ''] of inside.matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)) {
          expect(known(key), `${key} in ${path}`).toBe(true);
          asked++;
        }
        for (const [, start = ''] of inside.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)) {
          expect(begins(start), `${start}… in ${path}`).toBe(true);
          asked++;
        }
      }
    }
    expect(asked).toBeGreaterThan(150); // otherwise the pattern has gone blind
  });
});
