// The people, applications and benefits of the tables: an account for every role in every place, five applications and
// five benefits that lie beside, above and below one another, and each county's import, payment run, new standard and register.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk, citizenNumber } from '../scenarios/client.mjs';
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

/// Benefits in the same places, by the same columns, and what a county does with them.
export const benefits = {
  own: { region: '140302001001', holder: '李甲甲' },
  sibling: { region: '140302001002', holder: '李乙乙' },
  township: { region: '140302001', holder: '李丙丙' },
  next_township: { region: '140302002001', holder: '李丁丁' },
  next_county: { region: '140303001001', holder: '李戊戊' },
};
export const counties = { county: { code: '140302' }, other_county: { code: '140303' } };

function rosterOf(held, first) {
  const titles = '户编号,与申请人关系,姓名,公民身份号码,劳动能力,救助类型,村（社区）,月保障金额,起始月份,账户类型,开户银行,账号';
  const lines = held.map(({ region, holder }, at) => [
    at + 1, '本人', holder, citizenNumber('1951-09-09', first + at), '完全丧失', '城市低保', region, 500, '2019-03', '存折', '信用社', 14030000070000 + first + at,
  ].join(','));
  return [titles, ...lines].join('\r\n');
}

/// Uploaded by an officer of its own, since the desks of a county are one person; taken over by the approver.
async function takeOver(sit, officer, county, held, first) {
  const upload = new FormData();
  upload.append('file', new Blob([rosterOf(held, first)]), 'roster.csv');
  const { id } = await officer.act('POST', '/roster/imports', upload);
  const settled = async (state) => {
    for (;;) {
      const now = await officer.act('GET', `/roster/imports/${county}/${id}`);
      if (now.state === state) return now;
      if (!now.progress) throw new Error(`the import stands at ${now.state}: ${JSON.stringify(now.findings)}`);
      await pause(50);
    }
  };
  await settled('checked');
  await (await sit('approver')).act('POST', `/roster/imports/${county}/${id}/application`, { extent: 'all_or_nothing', payable_from: '2019-08' });
  await settled('applied');
  return id;
}

export async function makeBenefits({ desks, admin, otherAdmin }) {
  for (const [column, county] of Object.entries(counties)) {
    const { code } = county;
    const sit = async (role) => [...desks].find(([each]) => each.role === role && each.place === code)[1]();
    const held = Object.values(benefits).filter((each) => each.region.startsWith(code));
    const isOther = column === 'other_county';
    const post = { login: `matrix-roster-${code}`, name: '名册测试', grants: [{ role: roles.officer, region_code: code }] };
    const { one_time_password: oneTime } = await (isOther ? otherAdmin : admin).act('POST', '/users', post);
    county.import = await takeOver(sit, await begin(post.login, oneTime), code, held, isOther ? 20 : 10);
    for (const benefit of held) {
      const found = await (await sit('officer')).act('GET', `/awards?search=${encodeURIComponent(benefit.holder)}`);
      Object.assign(benefit, { id: found.items[0].id, path: { county: code, award: found.items[0].id } });
    }
    const programme = 'urban_minimum_living';
    const delivery = { register_code: 'vehicles', file_name: '机动车.csv', size: 100, as_of: '2019-08-01' };
    county.delivery = (await (await sit('verifier')).act('POST', '/registers/deliveries', delivery)).id;
    county.run = (await (await sit('funds')).act('POST', `/counties/${code}/payment-runs`, { programme, month: '2019-08' })).id;
    const standard = { programme, amount: '900.00', valid_from: '2019-10', document: '测试文件' };
    county.standard = (await (await sit('approver')).act('POST', `/counties/${code}/standards`, standard)).id;
    county.change = (await (await sit('officer')).act('POST', `/counties/${code}/standard-changes`, { programme, from_month: '2019-10' })).id;
  }
}
