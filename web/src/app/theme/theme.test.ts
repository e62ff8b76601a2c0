// Contrast after WCAG 2.1: 4.5 for text (1.4.3), 3 for the borders of controls and the focus ring (1.4.11).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map([...css.matchAll(/--jz-([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]));

function luminance(name: string): number {
  const colour = tokens.get(name);
  if (!colour) throw new Error(`no token ${name}`);
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe('colours', () => {
  it.each([
    ['ink', 'paper'], ['ink', 'ground'], ['ink-soft', 'paper'], ['ink-soft', 'ground'], ['ink', 'bad-pale'], ['ink', 'warn-pale'],
    ['primary', 'paper'], ['primary', 'ground'], ['primary', 'primary-pale'], ['paper', 'primary'], ['paper', 'primary-strong'],
    ['paper', 'bar'], ['bar-soft', 'bar'], ['paper', 'accent'], ['accent', 'accent-pale'],
    ['good', 'good-pale'], ['warn', 'warn-pale'], ['bad', 'bad-pale'], ['bad', 'paper'], ['bad', 'ground'], ['paper', 'bad'],
  ])('carry text: %s on %s', (text, ground) => expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5));

  it.each([['field-line', 'paper'], ['field-line', 'ground'], ['focus', 'paper'], ['focus', 'ground'], ['focus-on-bar', 'bar']])(
    'show controls: %s on %s', (line, ground) => expect(contrast(line, ground)).toBeGreaterThanOrEqual(3));
});
