import { describe, expect, it } from 'vitest';
import { ageOn, checkCharacter, readCitizenNumber } from './citizen-number';

const today = '2019-08-01';
const complete = (digits: string) => digits + checkCharacter(digits);

describe('citizen numbers', () => {
  it('follow the example of the standard', () => {
    // GB 11643-1999, appendix.
    expect(checkCharacter('11010519491231002')).toBe('X');
    expect(checkCharacter('44052418800101001')).toBe('4');
    expect(readCitizenNumber('11010519491231002X', today)).toEqual({ number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' });
  });

  it('are read as people type them', () => {
    expect(readCitizenNumber(' 11010519491231002x ', today).number).toBe('11010519491231002X');
    expect(readCitizenNumber('１１０１０５１９４９１２３１００２Ｘ', today).number).toBe('11010519491231002X');
    expect(readCitizenNumber('140399651101001', today)).toMatchObject({ number: complete('14039919651101001'), birthDate: '1965-11-01', sex: 'male' });
  });

  it.each([
    ['', 'length'], ['1403991965110100', 'length'], ['14039919651101001O', 'characters'], ['14039965110100X', 'characters'],
    [complete('14039920190230001'), 'date_impossible'], [complete('14039920190000001'), 'date_impossible'],
    [complete('14039920190802001'), 'date_future'], ['110105194912310021', 'check_digit'],
  ])('%s is refused: %s', (typed, fault) => expect(readCitizenNumber(typed, today)).toEqual({ fault }));

  it('give the age in full years', () => {
    expect(ageOn('2001-08-01', today)).toBe(18);
    expect(ageOn('2001-08-02', today)).toBe(17);
    expect(ageOn('2000-02-29', '2018-02-28')).toBe(17);
  });
});
