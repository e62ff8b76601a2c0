// "DB-2012/5-1-2" in words: article 5, paragraph 1, item 2. For places where the server sends only the identifier.
const aliases: Record<string, string> = { S1: 'SA-2014', S2: 'DB-2012', S3: 'DB-2021' };
/** Notices are divided into sections, not articles. */
const inSections = new Set(['DB-2022', 'SX-2019']);

export interface Citation { instrument: string; numbers: number[]; sections: boolean }

export function readCitation(id: string): Citation | undefined {
  const parts = /^([A-Z]+\d?(?:-\d{4})?)\/(\d+(?:-\d+){0,3})$/.exec(id);
  if (!parts) return undefined;
  const instrument = aliases[parts[1]!] ?? parts[1]!;
  return { instrument, numbers: parts[2]!.split('-').map(Number), sections: inSections.has(instrument) };
}

const digits = '零一二三四五六七八九';

/** 1 to 99 as law texts write them. */
export function chineseNumber(number: number): string {
  if (number < 10) return digits[number] ?? String(number);
  if (number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens === 1 ? '' : digits[tens]}十${ones === 0 ? '' : digits[ones]}`;
}

export function placeInChinese({ numbers, sections }: Citation): string {
  const units = sections ? ['部分', '项', '目'] : ['条', '款', '项', '目'];
  return numbers.map((number, at) => (units[at] === '项' && !sections ? `第（${chineseNumber(number)}）项` : `第${chineseNumber(number)}${units[at] ?? ''}`)).join('');
}

export function placeInEnglish({ numbers: [first, ...rest], sections }: Citation): string {
  return `${sections ? 'section' : 'art.'} ${first}${rest.map((number) => `(${number})`).join('')}`;
}
