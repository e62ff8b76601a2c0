import { citizenNumber } from './client.mjs';

let count = 0;

/// Files that share a server begin at different numbers, so that their people are different people.
export function startFamiliesAt(number) {
  count = number;
}

/// A complete application of a couple with a schoolchild and a grown son who owes support.
export function household(today) {
  const family = (count += 1);
  const number = (birth, index) => citizenNumber(birth, (family * 7 + index) % 1000);
  const person = (key, role, name, birth, index) => ({
    key, role, name, citizen_number: number(birth, index), authorised_on: today,
  });
  const registration = { region: '140302', registration_class: 'unified', urban_conditions: true };
  const member = (key, relation, birth_date, labour_capacity) => ({
    key, relation, birth_date, registration, lives_apart: false, states: [], serious_illness: false, labour_capacity, employed: false,
  });
  return {
    programme: 'urban_minimum_living',
    region: '140302001001',
    persons: [
      person('m1', 'member', '王建国', '1960-03-01', 1),
      person('m2', 'member', '李秀英', '1962-11-02', 2),
      { ...person('m3', 'member', '王小明', '2012-06-15', 3), authorised_by: '王建国' },
      person('o1', 'obligor', '王大勇', '1985-07-12', 5),
    ],
    facts: {
      unit: 'household',
      members: [
        member('m1', 'self', '1960-03-01', 'partial'),
        member('m2', 'spouse', '1962-11-02', 'partial'),
        member('m3', 'child', '2012-06-15', 'none'),
      ],
      incomes: [{ kind: 'wages', member: 'm1', amount: '300.00', period: 'month' }],
      obligors: [{
        key: 'o1', supports: 'm1', relation: 'child', deceased: false, household_size: 3,
        household_income_month: '1500.00', persons_supported: 2, property_within_rule: true,
      }],
    },
    kin: { has_handler_kin: false, handlers: [] },
    account: { kind: 'passbook', number: '14030012345678', holder: 'm1', bank: '阳泉市农村信用合作联社' },
    promise_given: true,
  };
}
