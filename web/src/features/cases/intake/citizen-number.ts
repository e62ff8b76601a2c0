// The citizen number (GB 11643), read in the browser as the server reads it: blanks, full-width characters and a small x
// are accepted; a number of the first generation (15 digits) gets "19" and its check character.
export type NumberFault = 'length' | 'characters' | 'date_impossible' | 'date_future' | 'check_digit';

export interface ReadNumber {
  number?: string;
  birthDate?: string;
  sex?: 'male' | 'female';
  fault?: NumberFault;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Of the first 17 digits (ISO 7064 MOD 11-2). */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return '10X98765432'[sum % 11]!;
}

const halfWidth = (text: string) => text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');

/** `today` as "2019-08-01"; the server's, not this machine's. */
export function readCitizenNumber(typed: string, today: string): ReadNumber {
  let digits = halfWidth(typed).trim().replace(/x$/, 'X');
  if (digits.length === 15) {
    if (!/^\d{15}$/.test(digits)) return { fault: 'characters' };
    digits = `${digits.slice(0, 6)}19${digits.slice(6)}`;
    digits += checkCharacter(digits);
  }
  if (digits.length !== 18) return { fault: 'length' };
  if (!/^\d{17}[\dX]$/.test(digits)) return { fault: 'characters' };
  const birthDate = `${digits.slice(6, 10)}-${digits.slice(10, 12)}-${digits.slice(12, 14)}`;
  if (!isDate(birthDate)) return { fault: 'date_impossible' };
  if (birthDate > today) return { fault: 'date_future' };
  if (digits[17] !== checkCharacter(digits)) return { fault: 'check_digit' };
  return { number: digits, birthDate, sex: Number(digits[16]) % 2 === 1 ? 'male' : 'female' };
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  // 2019-02-30 is parsed as the second of March by some engines.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Full years on a day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
