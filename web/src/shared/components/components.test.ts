import { flushPromises, mount } from '@vue/test-utils';
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { localKeys, localProblem, ProblemError, type Problem, type Sending } from '../api';
import FormField from '../forms/FormField.vue';
import { check, useForm } from '../forms/useForm';
import { forgetPages, useKeyset, type Page } from '../lists/useKeyset';
import ConflictNotice from './ConflictNotice.vue';
import DeadlineBadge from './DeadlineBadge.vue';
import ExplanationPanel from './ExplanationPanel.vue';
import FileUpload from './FileUpload.vue';
import KeysetTable from './KeysetTable.vue';
import ProblemNotice from './ProblemNotice.vue';
import RegionPicker from './RegionPicker.vue';
import { levelOf, pathBelow, type Region, type RegionLevel } from './regions';
import RevealField from './RevealField.vue';
import Timeline from './Timeline.vue';

const plugins = () => [[VueQueryPlugin, { queryClient: new QueryClient({ defaultOptions: { queries: { retry: false } } }) }]] as never;
const refusal: Problem = {
  type: 'about:blank', title: '不能停用', status: 409, key: 'users.last', detail: '这是最后一个管理员。',
  law: [{ id: 'x/1', title: '某办法第一条' }], incident: 'A-17',
  errors: [{ pointer: '/name', key: 'name.short', message: '姓名太短' }],
};

describe('ProblemNotice', () => {
  it('shows title, detail, fields, articles and incident, and nothing without a problem', () => {
    const text = mount(ProblemNotice, { props: { problem: refusal } }).text();
    for (const part of ['不能停用', '这是最后一个管理员。', '姓名太短', '某办法第一条', 'A-17']) expect(text).toContain(part);
    expect(mount(ProblemNotice, { props: { problem: undefined } }).html()).toBe('<!--v-if-->');
  });

  it('translates what arose on this side', () => {
    const text = mount(ProblemNotice, { props: { problem: localProblem(localKeys.unreachable) } }).text();
    expect(text).toContain('连接不上服务器');
    expect(text).not.toContain('shared.');
  });

  it('shows markup from the server as text', () => {
    const wrapper = mount(ProblemNotice, { props: { problem: { ...refusal, detail: '<img src=x onerror=alert(1)>' } } });
    expect(wrapper.find('img').exists()).toBe(false);
    expect(wrapper.text()).toContain('<img src=x');
  });
});

