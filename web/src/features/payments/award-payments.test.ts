// What a benefit's months are worth and what was paid: open, settled and overpaid months are told apart in words.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Schema } from '@/shared/api';
import AwardPaymentsPart from './AwardPaymentsPart.vue';

let answer: Schema<'AwardPaymentsView'>;
beforeEach(() => { vi.stubGlobal('fetch', async () => Response.json(answer)); });
afterEach(() => { vi.unstubAllGlobals(); });

async function shown(view: Schema<'AwardPaymentsView'>): Promise<string> {
  answer = view;
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] });
  const wrapper = mount(AwardPaymentsPart, {
    props: { county: '140302', award: 'a1' },
    global: { plugins: [createPinia(), [VueQueryPlugin, { queryClient: new QueryClient() }], router] },
  });
  await flushPromises();
  await flushPromises();
  return wrapper.text();
}

it('says when nothing was paid yet, and from when on it will be', async () => {
  expect(await shown({ months: [], payments: [] })).toContain('自次月起发放');
});

it('tells what is open and what is too much, and repeats what the bank said', async () => {
  const text = await shown({
    months: [
      { month: '2019-10', entitled: '520.10', committed: '500.00' },
      { month: '2019-09', entitled: '0.00', committed: '500.00' },
      { month: '2019-08', entitled: '500.00', committed: '500.00' },
    ],
    payments: [
      { run: 'r1', run_number: '140302U201908-0001', month: '2019-08', kind: 'regular', amount: '500.00', state: 'failed', failure_reason: '账户已销户', settled_on: '2019-08-09' },
    ],
  });
  expect(text).toContain('待发¥20.10');
  expect(text).toContain('多发¥500.00');
  expect(text).toContain('银行：账户已销户');
  expect(text).toContain('140302U201908-0001');
});
