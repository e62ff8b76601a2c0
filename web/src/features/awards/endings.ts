// Who may say why a benefit ends (the server decides; this only spares a form that would be refused).
import type { Schema } from '@/shared/api';

export const approversReasons: readonly Schema<'EndReason'>[] = ['no_longer_eligible', 'deceived'];
