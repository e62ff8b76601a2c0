import { expect, it } from 'vitest';
import { draftOf, emptyGrant, grantChecks, sameGrants, toSend } from './grants';

const given = draftOf({ id: 'g', role: 'funds_officer', region_code: '140302', region_name: '城区' });
const t = (key: string) => key;

it('finds what is missing in each row', () => {
  expect(grantChecks([given], t)).toEqual([]);
  expect(grantChecks([emptyGrant()], t).map((each) => each.pointer)).toEqual(['/grants/0/role']);
  expect(grantChecks([given, { ...given, region_code: '' }], t).map((each) => each.pointer)).toEqual(['/grants/1/region_code']);
});

it('sends only role and region', () => {
  expect(toSend([given])).toEqual([{ role: 'funds_officer', region_code: '140302' }]);
});

it('compares roles without regard to order', () => {
  const one = { role: 'funds_officer', region_code: '140302' } as const;
  const other = { role: 'county_approver', region_code: '140302' } as const;
  expect(sameGrants([one, other], [other, one])).toBe(true);
  expect(sameGrants([one], [other])).toBe(false);
  expect(sameGrants([one], [one, one])).toBe(false);
});