describe('form', () => {
  const Form = defineComponent({
    props: { act: { type: Function, required: true }, name: { type: String, default: '王红' } },
    setup(props) {
      const form = useForm();
      const submit = () => form.submit(() => props.act() as Promise<void>, check('/name', props.name !== '', '请填写姓名'));
      return () => h('form', { onSubmit: (event: Event) => { event.preventDefault(); void submit(); } }, [
        h(ProblemNotice, { problem: form.problem.value }),
        h(FormField, { label: '姓名', pointer: '/name', hint: '与证件一致' }, { default: (field: object) => h('input', field) }),
        h(FormField, { label: '电话', pointer: '/phone' }, { default: (field: object) => h('input', field) }),
      ]);
    },
  });

  it('ties the server\'s message to its field and leads to it from the list', async () => {
    const wrapper = mount(Form, { props: { act: () => Promise.reject(new ProblemError(refusal)) }, attachTo: document.body });
    const [name, phone] = wrapper.findAll('input');
    expect(name!.attributes('aria-invalid')).toBeUndefined();
    await wrapper.trigger('submit');
    await flushPromises();
    expect(name!.attributes('aria-invalid')).toBe('true');
    expect(phone!.attributes('aria-invalid')).toBeUndefined();
    const described = name!.attributes('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent);
    expect(described).toEqual(['与证件一致', '姓名太短']);
    expect(document.activeElement).toBe(wrapper.find('[role=alert]').element);
    await wrapper.find('.errors a').trigger('click');
    expect(document.activeElement).toBe(name!.element);
    wrapper.unmount();
  });

  it('spares the request while a check fails, and runs one act at a time', async () => {
    let finish = () => undefined as void;
    const act = vi.fn(() => new Promise<void>((resolve) => { finish = resolve; }));
    const wrapper = mount(Form, { props: { act, name: '' } });
    await wrapper.trigger('submit');
    expect(act).not.toHaveBeenCalled();
    expect(wrapper.text()).toContain('请填写姓名');
    await wrapper.setProps({ name: '李强' });
    await wrapper.trigger('submit');
    await wrapper.trigger('submit');
    expect(act).toHaveBeenCalledOnce();
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
    finish();
  });
});

describe('ConflictNotice', () => {
  it('says what changed and offers the new state', async () => {
    const wrapper = mount(ConflictNotice, { props: { problem: refusal } });
    expect(wrapper.text()).toContain('姓名太短');
    await wrapper.find('button').trigger('click');
    expect(wrapper.emitted('reload')).toHaveLength(1);
  });
});

describe('DeadlineBadge', () => {
  it.each([
    [8, 'working_days', '还剩 8 个工作日', 'plain'],
    [3, 'calendar_days', '还剩 3 天', 'warn'],
    [0, 'working_days', '今天到期', 'warn'],
    [-1, 'working_days', '已超期 1 个工作日', 'bad'],
  ] as const)('%d %s', (daysLeft, daysKind, text, tone) => {
    const wrapper = mount(DeadlineBadge, { props: { due: '2019-09-12', daysLeft, daysKind } });
    expect(wrapper.text()).toContain(text);
    expect(wrapper.text()).toContain('2019年9月12日');
    expect(wrapper.find('.tag').classes()).toContain(tone);
  });

  it('says so where the law sets no limit', () => {
    expect(mount(DeadlineBadge, { props: { due: undefined, daysLeft: undefined } }).text()).toBe('无时限');
  });
});

describe('RevealField', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });
  const props = { masked: '140399********1234', label: '身份证号' };

  it('asks only when pressed, shows, and hides by itself', async () => {
    const reveal = vi.fn(async () => '140399198001011234');
    const wrapper = mount(RevealField, { props: { ...props, reveal, hideAfterMs: 1000 } });
    expect(reveal).not.toHaveBeenCalled();
    expect(wrapper.text()).toContain('查看会被记录');
    await wrapper.find('button').trigger('click');
    await flushPromises();
    expect(wrapper.text()).toContain('140399198001011234');
    vi.advanceTimersByTime(1001);
    await nextTick();
    expect(wrapper.text()).not.toContain('19800101');
  });

  it('shows a refusal and never another person\'s number', async () => {
    let give = (_: string) => undefined as void;
    const wrapper = mount(RevealField, { props: { ...props, reveal: () => new Promise<string>((resolve) => { give = resolve; }) } });
    await wrapper.find('button').trigger('click');
    await wrapper.setProps({ masked: '140399********9999' });
    give('140399198001011234');
    await flushPromises();
    expect(wrapper.text()).not.toContain('19800101');
    const refused = mount(RevealField, { props: { ...props, reveal: () => Promise.reject(new ProblemError(refusal)) } });
    await refused.find('button').trigger('click');
    await flushPromises();
    expect(refused.text()).toContain('不能停用');
  });

  it('has no button for those who may not', () => {
    expect(mount(RevealField, { props: { ...props, reveal: async () => '', mayReveal: false } }).find('button').exists()).toBe(false);
  });
});

