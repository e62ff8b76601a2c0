// The people and applications of the tables: an account for every role in every place, and five applications that lie
// beside, above and below one another.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Desk } from '../scenarios/client.mjs';
import { household, startFamiliesAt } from '../scenarios/household.mjs';

const run = promisify(execFile);
const password = 'matrix-pass-1';
startFamiliesAt(400);

export const roles = {
  village: 'village_cadre', assistant: 'civil_affairs_assistant', township: 'township_reviewer', officer: 'county_case_officer',
  approver: 'county_approver', verifier: 'verification_officer', funds: 'funds_officer', admin: 'county_administrator',
  city: 'city_inspector', province: 'province_inspector', auditor: 'auditor',
};

/// Names that occur nowhere else, so that a row that leaks is known by its name as well as by its number.
export const places = {
  own: { region: '140302001001', applicant: '王甲甲' },
  sibling: { region: '140302001002', applicant: '王乙乙' },
  township: { region: '140302001', applicant: '王丙丙' },
  next_township: { region: '140302002001', applicant: '王丁丁' },
  next_county: { region: '140303001001', applicant: '王戊戊' },
};

/// Accounts of one county can hold many posts; those above it are made by the operator, one post each.
function accountOf({ place }) {
  if (place.startsWith('140302')) return 'matrix-140302';
  if (place.startsWith('140303')) return 'matrix-140303';
  return null;
}

async function operatorMakes(login, name, role, region) {
  const { stdout } = await run(process.env.JIUZHU_PROGRAM, [
    'user', 'create', '--data', process.env.JIUZHU_DEMO_DATA, '--login', login, '--name', name, '--role', role, '--region', region,
  ]);
  return stdout.trim();
}

/// Signs in with a one-time password and replaces it.
async function begin(login, oneTime) {
  const desk = new Desk();
  desk.login = login;
  await desk.signIn(oneTime);
  await desk.act('PUT', '/session/password', { old_password: oneTime, new_password: password });
  return desk;
}

/// placement → a desk that sits there. Several placements share a session, so take one after the other.
export async function makeOffices(placements) {
  const admin = await Desk.of('admin');
  const otherAdmin = await begin('matrix-admin', await operatorMakes('matrix-admin', '邻县管理员', 'county_administrator', '140303'));
  const desks = new Map();
  for (const [login, by] of [['matrix-140302', admin], ['matrix-140303', otherAdmin]]) {
    const held = placements.filter((each) => accountOf(each) === login);
    const grants = held.map((each) => ({ role: roles[each.role], region_code: each.place }));
    const { one_time_password: oneTime } = await by.act('POST', '/users', { login, name: '权限测试', grants });
    const desk = await begin(login, oneTime);
    const session = await desk.act('GET', '/session');
    for (const each of held) {
      const grant = session.grants.find((known) => known.role === roles[each.role] && known.region_code === each.place);
      desks.set(each, async () => {
        await desk.act('PUT', '/session/acting', { grant: grant.id });
        return desk;
      });
    }
  }
  for (const each of placements.filter((known) => !accountOf(known))) {
    const login = `matrix-${each.role}-${each.place}`;
    const desk = await begin(login, await operatorMakes(login, '上级测试', roles[each.role], each.place));
    desks.set(each, async () => desk);
  }
  return { desks, admin, otherAdmin };
}

/// One application in each place, filed where it belongs, with somebody's number to search for.
export async function fileApplications(desks) {
  const filedBy = { own: '140302001', sibling: '140302001', township: '140302001', next_township: '140302002', next_county: '140303001' };
  for (const [name, place] of Object.entries(places)) {
    const [, sit] = [...desks].find(([each]) => each.role === 'assistant' && each.place === filedBy[name]);
    const desk = await sit();
    const intake = household(desk.today);
    intake.region = place.region;
    intake.persons[0].name = place.applicant;
    const filed = await desk.act('POST', '/cases', intake);
    Object.assign(place, {
      id: filed.summary.id, number: filed.summary.case_number, citizen: intake.persons[0].citizen_number,
      path: { county: place.region.slice(0, 6), case: filed.summary.id },
    });
  }
}

/// An account in the township and one in the county beside, for the acts upon accounts.
export async function makeColleagues(admin, otherAdmin) {
  const make = async (desk, login, region_code) =>
    (await desk.act('POST', '/users', { login, name: '同事测试', grants: [{ role: 'civil_affairs_assistant', region_code }] })).user.id;
  return {
    account: await make(admin, 'matrix-colleague', '140302001'),
    other_account: await make(otherAdmin, 'matrix-colleague-2', '140303001'),
  };
}
