import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureClient } from '@/shared/api';
import { returnPath } from './return-path';
import { useSession } from './store';

const body = {
  user: { id: 'u1', login: 'wang', name: '王秀兰' },
  grants: [{ id: 'g1', role: 'civil_affairs_assistant', region_code: '140302001', region_name: '上站街道' }],
  acting: 'g1', csrf_token: 'tok', permissions: ['case_read'], must_change_password: false, second_factor_enabled: false, demo: true, today: '2019-09-02',
};

function answers(...list: [status: number, body: unknown][]) {
  const fetching = vi.fn(async (_: Request) => {
    const [status, content] = list.shift()!;
    return new Response(content === undefined ? null : JSON.stringify(content), { status, headers: { 'content-type': 'application/json' } });
  });
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

beforeEach(() => {
  setActivePinia(createPinia());
  configureClient({ csrfToken: () => useSession().csrfToken, language: () => 'zh-CN', onSignedOut: () => undefined });
});
afterEach(() => vi.unstubAllGlobals());

describe('returnPath', () => {
  it.each([
    ['/audit?county=140302', '/audit?county=140302'], ['/', '/'],
    ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'], ['javascript:alert(1)', '/'],
    ['/login?return=/users', '/'], [undefined, '/'], [['/users'], '/'],
  ])('%j → %s', (asked, path) => expect(returnPath(asked)).toBe(path));
});

describe('session', () => {
  it('asks the server once and knows what the role may do', async () => {
    const fetching = answers([200, body]);
    const session = useSession();
    await Promise.all([session.ensureLoaded(), session.ensureLoaded()]);
    await session.ensureLoaded();
    expect(fetching).toHaveBeenCalledOnce();
    expect(session.signedIn).toBe(true);
    expect(session.may('case_read')).toBe(true);
    expect(session.may('user_manage')).toBe(false);
    expect(session.actingGrant?.region_name).toBe('上站街道');
  });

  it('tells "nobody" from "no answer" and asks again after the latter', async () => {
    const fetching = answers([503, { title: '暂停服务', status: 503 }], [401, { title: '尚未登录', status: 401, key: 'session.none' }]);
    const session = useSession();
    await session.ensureLoaded();
    expect(session.failure?.title).toBe('暂停服务');
    await session.ensureLoaded();
    expect(session.failure).toBeUndefined();
    expect(session.signedIn).toBe(false);
    await session.ensureLoaded();
    expect(fetching).toHaveBeenCalledTimes(2);
  });

  it('tells the listeners when another person or role comes in, and only then', async () => {
    answers([200, body], [200, body], [200, { ...body, acting: 'g2' }], [204, undefined]);
    const session = useSession();
    const changed = vi.fn();
    session.onChangeOfPerson(changed);
    await session.signIn('wang', 'secret', undefined);
    expect(changed).toHaveBeenCalledTimes(1);
    await session.load();
    expect(changed).toHaveBeenCalledTimes(1);
    await session.act('g2');
    expect(changed).toHaveBeenCalledTimes(2);
    await session.signOut();
    expect(changed).toHaveBeenCalledTimes(3);
    expect(session.csrfToken).toBeUndefined();
  });
});
