// The form of a step: obstacles are told and hold it back, the version of the page is sent, and a colleague who was
// faster costs nobody a word.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ProblemError, type Schema } from '@/shared/api';
import TextField from '@/shared/forms/TextField.vue';
import { openCaseFile, type CaseView } from './case-file';
import { partOf, standingObstacles, ways } from './parts';
import StepForm from './StepForm.vue';

// What is read anew after an act.
let onServer: CaseView;
beforeEach(() => { vi.stubGlobal('fetch', async () => Response.json(onServer)); });
afterEach(() => { vi.unstubAllGlobals(); });

const obstacle = (key: string): Schema<'ObstacleView'> => ({ key, message: `obstacle ${key}`, law: [{ id: 'DB-2021/16-1', title: '' }], errors: [] });

function caseView(version: number, steps: CaseView['open_steps']): CaseView {
  return { summary: { version, state: 'investigating' }, persons: [], open_steps: steps } as unknown as CaseView;
}

function mounted(view: CaseView, act: (version: number) => Promise<unknown>) {
  onServer = view;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(['case', '140302', 'c1', 'file'], view);
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] });
  const wrapper = mount(defineComponent({
    setup() {
      openCaseFile('140302', 'c1');
      return () => h(StepForm, { title: '结束', verb: '结束入户调查', done: '好', action: 'finish_investigation', act }, () => h(TextField, { label: '说明', pointer: '/note', modelValue: '写了很多' }));
    },
  }), { global: { plugins: [[VueQueryPlugin, { queryClient: client }], router] } });
  return { wrapper, client };
}

const finish = (obstacles: Schema<'ObstacleView'>[]): CaseView['open_steps'] => [{ action: 'finish_investigation', to_state: 'awaiting_opinion', law: { id: 'DB-2021/19', title: '' }, obstacles }];

describe('a step', () => {
  it('is held back by what stands in the way, and says why with the article', () => {
    const { wrapper } = mounted(caseView(3, finish([obstacle('visit.missing')])), vi.fn());
    expect(wrapper.text()).toContain('obstacle visit.missing');
    expect(wrapper.text()).toContain('《最低生活保障审核确认办法》第十六条第一款');
    expect(wrapper.find('button[type=submit]').attributes('disabled')).toBeDefined();
  });

  it('sends the version that is on the page', async () => {
    const act = vi.fn().mockResolvedValue(undefined);
    const { wrapper } = mounted(caseView(7, finish([])), act);
    await wrapper.find('form').trigger('submit');
    await flushPromises();
    expect(act).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('keeps what was typed when somebody was faster, also when the step is gone', async () => {
    const changed = { type: 'about:blank', title: '已被他人办理', status: 409, detail: '', key: 'case.changed_meanwhile', errors: [], law: [] };
    const { wrapper, client } = mounted(caseView(7, finish([])), () => Promise.reject(new ProblemError(changed)));
    await wrapper.find('form').trigger('submit');
    await flushPromises();
    expect(wrapper.find('[data-key=conflict]').exists()).toBe(true);
    expect(wrapper.find('textarea, input').element).toMatchObject({ value: '写了很多' });
    client.setQueryData(['case', '140302', 'c1', 'file'], caseView(8, []));
    await flushPromises();
    expect(wrapper.find('textarea, input').element).toMatchObject({ value: '写了很多' });
    expect(wrapper.text()).toContain('已经进入其他环节');
    expect(wrapper.find('button[type=submit]').attributes('disabled')).toBeDefined();
  });
});

describe('ways', () => {
  it('do not count what the form itself settles', () => {
    const both = [obstacle('verification.outstanding'), obstacle('case.recusal')];
    expect(standingObstacles('report_clear', both).map((each) => each.key)).toEqual(['case.recusal']);
    expect(standingObstacles('finish_investigation', both)).toHaveLength(2);
  });

  it('lead from an obstacle to the part where it is removed', () => {
    expect(partOf(obstacle('visit.missing'))).toBe('visits');
    expect(partOf(obstacle('case.not_eligible'))).toBe('assessment');
    expect(partOf(obstacle('case.recusal'))).toBeUndefined();
  });

  it('exist for every step that is no consequence of another', () => {
    expect(Object.keys(ways).sort()).toEqual([
      'accept', 'accept_appraisal', 'approve', 'close_publicity', 'complete_review', 'correct', 'finish_investigation', 'object_to_verification',
      'order_verification', 'propose_approval', 'propose_refusal', 'refuse', 'reinvestigate', 'report_clear', 'return_to_review', 'terminate', 'withdraw',
    ]);
  });
});
