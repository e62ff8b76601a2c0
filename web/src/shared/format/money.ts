/** "1234.5" (yuan as decimal text) → "¥1,234.50". Works on the text: a sum never passes through floating point.
 *  Text that is no amount is shown as it is, so that nobody mistakes a fault for zero. */
export function formatMoney(yuan: string | null | undefined): string {
  if (yuan === null || yuan === undefined || yuan === '') return '—';
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(yuan);
  if (!parts) return yuan;
  const [, sign = '', whole = '0', fraction = ''] = parts;
  return `${sign}¥${groupThousands(whole)}.${fraction.padEnd(2, '0')}`;
}

/** Sums and differences in the smallest unit; undefined for text that is no amount. */
export function toMinor(yuan: string | null | undefined): bigint | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(yuan ?? '');
  if (!parts) return undefined;
  const minor = BigInt(parts[2]!) * 100n + BigInt((parts[3] ?? '').padEnd(2, '0') || '0');
  return parts[1] ? -minor : minor;
}

export function fromMinor(minor: bigint): string {
  const size = minor < 0n ? -minor : minor;
  return `${minor < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

/** 31072 → "31,072". */
export function formatCount(count: number): string {
  return (count < 0 ? '-' : '') + groupThousands(Math.abs(Math.trunc(count)).toString());
}

function groupThousands(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',');
}
