// One alert on its page: who is offered which form, what is sent for each decision, and where refusals are read.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useSession } from '@/features/session';
import { ProblemError, localProblem, type Schema } from '@/shared/api';
import { watch } from '.';
import AlertPage from './pages/AlertPage.vue';
import { atOwnFields, ownState, plusDays } from './words';

const id = '01890000-0000-7000-8000-000000000001';
const base: Schema<'WatchAlertView'> = {
  alert: {
    id, county_code: '140302', region_name: '油娄沟社区', kind: 'vehicle_purchase', state: 'open', version: 1, award: '01890000-0000-7000-8000-000000000002',
    case_number: '140302U2026000001', holder_name: '石秋月', opened_on: '2026-11-20', due_on: '2026-12-04', is_overdue: false,
  },
  case_id: '01890000-0000-7000-8000-000000000003', rule_title: '近一年新登记机动车', law: [{ id: 'SX-2019/2-5', title: '通知' }],
  facts: [{ person: 'm1', person_name: '石秋月', source: '机动车登记', content: '号牌：晋C·12345', as_of: '2026-11-20', name_grade: 'other_name', register_name: '王二小', first_seen_on: '2026-11-20' }],
  award_state: 'active', award_version: 3, amount: '620.00', member_count: 2, may_check: false, may_decide: false, may_mute: false,
};
const checked: Schema<'WatchAlertView'> = {
  ...base, alert: { ...base.alert, state: 'checked', version: 2, proposal: 'cut' }, checked_on: '2026-11-25', checked_by_name: '史俊杰', check_found: '院内停放小型轿车。',
};
let sent: { url: string; body: any }[] = [];
let answer: () => Response;

beforeEach(() => {
  setActivePinia(createPinia());
  sent = [];
  answer = () => Response.json(base);
});
afterEach(() => { vi.unstubAllGlobals(); });

async function open(view: Schema<'WatchAlertView'>) {
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.url.endsWith('/session')) {
      return Response.json({ user: { id: 'u', login: 'u', name: '郭振华' }, grants: [{ id: 'g', role: 'county_approver', region_code: '140302', region_name: '城区' }], acting: 'g', permissions: ['alert_read'], today: '2026-11-27', csrf_token: 't' });
    }
    if (request.method === 'GET') return Response.json(view);
    sent.push({ url: new URL(request.url).pathname, body: await request.json() });
    return answer();
  });
  await useSession().ensureLoaded();
  const router = createRouter({ history: createMemoryHistory(), routes: [...watch.routes, { path: '/', component: { render: () => null } }] });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = mount(AlertPage, { props: { county: '140302', id }, global: { plugins: [router, [VueQueryPlugin, { queryClient }]] } });
  await flushPromises();
  const submit = async () => { await wrapper.find('form').trigger('submit'); await flushPromises(); };
  const field = (label: string) => {
    const found = wrapper.findAll('label').find((each) => each.text().startsWith(label));
    if (!found) throw new Error(`no field ${label}`);
    return wrapper.find(`[id="${found.attributes('for')}"]`);
  };
  return { wrapper, submit, field };
}

