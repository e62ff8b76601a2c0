// Months as the server writes them, "2019-08". They sort as text.
export const monthOf = (date: string): string => date.slice(0, 7);

/** "2019-12" and 1 → "2020-01"; text that is no month stays what it is. */
export function plusMonths(month: string, count: number): string {
  const parts = /^(\d{4})-(\d{2})$/.exec(month);
  if (!parts) return month;
  const index = Number(parts[1]) * 12 + Number(parts[2]) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Every month from the first to the last, newest first; at most 240. */
export function monthsDownTo(last: string, first: string): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length < 240 && /^\d{4}-\d{2}$/.test(month); month = plusMonths(month, -1)) months.push(month);
  return months;
}