describe('FileUpload', () => {
  const file = (name: string, bytes: number) => new File([new Uint8Array(bytes)], name);
  async function choose(send: (file: File, sending: Sending) => Promise<void>, files: File[]) {
    const wrapper = mount(FileUpload, { props: { label: '选择文件', endings: ['.jpg', '.pdf'], maxBytes: 1000, multiple: true, send } });
    const input = wrapper.find('input');
    Object.defineProperty(input.element, 'files', { value: files, configurable: true });
    await input.trigger('change');
    await flushPromises();
    return wrapper;
  }

  it('sends what fits, one after the other, and says why the rest is not sent', async () => {
    const sent: string[] = [];
    let running = 0;
    const wrapper = await choose(async (each) => {
      expect(++running).toBe(1);
      await Promise.resolve();
      sent.push(each.name);
      running--;
    }, [file('A.JPG', 10), file('b.exe', 10), file('c.pdf', 1001), file('d.pdf', 0), file('e.pdf', 1000)]);
    expect(sent).toEqual(['A.JPG', 'e.pdf']);
    for (const text of ['不是可上传的文件类型', '超过上限', '是空文件']) expect(wrapper.text()).toContain(text);
    expect(wrapper.emitted('sent')).toHaveLength(2);
  });

  it('takes a photo where there is a camera, as one more way in', async () => {
    const send = vi.fn().mockResolvedValue(undefined);
    const wrapper = mount(FileUpload, { props: { label: '选择文件', camera: '拍照', endings: ['.jpg'], maxBytes: 1000, send } });
    const camera = wrapper.find('input[capture]');
    expect(camera.attributes()).toMatchObject({ accept: 'image/*', capture: 'environment' });
    Object.defineProperty(camera.element, 'files', { value: [file('IMG_1.jpg', 10)], configurable: true });
    await camera.trigger('change');
    await flushPromises();
    expect(send).toHaveBeenCalledOnce();
  });

  it('waits with files that are chosen while one is being sent', async () => {
    const finish: (() => void)[] = [];
    const wrapper = await choose(() => new Promise<void>((resolve) => { finish.push(resolve); }), [file('a.pdf', 5)]);
    await wrapper.find('input').trigger('change'); // the same file once more
    await flushPromises();
    expect(finish).toHaveLength(1);
    finish[0]!();
    await flushPromises();
    expect(finish).toHaveLength(2);
  });

  it('shows the server\'s refusal and sends again on request', async () => {
    let broken = true;
    const wrapper = await choose(async () => { if (broken) throw new ProblemError(refusal); }, [file('a.pdf', 5)]);
    expect(wrapper.text()).toContain('不能停用');
    broken = false;
    await wrapper.findAll('button').find((button) => button.text() === '重新上传')!.trigger('click');
    await flushPromises();
    expect(wrapper.text()).toContain('已上传');
  });
});

describe('Timeline and ExplanationPanel', () => {
  it('mark the current step for everybody', () => {
    const wrapper = mount(Timeline as never, {
      props: { label: '过程', entries: [{ id: '1', title: '受理', state: 'done' }, { id: '2', title: '公示', state: 'current' }] } as never,
    });
    expect(wrapper.find('[aria-current=step]').text()).toContain('公示');
    expect(wrapper.text()).toContain('当前环节');
  });

  it('explain with outcome, figures, articles and the folded trace', () => {
    const wrapper = mount(ExplanationPanel, {
      props: {
        title: '测算',
        steps: [{
          id: '1', text: '收入低于标准', outcome: 'met', figures: [{ label: '月人均收入', value: '¥312.50' }], law: refusal.law,
          trace: [{ text: '人均', value: '312.50', from: [{ text: '人数', value: '3' }] }],
        }],
      },
    });
    for (const text of ['收入低于标准', '符合', '¥312.50', '某办法第一条', '人数']) expect(wrapper.text()).toContain(text);
    expect(wrapper.find('details').attributes('open')).toBeUndefined();
  });
});

describe('regions', () => {
  it('know their level and the way down', () => {
    expect(['14', '1403', '140302', '140302001', '140302001001', '14030'].map(levelOf)).toEqual(['province', 'city', 'county', 'township', 'village', undefined]);
    expect(pathBelow('1403', '140302001')).toEqual(['140302', '140302001']);
    expect(pathBelow('', '1403')).toEqual(['14', '1403']);
    expect(pathBelow('1403', '1401')).toEqual([]);
    expect(pathBelow('1403', '1403')).toEqual([]);
  });

  const tree: Record<string, Region[]> = {
    1403: [{ code: '140302', name: '城区', level: 'county', has_children: true }, { code: '140303', name: '矿区', level: 'county', has_children: false }],
    140302: [{ code: '140302001', name: '上站街道', level: 'township', has_children: true }],
  };
  const load = vi.fn(async (parent: string) => tree[parent] ?? []);
  async function picker(modelValue: string, levels: RegionLevel[]) {
    const value = ref(modelValue);
    const Parent = defineComponent({
      setup: () => () => h(RegionPicker, {
        modelValue: value.value, root: { code: '1403', name: '阳泉市' }, levels, load, 'onUpdate:modelValue': (code: string) => { value.value = code; },
      }),
    });
    const wrapper = mount(Parent, { global: { plugins: plugins() } });
    await flushPromises();
    return { wrapper, value };
  }
  beforeEach(() => { load.mockClear(); });

  it('loads level by level and gives a value only at an allowed level', async () => {
    const { wrapper, value } = await picker('', ['township']);
    expect(load.mock.calls).toEqual([['1403']]);
    await wrapper.find('select').setValue('140302');
    await flushPromises();
    expect(value.value).toBe('');
    expect(load.mock.calls).toEqual([['1403'], ['140302']]);
    await wrapper.findAll('select')[1]!.setValue('140302001');
    await flushPromises();
    expect(value.value).toBe('140302001');
    expect(wrapper.findAll('select')).toHaveLength(2); // villages are not asked for
    await wrapper.find('select').setValue('140303');
    await flushPromises();
    expect(value.value).toBe('');
    expect(wrapper.findAll('select')).toHaveLength(1);
  });

  it('opens at a given place', async () => {
    const { wrapper } = await picker('140302001', ['township']);
    expect(wrapper.findAll('select').map((select) => (select.element as HTMLSelectElement).value)).toEqual(['140302', '140302001']);
  });

  it('takes the root itself where only its level is allowed', async () => {
    const { wrapper, value } = await picker('', ['city']);
    expect(value.value).toBe('1403');
    expect(wrapper.find('select').exists()).toBe(false);
  });
});

