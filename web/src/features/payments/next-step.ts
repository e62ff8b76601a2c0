// What is to be done next with a month's payment, and whose share it is.
import type { Schema } from '@/shared/api';
import type { Run } from './words';

export interface NextStep {
  step: 'prepare' | 'approve' | 'take' | 'read' | 'repair' | 'none' | 'discarded';
  /** Who does it, and by which permission; absent: nobody has anything to do. */
  role?: Schema<'Role'>;
  permission?: Schema<'Permission'>;
}

const share = (step: NextStep['step'], role: Schema<'Role'>, permission: Schema<'Permission'>): NextStep => ({ step, role, permission });

export function nextStep(run: Pick<Run, 'state' | 'failed_count'> | undefined): NextStep {
  switch (run?.state) {
    case undefined: return share('prepare', 'funds_officer', 'payment_prepare');
    case 'prepared': return share('approve', 'county_approver', 'payment_approve');
    case 'approved': return share('take', 'funds_officer', 'payment_settle');
    case 'issued': return share('read', 'funds_officer', 'payment_settle');
    // Whoever pays does not choose the account, so it is another role's share.
    case 'settled': return run!.failed_count > 0 ? share('repair', 'county_case_officer', 'award_change') : { step: 'none' };
    case 'discarded': return share('discarded', 'funds_officer', 'payment_prepare');
  }
}
