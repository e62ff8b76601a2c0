// Legal dates are calendar dates and are never moved through a time zone. Instants come as UTC and are shown in China's
// time, which has been UTC+8 without summer time since 1992.
import type { Language } from '../language';

const englishMonths = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] as const;
const chinaOffsetMs = 8 * 3_600_000;

/** "2019-08-01" → "2019年8月1日" or "1 August 2019"; other text is shown as it is. */
export function formatDate(date: string | null | undefined, language: Language): string {
  if (!date) return '—';
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return date;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const name = englishMonths[month - 1];
  if (!name) return date;
  return language === 'en' ? `${day} ${name} ${year}` : `${year}年${month}月${day}日`;
}

/** "2019-08" → "2019年8月" or "August 2019". */
export function formatMonth(month: string | null | undefined, language: Language): string {
  if (!month) return '—';
  const parts = /^(\d{4})-(\d{2})$/.exec(month);
  const name = parts && englishMonths[Number(parts[2]) - 1];
  if (!parts || !name) return month;
  return language === 'en' ? `${name} ${parts[1]}` : `${parts[1]}年${Number(parts[2])}月`;
}

/** "2019-08-01T01:02:03Z" → "2019-08-01 09:02" in China's time: the form that sorts and lines up in lists. */
export function formatInstantIso(instant: string | null | undefined): string {
  const moved = inChina(instant);
  return moved ? moved.toISOString().slice(0, 16).replace('T', ' ') : instant || '—';
}

/** "2019-08-01T01:02:03Z" → "2019年8月1日 09:02" or "1 August 2019, 09:02". */
export function formatInstant(instant: string | null | undefined, language: Language): string {
  const moved = inChina(instant);
  if (!moved) return instant || '—';
  const text = moved.toISOString();
  const date = formatDate(text.slice(0, 10), language);
  return language === 'en' ? `${date}, ${text.slice(11, 16)}` : `${date} ${text.slice(11, 16)}`;
}

/** Whole days from one calendar date to another; undefined when one of them is no date. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  return start === undefined || end === undefined ? undefined : end - start;
}

function dayNumber(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const day = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  return Number.isNaN(day) ? undefined : day;
}

function inChina(instant: string | null | undefined): Date | undefined {
  const time = instant ? Date.parse(instant) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time + chinaOffsetMs);
}
