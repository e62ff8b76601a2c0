import { expect, it } from 'vitest';
import { chineseNumber, placeInChinese, placeInEnglish, readCitation } from './citation';

it.each([
  ['DB-2021/7-1-2', 'DB-2021', '第七条第一款第（二）项', 'art. 7(1)(2)'],
  ['S1/11', 'SA-2014', '第十一条', 'art. 11'],
  ['SX-2019/2-5', 'SX-2019', '第二部分第五项', 'section 2(5)'],
])('%s', (id, instrument, chinese, english) => {
  const read = readCitation(id)!;
  expect(read.instrument).toBe(instrument);
  expect(placeInChinese(read)).toBe(chinese);
  expect(placeInEnglish(read)).toBe(english);
});

it('leaves alone what is no citation', () => {
  expect(readCitation('RFC 9457')).toBeUndefined();
  expect(readCitation('《社会救助暂行办法》第九条')).toBeUndefined();
});

it('writes numbers as laws do', () => {
  expect([10, 11, 20, 29, 65].map(chineseNumber)).toEqual(['十', '十一', '二十', '二十九', '六十五']);
});
