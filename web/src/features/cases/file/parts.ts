// The parts of the case page, and where each step of the road is taken.
import type { Schema } from '@/shared/api';

export const parts = ['overview', 'assessment', 'verification', 'visits', 'documents', 'appraisals', 'publicity', 'review', 'decision', 'award', 'history'] as const;
export type Part = (typeof parts)[number];

type Action = Schema<'Action'>;
type Obstacle = Schema<'ObstacleView'>;

export interface Way {
  /** `part`: a form there; `ask`: a question with a note; `correct`: the intake form again. */
  kind: 'part' | 'ask' | 'correct';
  part?: Part;
  /** Obstacles that the form itself takes away, by the beginning of their keys. */
  settles?: readonly string[];
}

/** Steps that have no entry here are taken elsewhere: an objection is upheld at the objection. */
export const ways: Partial<Record<Action, Way>> = {
  correct: { kind: 'correct' },
  accept: { kind: 'ask' },
  withdraw: { kind: 'ask' },
  terminate: { kind: 'ask' },
  reinvestigate: { kind: 'ask' },
  return_to_review: { kind: 'ask' },
  order_verification: { kind: 'part', part: 'verification' },
  report_clear: { kind: 'part', part: 'verification', settles: ['verification.'] },
  object_to_verification: { kind: 'part', part: 'verification' },
  finish_investigation: { kind: 'part', part: 'visits' },
  accept_appraisal: { kind: 'part', part: 'appraisals', settles: ['appraisal.'] },
  propose_approval: { kind: 'part', part: 'publicity' },
  propose_refusal: { kind: 'part', part: 'publicity' },
  close_publicity: { kind: 'part', part: 'publicity' },
  complete_review: { kind: 'part', part: 'review' },
  approve: { kind: 'part', part: 'decision' },
  refuse: { kind: 'part', part: 'decision' },
};

/** One form writes the report, whatever it finds, and one the appraisal; they are shown once. */
export const sharedForms: Partial<Record<Action, string>> = { report_clear: 'report', accept_appraisal: 'appraisal' };

export function standingObstacles(action: Action, obstacles: readonly Obstacle[]): Obstacle[] {
  const settles = ways[action]?.settles ?? [];
  return obstacles.filter((each) => !settles.some((start) => each.key.startsWith(start)));
}

/** The part of the page where an obstacle can be looked at or removed. */
export function partOf(obstacle: Pick<Obstacle, 'key'>): Part | undefined {
  const start = obstacle.key.split('.')[0];
  const places: Record<string, Part> = {
    verification: 'verification', visit: 'visits', document: 'documents', investigation: 'visits', appraisal: 'appraisals', publicity: 'publicity',
    objection: 'publicity', opinion: 'publicity', review: 'review', decision: 'decision', assessment: 'assessment', intake: 'overview',
  };
  if (obstacle.key === 'case.not_eligible') return 'assessment';
  return start === undefined ? undefined : places[start];
}