describe('KeysetTable', () => {
  interface Row { id: string; name: string }
  const pages: Record<string, Page<Row>> = {
    '': { items: [{ id: '1', name: '王红' }], next: 'c1' },
    c1: { items: [{ id: '2', name: '李强' }], next: 'c2' },
    c2: { items: [{ id: '3', name: '张梅' }] },
  };
  const List = defineComponent({
    props: { fetchPage: { type: Function, required: true }, filter: { type: String, default: '' } },
    setup(props) {
      const list = useKeyset<Row>(() => ['list', props.filter], (after) => props.fetchPage(after) as Promise<Page<Row>>);
      return () => h(KeysetTable as never, {
        list, columns: [{ key: 'name', title: '姓名', value: (row: Row) => row.name }], rowKey: (row: Row) => row.id, caption: '名单', emptyText: '没有人',
      } as never);
    },
  });
  const show = (fetchPage: (after?: string) => Promise<Page<Row>>) => mount(List, { props: { fetchPage }, global: { plugins: plugins() } });
  const press = async (wrapper: ReturnType<typeof show>, text: string) => {
    await wrapper.findAll('button').find((button) => button.text() === text)!.trigger('click');
    await flushPromises();
  };
  beforeEach(() => forgetPages());

  it('walks forward and back by cursor and keeps its place', async () => {
    const fetchPage = vi.fn(async (after?: string) => pages[after ?? '']!);
    const wrapper = show(fetchPage);
    expect(wrapper.text()).toContain('正在读取');
    await flushPromises();
    expect(wrapper.text()).toContain('王红');
    await press(wrapper, '下一页');
    await press(wrapper, '下一页');
    expect(wrapper.text()).toContain('张梅');
    expect(wrapper.text()).toContain('第 3 页');
    expect(wrapper.findAll('button').find((button) => button.text() === '下一页')!.attributes('disabled')).toBeDefined();
    await press(wrapper, '上一页');
    expect(wrapper.text()).toContain('李强');
    wrapper.unmount();
    const again = show(fetchPage);
    await flushPromises();
    expect(again.text()).toContain('第 2 页');
    expect(fetchPage).toHaveBeenLastCalledWith('c1');
    await again.setProps({ filter: 'x' });
    await flushPromises();
    expect(again.text()).toContain('王红');
    expect(fetchPage).toHaveBeenLastCalledWith(undefined);
  });

  it('shows emptiness, refusals and another try', async () => {
    const empty = show(async () => ({ items: [] }));
    await flushPromises();
    expect(empty.text()).toContain('没有人');
    expect(empty.find('table').exists()).toBe(false);

    const forbidden = show(() => Promise.reject(new ProblemError({ ...refusal, status: 403, title: '没有权限' })));
    await flushPromises();
    expect(forbidden.text()).toContain('没有权限');
    expect(forbidden.text()).toContain('联系本县（区）系统管理员');
    expect(forbidden.find('button').exists()).toBe(false);

    let broken = true;
    const failing = show(async () => { if (broken) throw new ProblemError(localProblem(localKeys.unreachable)); return pages['']!; });
    await flushPromises();
    expect(failing.text()).toContain('连接不上服务器');
    broken = false;
    await press(failing, '重新读取');
    expect(failing.text()).toContain('王红');
  });
});
