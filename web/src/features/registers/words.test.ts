import { describe, expect, it } from 'vitest';
import { choicesFrom, placed, sentMatches } from './columns';
import { byNeed, isSameFile, kindFault, type Register } from './words';

const register = (code: string, given: Partial<Register> = {}): Register => ({
  code, title: code, department: '', law: [], extent: 'whole', fresh_days: 92, kept_days: 123, columns: [], is_used: false, is_fresh: false, file_count: 0, row_count: 0, ...given,
});

describe('registers', () => {
  it('stand in the order in which they are needed', () => {
    const sorted = byNeed([
      register('none'), register('idle', { as_of: '2026-01-01', is_fresh: true }), register('good', { is_used: true, is_fresh: true, as_of: '2026-01-01' }),
      register('stale', { is_used: true, as_of: '2025-01-01' }), register('other'), register('empty', { is_used: true }),
    ]);
    expect(sorted.map((each) => each.code)).toEqual(['stale', 'empty', 'good', 'idle', 'none', 'other']);
  });

  it('are resumed with the same file only', () => {
    const delivery = { file_name: '机动车.csv', size: 5 };
    expect(isSameFile(delivery, { name: '机动车.csv', size: 5 })).toBe(true);
    expect(isSameFile(delivery, { name: '机动车.csv', size: 6 })).toBe(false);
    expect(isSameFile(delivery, { name: '机动车2.csv', size: 5 })).toBe(false);
    const long = `${'长'.repeat(120)}.csv`; // the server keeps a hundred characters
    expect(isSameFile({ file_name: '长'.repeat(100), size: 5 }, { name: long, size: 5 })).toBe(true);
  });

  it('come in tables', () => {
    expect(['数据.CSV', '数据.xlsx', '数据.csv.gz', '数据', '数据.dat', '数据.20240601'].map(kindFault)).toEqual(Array(6).fill(undefined));
    expect(['a.zip', 'a.XLS', 'a.pdf'].map(kindFault)).toEqual(['packed', 'old_excel', 'no_table']);
  });
});

describe('columns', () => {
  const vehicles = register('vehicles', {
    columns: [{ title: '所有人', may_be_absent: false }, { title: '价格', may_be_absent: true }, { title: '号牌', may_be_absent: false }],
  });

  it('are proposed by the server and sent without those that the file lacks', () => {
    const chosen = choicesFrom(vehicles, [{ column: '号牌', in_file: '车牌号' }, { column: '所有人', in_file: '姓名' }]);
    expect(chosen).toEqual(['姓名', '', '车牌号']);
    expect(sentMatches(vehicles, chosen)).toEqual({ matches: [{ column: '所有人', in_file: '姓名' }, { column: '号牌', in_file: '车牌号' }], places: [0, 2] });
  });

  it('get the messages about what was sent', () => {
    const error = (pointer: string, key = 'registers.not_dates') => ({ pointer, key, message: '' });
    expect(placed([error('/columns/1'), error('/separator'), error('/columns', 'registers.column_missing')], [0, 2])).toEqual([error('/columns/2'), error('/separator')]);
  });
});
