// The only way to the server. Types come from the OpenAPI document (`npm run generate`).
import createClient from 'openapi-fetch';
import { localKeys, localProblem, problemFrom, ProblemError } from './problem';
import type { paths } from './schema';

/** The document names whole paths; here they are named below `basePath`. */
type Below<Paths> = { [Path in keyof Paths as Path extends `/api/v1${infer Rest}` ? Rest : never]: Paths[Path] };

export const basePath = '/api/v1';

interface Surroundings {
  csrfToken: () => string | undefined;
  language: () => string;
  /** The session ended: show the login page and come back afterwards. */
  onSignedOut: () => void;
}

let surroundings: Surroundings = { csrfToken: () => undefined, language: () => 'zh-CN', onSignedOut: () => undefined };

/** Called once by the shell, before the first request. */
export function configureClient(given: Surroundings): void {
  surroundings = given;
}

const safeMethods = new Set(['GET', 'HEAD']);

/** Headers that every request carries; also for requests that do not go through `api`. */
export function commonHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': surroundings.language() };
  const token = surroundings.csrfToken();
  if (token && !safeMethods.has(method)) headers['X-CSRF-Token'] = token;
  return headers;
}

export const api = createClient<Below<paths>>({
  // Absolute, because the Request constructor outside a browser (the tests) refuses a relative address.
  baseUrl: new URL(basePath, globalThis.location?.origin ?? 'http://127.0.0.1').href,
  // Looked up at each call, so that a test can stand in for it.
  fetch: (request) => globalThis.fetch(request),
});

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(commonHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
});

// 401 also answers a wrong password; that is news for the form, not the end of the session.
const credentialKeys = new Set(['session.wrong_credentials', 'session.code_required', 'session.code_wrong']);

/** Notes the end of a session that the answer may tell of, and hands the answer on as an error. */
export function refusal(status: number, body: unknown): ProblemError {
  const problem = problemFrom(status, body);
  if (status === 401 && !credentialKeys.has(problem.key)) surroundings.onSignedOut();
  return new ProblemError(problem);
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Posts to a route that the document does not describe, because only demonstrations have it. */
export function postPlain<T>(path: string, body: unknown): Promise<T> {
  return ask<T>((async () => {
    const headers = { ...commonHeaders('POST'), 'Content-Type': 'application/json' };
    const response = await globalThis.fetch(new URL(basePath + path, globalThis.location.origin), { method: 'POST', headers, body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    return response.ok ? { data: answer as T, response } : { error: answer, response };
  })());
}

/** A good answer, or a ProblemError. */
async function answerTo<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (thrown) {
    // fetch throws a TypeError when nobody answers; JSON.parse a SyntaxError when a proxy answers with its own page.
    if (thrown instanceof SyntaxError) throw new ProblemError(localProblem(localKeys.unreadable));
    if (thrown instanceof TypeError) throw new ProblemError(localProblem(localKeys.unreachable));
    throw thrown;
  }
  if (!answer.response.ok) throw refusal(answer.response.status, answer.error);
  return answer;
}

/** The answer's body, or a ProblemError: `const page = await ask(api.GET('/users', …))`. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  return (await answerTo(request)).data as T;
}

export interface NamedFile {
  content: Blob;
  name: string;
}

/** A file with the name that the server gives it: `await askFile(api.GET('/roster/template', { parseAs: 'blob' }))`. */
export async function askFile(request: Promise<Answer<unknown>>): Promise<NamedFile> {
  const { data, response } = await answerTo(request);
  const [, name = ''] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return { content: data as Blob, name: decodeURIComponent(name) };
}
