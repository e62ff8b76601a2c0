// Why a benefit ends, and who may say so (the server decides; this only spares a form that would be refused).
import type { Schema } from '@/shared/api';

type EndReason = Schema<'EndReason'>;
export const endReasons = [
  'recipient_died', 'gave_up', 'moved_away', 'other_programme', 'no_longer_eligible', 'deceived',
] as const satisfies readonly EndReason[];
export const approversReasons: readonly EndReason[] = ['no_longer_eligible', 'deceived'];
