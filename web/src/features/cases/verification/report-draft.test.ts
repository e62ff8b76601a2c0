import { expect, it } from 'vitest';
import { carriedOver, dismissedNumbers, isDoubtful, withProposals, type Lookup } from './report-draft';

const finding = (number: number, person: string, content: string, asked = true): Lookup['findings'][number] => ({
  number, person, finding: { source: '机动车登记', content, register_code: 'vehicles', rules: [], met: [], ...(asked ? { name_grade: 'same_name' as const } : {}) },
});
const lookup = (id: string, findings: Lookup['findings']): Lookup => ({
  id, made_at: '2026-01-01T00:00:00Z', made_by: '', registers: [], rules: [], comparisons: [], findings,
  persons: [{ person: 'm1', is_authorised: true, result: 'clue_found' }, { person: 'm2', is_authorised: true, result: 'no_anomaly' }],
});

it('takes the results that the registers propose and keeps what was added by hand', () => {
  const own = { source: '走访', content: '有车', amount: '', as_of: '' };
  const rows = withProposals([{ person: 'm1', result: '', findings: [own] }, { person: 'm3', result: 'exceeds', findings: [] }], lookup('a', []));
  expect(rows).toEqual([{ person: 'm1', result: 'clue_found', findings: [own] }, { person: 'm3', result: 'exceeds', findings: [] }]);
});

it('keeps reasons with their finding when a later look-up numbers anew', () => {
  const before = lookup('a', [finding(0, 'm1', '号牌：晋C1'), finding(1, 'm2', '号牌：晋C2')]);
  const now = lookup('b', [finding(0, 'm1', '号牌：晋C9'), finding(1, 'm1', '号牌：晋C1')]);
  expect(carriedOver({ 0: '已过户', 1: '不是本人' }, before, now)).toEqual({ 1: '已过户' });
});

it('sends dismissals in the order of their numbers', () => {
  expect(dismissedNumbers({ 10: '', 2: '', 1: '' })).toEqual([1, 2, 10]);
});

it('offers no doubt about what could not be asked', () => {
  expect(isDoubtful(finding(0, 'm1', ''))).toBe(true);
  expect(isDoubtful(finding(0, 'm1', '没有可用的数据。', false))).toBe(false);
});
