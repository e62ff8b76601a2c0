// Leads applications along the road, each step by the desk whose it is, with bodies that the program takes.

import assert from 'node:assert/strict';
import { Desk } from './client.mjs';
import { household } from './household.mjs';

const names = ['village', 'assistant', 'assistant2', 'township', 'verify', 'county', 'county2', 'approver'];
const people = ['m1', 'm2', 'm3', 'o1'];
export const reasons = [{ article: 'DB-2012/4', text: '家庭人均收入高于标准' }];

export class Office {
  static async open() {
    const office = new Office();
    office.desks = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await Desk.of(name)])));
    office.isBefore2021 = office.desks.assistant.today < '2021-07-01';
    // The states on the road under the rules of today, in their order.
    office.road = [
      'filed', 'accepted', 'verifying', 'investigating', ...(office.isBefore2021 ? ['appraising'] : []), 'awaiting_opinion',
      'township_publicity', 'county_review', ...(office.isBefore2021 ? ['county_publicity'] : []), 'awaiting_decision', 'approved',
    ];
    return office;
  }

  get today() {
    return this.desks.assistant.today;
  }

  visit(kind, investigators) {
    return {
      kind, mode: 'on_site', visited_on: this.today, place: '申请人家中', emergency: '', present: 'm1', is_present_signed: true,
      investigators: investigators.map((desk) => ({ user: desk.user, is_signed: true })), photos: [], conclusion: 'consistent',
      findings: ['living_conditions', 'income', 'property'].map((topic) => ({ topic, content: '与申报一致' })),
    };
  }

  appraisal(staff = this.desks.assistant, staffName = '史俊杰') {
    return {
      held_on: this.today, place: '社区会议室', result: 'holds_true',
      participants: [
        { name: staffName, capacity: 'township_staff', user: staff.user, is_signed: true },
        ...['代表甲', '代表乙', '代表丙'].map((name) => ({ name, capacity: 'residents_delegate', is_signed: true })),
      ],
    };
  }

  report(exceeding) {
    const result = (person) => (person === exceeding
      ? { person, result: 'exceeds', findings: [{ source: '银行', content: '存款超出标准' }] }
      : { person, result: 'no_anomaly', findings: [] });
    return { results: people.map(result) };
  }

  async file(change = () => {}) {
    const intake = household(this.today);
    change(intake);
    const { summary } = await this.desks.assistant.act('POST', '/cases', intake);
    return { intake, id: summary.id, version: summary.version, path: `/cases/140302/${summary.id}`, state: 'filed' };
  }

  /// Sends an act upon a case at the version that the case is known at.
  async send(item, desk, name, body = {}) {
    const answer = await desk.send('POST', `${item.path}/${name}`, { version: item.version, ...body });
    if (answer.status < 300) item.version = (answer.body.summary ?? answer.body).version;
    return answer;
  }
  async done(item, desk, name, body) {
    const answer = await this.send(item, desk, name, body);
    assert.ok(answer.status < 300, `${name}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  refused(item, desk, key, law, name, body = {}) {
    return desk.refused(key, law, 'POST', `${item.path}/${name}`, { version: item.version, ...body });
  }

  async amountOf(item) {
    return (await this.desks.approver.act('GET', item.path)).assessment.amount_month;
  }

  /// Puts what the state's own step needs beside the case.
  async settle(item) {
    const { assistant, village, county, county2 } = this.desks;
    if (item.state === 'investigating') item.visit = (await this.done(item, assistant, 'visits', this.visit('township', [assistant, village]))).visit;
    if (item.state === 'county_review') {
      await this.done(item, county, 'flags', { kind: 'doubtful', reason: '支出与收入不符' }); // the sample passes it by, the county visits
      await this.done(item, county, 'visits', this.visit('county', [county, county2]));
    }
  }

  async step(item) {
    const { assistant, township, verify, county, approver } = this.desks;
    const steps = {
      filed: () => this.done(item, assistant, 'acceptance', { note: '' }),
      accepted: () => this.done(item, assistant, 'verification/orders', { note: '' }),
      verifying: () => this.done(item, verify, 'verification/report', this.report()),
      investigating: () => this.done(item, assistant, 'investigation/finish', { note: '' }),
      appraising: () => this.done(item, assistant, 'appraisals', this.appraisal()),
      awaiting_opinion: () => this.done(item, township, 'opinion/approval', { places: ['社区公示栏'] }),
      township_publicity: () => this.done(item, township, 'publicity/closing'),
      county_review: () => this.done(item, county, 'review', { opinion: 'agree', content: '同意乡镇意见', has_read_file: true, places: ['县政务大厅'] }),
      county_publicity: () => this.done(item, county, 'publicity/closing'),
      awaiting_decision: async () => this.done(item, approver, 'decision/approval', { amount: await this.amountOf(item), reasons: [] }),
    };
    await steps[item.state]();
    item.state = this.road[this.road.indexOf(item.state) + 1];
  }

  /// Leads a case to a state, or to `stop`, where days must pass first; with everything there that its next step needs.
  async lead(item, goal, stop) {
    while (item.state !== goal && item.state !== stop) {
      await this.step(item);
      await this.settle(item);
    }
    return item;
  }
}

/// A few at a time: the server has few workers, and a failure is told at once.
export async function inParallel(items, work) {
  const left = [...items];
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let item = left.shift(); item; item = left.shift()) await work(item);
  }));
}
