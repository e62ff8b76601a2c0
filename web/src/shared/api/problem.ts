// A refusal as the server sends it (RFC 9457). Pages decide by `key` or `status`, never by text: texts are for people.
import type { components } from './schema';

/** `incident` is in the answer to a fault of the server, for the reader to quote. */
export type Problem = components['schemas']['Problem'] & { incident?: string };
export type FieldProblem = components['schemas']['FieldProblem'];
export type Article = components['schemas']['Citation'];

/** Thrown by `ask`: the one kind of error that a page expects from the server. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.key || problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

// Problems that arise on this side have keys under "shared.problems"; ProblemNotice translates them when it shows them,
// so that a change of language changes them too.
export const localKeys = {
  unreachable: 'shared.problems.unreachable',
  unreadable: 'shared.problems.unreadable',
  unexpected: 'shared.problems.unexpected',
  incomplete: 'shared.problems.incomplete',
} as const;

export function localProblem(key: string, status = 0, errors: FieldProblem[] = []): Problem {
  return { type: 'about:blank', title: key, status, detail: '', key, errors, law: [] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a failed answer says; an answer that is no problem document (a proxy's page) becomes "unreadable". */
export function problemFrom(status: number, body: unknown): Problem {
  if (isRecord(body) && typeof body.title === 'string') {
    // The server's outermost door answers without the lists.
    return { ...localProblem('', status), ...body, status };
  }
  return localProblem(localKeys.unreadable, status);
}

/** Any thrown thing as a problem. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  console.error(thrown);
  return localProblem(localKeys.unexpected);
}

/** The messages for one value. `pointer` is a JSON pointer into the body that was sent: "/grants/0/role". */
export function errorsAt(problem: Problem | undefined, pointer: string): string[] {
  return (problem?.errors ?? []).filter((error) => error.pointer === pointer).map((error) => error.message);
}

export const isForbidden = (problem: Problem | undefined): boolean => problem?.status === 403;
export const isMissing = (problem: Problem | undefined): boolean => problem?.status === 404;
/** Another officer was faster. 409 alone does not say so: a rule of law that stands in the way answers 409 too. */
export const isChangedMeanwhile = (problem: Problem | undefined): boolean => problem?.key.endsWith('.changed_meanwhile') ?? false;
