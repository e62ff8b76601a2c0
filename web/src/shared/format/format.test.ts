import { describe, expect, it } from 'vitest';
import {
  daysBetween, endOfMasked, formatAccount, formatCitizenNumber, formatCount, formatDate, formatInstant,
  formatInstantIso, formatMoney, formatMonth,
} from '.';

describe('formatMoney', () => {
  it.each([
    ['1234', '¥1,234.00'],
    ['1234.5', '¥1,234.50'],
    ['0', '¥0.00'],
    ['0.05', '¥0.05'],
    ['-1234567.89', '-¥1,234,567.89'],
    ['999', '¥999.00'],
    ['0012.30', '¥12.30'],
    ['90071992547409931.01', '¥90,071,992,547,409,931.01'],
  ])('%s → %s', (text, shown) => expect(formatMoney(text)).toBe(shown));

  it('shows a gap for nothing and leaves what is no amount alone', () => {
    expect(formatMoney(undefined)).toBe('—');
    expect(formatMoney('')).toBe('—');
    expect(formatMoney('1.234')).toBe('1.234');
    expect(formatMoney('abc')).toBe('abc');
  });
});

describe('formatCount', () => {
  it.each([[0, '0'], [999, '999'], [131072, '131,072'], [-1000, '-1,000']])('%d → %s', (count, shown) => {
    expect(formatCount(count)).toBe(shown);
  });
});

describe('dates', () => {
  it('writes calendar dates in both languages without moving them', () => {
    expect(formatDate('2019-08-01', 'zh-CN')).toBe('2019年8月1日');
    expect(formatDate('2019-12-31', 'en')).toBe('31 December 2019');
    expect(formatMonth('2019-08', 'zh-CN')).toBe('2019年8月');
    expect(formatMonth('2019-01', 'en')).toBe('January 2019');
  });

  it('leaves what is no date alone', () => {
    expect(formatDate('2019-13-01', 'zh-CN')).toBe('2019-13-01');
    expect(formatDate('soon', 'en')).toBe('soon');
    expect(formatDate(undefined, 'en')).toBe('—');
    expect(formatInstant('never', 'en')).toBe('never');
  });

  it('shows instants in the time of China, over midnight and new year', () => {
    expect(formatInstantIso('2019-08-01T01:02:03Z')).toBe('2019-08-01 09:02');
    expect(formatInstant('2018-12-31T16:00:00Z', 'zh-CN')).toBe('2019年1月1日 00:00');
    expect(formatInstant('2018-12-31T15:59:59Z', 'en')).toBe('31 December 2018, 23:59');
  });

  it('counts days over leap days', () => {
    expect(daysBetween('2019-09-02', '2019-09-02')).toBe(0);
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
    expect(daysBetween('2019-09-02', '2019-08-30')).toBe(-3);
    expect(daysBetween('2019-09-02', 'soon')).toBeUndefined();
  });
});

describe('numbers of people and accounts', () => {
  it('groups without losing a character', () => {
    expect(formatCitizenNumber('140399********1234')).toBe('140399\u2009********\u20091234');
    expect(formatAccount('6228480402564890018')).toBe('6228\u20094804\u20090256\u20094890\u2009018');
    expect(formatAccount('62284804')).toBe('6228\u20094804');
    expect(formatAccount('**********9487')).toBe('**********\u20099487');
  });

  it('leaves another length alone and names the visible end', () => {
    expect(formatCitizenNumber('14039919********')).toBe('14039919********');
    expect(endOfMasked('140399********1234')).toBe('1234');
    expect(endOfMasked('****')).toBe('');
  });
});
