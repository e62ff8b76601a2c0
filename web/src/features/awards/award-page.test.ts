// The page of a benefit: what each reader may do, what is said of a refused account and of amounts that were replaced.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useSession } from '@/features/session';
import type { Schema } from '@/shared/api';
import { awards } from '.';
import AwardPage from './pages/AwardPage.vue';

type Role = 'county_case_officer' | 'county_approver' | 'funds_officer';
const permissions: Record<Role, Schema<'Permission'>[]> = {
  county_case_officer: ['case_read', 'award_read', 'award_change', 'award_end'],
  county_approver: ['case_read', 'award_read', 'award_end', 'case_decide'],
  funds_officer: ['award_read'],
};

const award: Schema<'AwardView'> = {
  summary: {
    id: '01890000-0000-7000-8000-000000000001', county_code: '140302', case_id: '01890000-0000-7000-8000-000000000002', case_number: '140302U2026000001',
    programme: 'urban_minimum_living', region_code: '140302001001', region_name: '油娄沟社区', state: 'active', version: 3, holder_name: '石秋月', member_count: 1,
    amount: '620.00', amount_from: '2026-10', basis: 'by_person', first_month: '2026-08',
  },
  amounts: [
    { sequence: 1, from_month: '2026-08', amount: '540.00', kind: 'opened', reasons: [], set_by_name: '郭振华', set_on: '2026-07-27', is_superseded: false },
    { sequence: 2, from_month: '2026-11', amount: '700.00', kind: 'adjusted', reasons: [], set_by_name: '郭振华', set_on: '2026-11-01', is_superseded: true },
    { sequence: 3, from_month: '2026-10', amount: '620.00', kind: 'adjusted', reasons: [{ article: 'DB-2021/27', citation: '《审核确认办法》第二十七条', text: '重病增发' }], set_by_name: '郭振华', set_on: '2026-11-02', is_superseded: false },
  ],
  members: [{ person: 'm1', name: '石秋月', citizen_number_masked: '140399********1234' }],
  account: { kind: 'passbook', number_masked: '************7890', holder_name: '石秋月', bank: '农信社', changed_on: '2026-07-27', changed_by_name: '郭振华', refused_reason: '账户已销户' },
};
const sent: { url: string; body: unknown }[] = [];
let answer: () => Response;

beforeEach(() => {
  setActivePinia(createPinia());
  sent.length = 0;
  answer = () => Response.json(award.summary);
});
afterEach(() => { vi.unstubAllGlobals(); });

async function open(role: Role) {
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.url.endsWith('/session')) {
      return Response.json({ user: { id: 'u', login: 'u', name: '任志强' }, grants: [{ id: 'g', role, region_code: '140302', region_name: '城区' }], acting: 'g', permissions: permissions[role], today: '2026-11-26', csrf_token: 't' });
    }
    if (request.url.endsWith('/payments')) return Response.json({ months: [], payments: [] });
    if (request.method === 'GET') return Response.json(award);
    sent.push({ url: new URL(request.url).pathname, body: await request.json() });
    return answer();
  });
  await useSession().ensureLoaded();
  const router = createRouter({ history: createMemoryHistory(), routes: [...awards.routes, { path: '/', component: { render: () => null } }, { path: '/cases/:county/:case', name: 'case', component: { render: () => null } }] });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = mount(AwardPage, { props: { county: '140302', id: award.summary.id }, global: { plugins: [router, [VueQueryPlugin, { queryClient }]] } });
  await flushPromises();
  const press = async (name: string) => { await wrapper.findAll('button').find((each) => each.text() === name)!.trigger('click'); };
  return { wrapper, press, buttons: () => wrapper.findAll('button').map((each) => each.text()) };
}

describe('the page of a benefit', () => {
  it('offers each reader what is theirs', async () => {
    expect((await open('county_case_officer')).buttons()).toEqual(['打开申请档案', '变更账户', '停发']);
    setActivePinia(createPinia());
    expect((await open('county_approver')).buttons()).toEqual(['打开申请档案', '调整金额', '停发']);
    setActivePinia(createPinia());
    expect((await open('funds_officer')).buttons()).toEqual([]);
  });

  it('tells that the bank refused the account, why, and what to do', async () => {
    const { wrapper } = await open('funds_officer');
    expect(wrapper.text()).toContain('银行退回：账户已销户');
    expect(wrapper.text()).toContain('更正账户以前不再向该户发放');
    expect(wrapper.text()).not.toContain('1234567890');
  });

  it('shows what was replaced as replaced', async () => {
    const { wrapper } = await open('county_approver');
    const rows = wrapper.findAll('table').find((each) => each.text().includes('金额的变化'))!.findAll('tbody tr');
    expect(rows.map((row) => ['正在执行', '曾执行', '已被替代'].find((state) => row.text().includes(state)))).toEqual(['正在执行', '已被替代', '曾执行']);
    expect(rows[1]!.find('s').text()).toBe('¥700.00');
    expect(rows[0]!.text()).toContain('第二十七条');
  });

  it('leaves the reasons that only the approver may end it for to the approver', async () => {
    const officer = await open('county_case_officer');
    await officer.press('停发');
    expect(officer.wrapper.text()).toContain('由县级审批人决定');
    expect(officer.wrapper.findAll('option').map((each) => each.text())).not.toContain('骗取待遇');
    setActivePinia(createPinia());
    const approver = await open('county_approver');
    await approver.press('停发');
    expect(approver.wrapper.findAll('option').map((each) => each.text())).toContain('骗取待遇');
  });

  it('sends an adjustment with the version on the page, and keeps it when somebody was faster', async () => {
    answer = () => Response.json({ type: 'about:blank', title: '已被他人修改', status: 409, detail: '', key: 'award.changed_meanwhile', errors: [], law: [] }, { status: 409 });
    const { wrapper } = await open('county_approver');
    await wrapper.findAll('button').find((each) => each.text() === '调整金额')!.trigger('click');
    const [amount, article] = wrapper.findAll('form input');
    await amount!.setValue('７００');
    await article!.setValue('DB-2021/27');
    await wrapper.find('form textarea').setValue('病情加重');
    await wrapper.find('form').trigger('submit');
    await flushPromises();
    expect(sent[0]).toEqual({ url: `/api/v1/awards/140302/${award.summary.id}/adjustment`, body: { version: 3, from_month: '2026-12', amount: '700', reasons: [{ article: 'DB-2021/27', text: '病情加重' }] } });
    expect(wrapper.find('[data-key=conflict]').exists()).toBe(true);
    expect((wrapper.find('form textarea').element as HTMLTextAreaElement).value).toBe('病情加重');
  });
});
