// Numbers of people and accounts arrive masked ("140399********1234"); these only make them readable.
const thinSpace = '\u2009';

/** Citizen number in its parts: region, birth date, sequence with check digit. */
export function formatCitizenNumber(number: string | null | undefined): string {
  if (!number) return '—';
  return number.length === 18 ? [number.slice(0, 6), number.slice(6, 14), number.slice(14)].join(thinSpace) : number;
}

/** Card or account number in groups of four, as printed on the card; of a masked one the digits that are left. */
export function formatAccount(number: string | null | undefined): string {
  if (!number) return '—';
  const digits = number.replace(/\s+/g, '');
  if (digits.includes('*')) return digits.split(/(\*+)/).filter(Boolean).join(thinSpace);
  return digits.replace(/(.{4})(?=.)/g, `$1${thinSpace}`);
}

/** What a screen reader says for a masked number: only the end can be heard usefully. */
export function endOfMasked(number: string): string {
  return /[^*]+$/.exec(number)?.[0] ?? '';
}
