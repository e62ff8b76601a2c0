import type { FieldProblem, Schema } from '@/shared/api';
import { check } from '@/shared/forms/useForm';

type Reason = Schema<'StatedReason'>;

export function reasonChecks(reasons: readonly Reason[], needed: boolean, t: (key: string) => string): FieldProblem[] {
  return [
    ...check('/reasons', !needed || reasons.length > 0, t('cases.checks.reason')),
    ...reasons.flatMap((each, at) => [
      ...check(`/reasons/${at}/article`, each.article.trim() !== '', t('cases.checks.article')),
      ...check(`/reasons/${at}/text`, each.text.trim() !== '', t('cases.checks.reason')),
    ]),
  ];
}

export const sentReasons = (reasons: readonly Reason[]): Reason[] => reasons.map((each) => ({ article: each.article.trim(), text: each.text.trim() }));