describe('the page of an alert', () => {
  it('says what registers have, whom they name, and that nothing changes by itself', async () => {
    const { wrapper } = await open(base);
    for (const text of ['晋C·12345', '王二小', '近一年新登记机动车', '¥620.00', '不会改变待遇', '当前环节']) expect(wrapper.text()).toContain(text);
    expect(wrapper.find('form').exists()).toBe(false);
  });

  it('takes the visit of the township', async () => {
    const { wrapper, submit, field } = await open({ ...base, may_check: true });
    await submit();
    expect(wrapper.text()).toContain('请填写核查情况');
    expect(sent).toEqual([]);
    await field('核查情况').setValue(' 没有车。 ');
    await field('乡镇建议').setValue('keep');
    await submit();
    expect(sent[0]!.body).toEqual({ version: 1, found: '没有车。', household_statement: '', proposal: 'keep' });
  });

  it('opens the decision at the proposal, and refuses a cut that is none', async () => {
    const { wrapper, submit, field } = await open({ ...checked, may_decide: true });
    expect((field('处理决定').element as HTMLSelectElement).value).toBe('cut');
    await field('调整后的金额').setValue('700');
    await submit();
    expect(wrapper.text()).toContain('减发后的金额应低于现在的');
    await field('调整后的金额').setValue('５００');
    await field('依据条文').setValue('SA-2014/13');
    await field('理由').setValue('家庭财产变化');
    await submit();
    expect(sent[0]!.body).toMatchObject({ version: 2, outcome: 'cut', adjustment: { from_month: '2026-12', amount: '500', reasons: [{ article: 'SA-2014/13', text: '家庭财产变化' }] } });
  });

  it('shows a refusal of the benefit at the field of the form', async () => {
    const { wrapper, submit, field } = await open({ ...checked, may_decide: true });
    await field('处理决定').setValue('stop');
    await field('停发原因').setValue('no_longer_eligible');
    await field('停发的事实和理由').setValue('不再符合条件');
    answer = () => Response.json({ ...localProblem('field', 422), title: '不能停发', errors: [{ pointer: '/ending/last_month', key: 'x', message: '月份太晚' }] }, { status: 422, headers: { 'content-type': 'application/problem+json' } });
    await submit();
    expect(sent[0]!.body).toEqual({ version: 2, outcome: 'stop', ending: { reason: 'no_longer_eligible', last_month: '2026-11', note: '不再符合条件' } });
    expect(wrapper.find('.is-invalid').text()).toContain('月份太晚');
  });

  it('keeps what was typed when somebody else has closed the alert', async () => {
    const view = { ...base, may_check: true };
    const { wrapper, submit, field } = await open(view);
    await field('核查情况').setValue('没有车。');
    await field('乡镇建议').setValue('keep');
    answer = () => Response.json({ ...localProblem('watch.changed_meanwhile', 409), title: '已被处理' }, { status: 409, headers: { 'content-type': 'application/problem+json' } });
    await submit();
    expect(wrapper.find('[data-key=conflict]').exists()).toBe(true);
    Object.assign(view, { may_check: false, alert: { ...view.alert, state: 'muted', version: 2 }, muted_until: '2027-01-01' });
    await wrapper.findAll('button').find((each) => each.text() === '载入最新内容')!.trigger('click');
    await flushPromises();
    expect(wrapper.text()).toContain('这条提醒已由他人办理');
    expect((field('核查情况').element as HTMLTextAreaElement).value).toBe('没有车。');
  });

  it('leads to the notice of what was decided', async () => {
    const stopped = await open({ ...checked, alert: { ...checked.alert, state: 'decided', decision: 'stop' }, award_state: 'ended', decided_on: '2026-11-27' });
    expect(stopped.wrapper.find('a[href$="/ending/notice"]').exists()).toBe(true);
    const cut = await open({ ...checked, alert: { ...checked.alert, state: 'decided', decision: 'cut' }, amount_sequence: 4, decided_on: '2026-11-27' });
    expect(cut.wrapper.find('a[href$="/amounts/4/notice"]').exists()).toBe(true);
    const kept = await open({ ...checked, alert: { ...checked.alert, state: 'decided', decision: 'keep' }, decided_on: '2026-11-27', decision_note: '车辆已转卖' });
    expect(kept.wrapper.find('a[href$="/notice"]').exists()).toBe(false);
    expect(kept.wrapper.text()).toContain('车辆已转卖');
  });
});

describe('words of the watch', () => {
  it('open the list at what the role has to do', () => {
    expect(ownState((permission) => permission === 'alert_decide')).toBe('checked');
    expect(ownState((permission) => permission === 'alert_check')).toBe('open');
  });
  it('count days on the calendar', () => {
    expect([plusDays('2026-11-27', 30), plusDays('2028-02-28', 1)]).toEqual(['2026-12-27', '2028-02-29']);
  });
  it('name fields of the benefit like its own page', () => {
    const moved = atOwnFields(new ProblemError(localProblem('k', 422, ['/adjustment/amount', '/ending/note', '/note', '/adjustment'].map((pointer) => ({ pointer, key: 'k', message: '' }))))) as ProblemError;
    expect(moved.problem.errors.map((each) => each.pointer)).toEqual(['/amount', '/note', '/note', '/adjustment']);
  });
});
