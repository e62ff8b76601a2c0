import type { FieldProblem, Schema } from '../api';
import { check } from './useForm';

type Reason = Schema<'StatedReason'>;

/** A reason that can be taken over; `shown` is how the list names it. */
export interface OfferedReason extends Reason {
  shown: string;
}

export function reasonChecks(reasons: readonly Reason[], needed: boolean, t: (key: string) => string): FieldProblem[] {
  return [
    ...check('/reasons', !needed || reasons.length > 0, t('shared.reasons.missing')),
    ...reasons.flatMap((each, at) => [
      ...check(`/reasons/${at}/article`, each.article.trim() !== '', t('shared.reasons.article_missing')),
      ...check(`/reasons/${at}/text`, each.text.trim() !== '', t('shared.reasons.missing')),
    ]),
  ];
}

export const sentReasons = (reasons: readonly Reason[]): Reason[] => reasons.map((each) => ({ article: each.article.trim(), text: each.text.trim() }));
