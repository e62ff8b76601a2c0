// The papers of a case on the page: who may bring some, what is said when a file was there already, and that what was
// removed stays visible but closed.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useSession } from '@/features/session';
import type { Schema } from '@/shared/api';
import { openCaseFile } from '../file/case-file';
import type { DocumentView } from './documents';
import DocumentsPart from './DocumentsPart.vue';

const session = (permissions: string[]) => ({
  user: { id: 'u1', login: 'wang', name: '王秀兰' }, grants: [], acting: '', csrf_token: 'tok', permissions,
  must_change_password: false, second_factor_enabled: false, demo: true, today: '2019-08-02',
});
const card: DocumentView = {
  id: 'd1', kind: 'identity_paper', title: '', person: 'm1', person_name: '王建国', media_type: 'image/jpeg', size: 2048,
  added_by: '史俊杰', added_role: 'civil_affairs_assistant', added_at: '2019-08-02T01:00:00.000000Z', is_removable: true,
};
const letter: DocumentView = { ...card, id: 'd2', kind: 'authorisation_letter', title: '授权书', media_type: 'application/pdf', is_removable: false };
const gone: DocumentView = { ...card, id: 'd3', is_removable: false, removal: { removed_by: '史俊杰', removed_at: card.added_at, reason: '拍得不清楚' } };

let answer: unknown;
let sent: FormData | undefined;
class Request {
  upload = {};
  status = 201;
  responseText = '';
  onload = () => undefined;
  open() { /* no network here */ }
  setRequestHeader() { /* no network here */ }
  send(body: FormData) {
    sent = body;
    this.responseText = JSON.stringify(answer);
    this.onload();
  }
}

beforeEach(() => {
  setActivePinia(createPinia());
  vi.stubGlobal('XMLHttpRequest', Request);
});
afterEach(() => vi.unstubAllGlobals());

async function shown(permissions: string[], list: Schema<'DocumentList'>) {
  vi.stubGlobal('fetch', async (request: { url: string }) => Response.json(request.url.endsWith('/documents') ? list : session(permissions)));
  await useSession().load();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(['case', '140302', 'c1', 'file'], { summary: {}, persons: [{ key: 'm1', name: '王建国' }], open_steps: [] });
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] });
  const wrapper = mount(defineComponent({
    setup() {
      openCaseFile('140302', 'c1');
      return () => h(DocumentsPart);
    },
  }), { global: { plugins: [[VueQueryPlugin, { queryClient: client }], router] } });
  await flushPromises();
  return wrapper;
}

describe('the documents of a case', () => {
  it('are opened and saved; a PDF is only saved; what was removed says why', async () => {
    const wrapper = await shown(['case_read'], { items: [card, letter, gone], file_bytes_max: 1000 });
    expect(wrapper.findAll('a').map((link) => link.attributes('aria-label'))).toEqual([
      '查看身份证件', '查看身份证件', '下载身份证件', '下载授权书',
    ]);
    expect(wrapper.find('img').attributes()).toMatchObject({ loading: 'lazy', src: '/api/v1/cases/140302/c1/documents/d1/content' });
    expect(wrapper.find('details').text()).toContain('原因：拍得不清楚');
    expect(wrapper.find('input[type=file]').exists()).toBe(false);
  });

  it('are brought by those who may, unless something stands in the way', async () => {
    const obstacle = { key: 'document.case_closed', message: '本案已经结束', law: [], errors: [] };
    const closed = await shown(['case_read', 'document_change'], { items: [], obstacle, file_bytes_max: 1000 });
    expect(closed.text()).toContain('本案已经结束');
    expect(closed.find('input[type=file]').exists()).toBe(false);
  });

  it('go with their kind, which comes first; a file that was there already is told', async () => {
    answer = { id: 'd1', kind: 'identity_paper', is_new: false };
    const wrapper = await shown(['case_read', 'document_change'], { items: [card], file_bytes_max: 1000 });
    const input = wrapper.find('input[type=file]');
    expect(input.attributes('disabled')).toBeDefined();
    await wrapper.find('select').setValue('other');
    expect(input.attributes('disabled')).toBeUndefined();
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'card.jpg')], configurable: true });
    await input.trigger('change');
    await flushPromises();
    expect([...sent!.keys()]).toEqual(['kind', 'file']);
    expect(sent!.get('kind')).toBe('other');
    expect(wrapper.find('.doubles').text()).toBe('“card.jpg”已在本案材料中（身份证件），没有重复保存。');
  });
});
