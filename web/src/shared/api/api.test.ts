import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, ask, configureClient, errorsAt, isChangedMeanwhile, localKeys, problemFrom, ProblemError, problemOf } from '.';

const problem = {
  type: 'about:blank', title: '有内容需要改正', status: 422, key: 'input.invalid',
  errors: [
    { pointer: '/grants/0/role', key: 'a', message: '请选择角色' },
    { pointer: '/grants/0/role', key: 'b', message: '角色不存在' },
    { pointer: '/name', key: 'c', message: '请填写姓名' },
  ],
  law: [{ id: 'DB-2012/29', title: '第二十九条' }],
};

const requests: Request[] = [];
const onSignedOut = vi.fn();

function answer(status: number, body: unknown, type = 'application/problem+json'): void {
  vi.stubGlobal('fetch', async (request: Request) => {
    requests.push(request);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } });
  });
}

async function refusedWith(asking: Promise<unknown>) {
  const thrown = await asking.then(() => undefined, (error: unknown) => error);
  expect(thrown).toBeInstanceOf(ProblemError);
  return (thrown as ProblemError).problem;
}

beforeEach(() => {
  requests.length = 0;
  onSignedOut.mockReset();
  configureClient({ csrfToken: () => 'token-1', language: () => 'en', onSignedOut });
});
afterEach(() => vi.unstubAllGlobals());

describe('problem documents', () => {
  it('keep their fields, articles and key', async () => {
    answer(422, problem);
    const got = await refusedWith(ask(api.GET('/users')));
    expect(got.key).toBe('input.invalid');
    expect(got.law).toEqual(problem.law);
    expect(errorsAt(got, '/grants/0/role')).toEqual(['请选择角色', '角色不存在']);
    expect(errorsAt(got, '/grants/0')).toEqual([]);
    expect(errorsAt(undefined, '/name')).toEqual([]);
  });

  it('are made whole when the server leaves out what it has not', () => {
    expect(problemFrom(404, { type: 'about:blank', title: 'Not Found', status: 404, key: 'http.not_found' })).toEqual(
      { type: 'about:blank', title: 'Not Found', status: 404, detail: '', key: 'http.not_found', errors: [], law: [] });
  });

  it('tell a faster colleague from a rule in the way: both are 409', () => {
    expect(isChangedMeanwhile(problemFrom(409, { ...problem, key: 'case.changed_meanwhile' }))).toBe(true);
    expect(isChangedMeanwhile(problemFrom(409, { ...problem, key: 'case.recusal' }))).toBe(false);
    expect(isChangedMeanwhile(undefined)).toBe(false);
  });

  it('take the status from the answer, not from the document', () => {
    expect(problemFrom(409, { ...problem, status: 200 }).status).toBe(409);
  });

  it('are made up when a proxy answers with its own page', async () => {
    answer(502, '<html>Bad gateway</html>', 'text/html');
    expect(await refusedWith(ask(api.GET('/users')))).toMatchObject({ key: localKeys.unreadable, status: 502 });
    answer(200, '<html>portal</html>', 'text/html');
    expect(await refusedWith(ask(api.GET('/users')))).toMatchObject({ key: localKeys.unreadable });
  });

  it('say that nobody answered', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('Failed to fetch'); });
    expect(await refusedWith(ask(api.GET('/users')))).toMatchObject({ key: localKeys.unreachable, status: 0 });
  });

  it('cover what is no refusal at all', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(problemOf(new Error('bug')).key).toBe(localKeys.unexpected);
    expect(log).toHaveBeenCalled();
    log.mockRestore();
  });
});

describe('requests', () => {
  it('carry the token only where something may change, and always the language', async () => {
    answer(200, { items: [] }, 'application/json');
    await ask(api.GET('/users'));
    await ask(api.POST('/users/{user}/disable', { params: { path: { user: 'a/b' } } }));
    expect(requests[0]!.headers.get('X-CSRF-Token')).toBeNull();
    expect(requests[1]!.headers.get('X-CSRF-Token')).toBe('token-1');
    expect(requests.map((request) => request.headers.get('Accept-Language'))).toEqual(['en', 'en']);
    expect(new URL(requests[1]!.url).pathname).toBe('/api/v1/users/a%2Fb/disable');
  });

  it('notice the end of a session, but not a wrong password', async () => {
    answer(401, { ...problem, key: 'session.wrong_credentials' });
    await refusedWith(ask(api.POST('/session', { body: { login: 'a', password: 'b' } })));
    expect(onSignedOut).not.toHaveBeenCalled();
    answer(401, { ...problem, key: 'session.none' });
    await refusedWith(ask(api.GET('/users')));
    expect(onSignedOut).toHaveBeenCalledOnce();
  });

  it('give nothing for an answer without a body', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
    expect(await ask(api.DELETE('/session'))).toBeUndefined();
  });
});
