// Roles being edited, before they are sent.
import type { FieldProblem, Schema } from '@/shared/api';
import { check } from '@/shared/forms/useForm';

export interface GrantDraft {
  /** Only to tell the rows apart on the screen. */
  key: number;
  role: Schema<'Role'> | '';
  region_code: string;
  region_name: string;
}

let count = 0;

export const emptyGrant = (): GrantDraft => ({ key: ++count, role: '', region_code: '', region_name: '' });

export const draftOf = (grant: Schema<'GrantView'>): GrantDraft =>
  ({ key: ++count, role: grant.role, region_code: grant.region_code, region_name: grant.region_name });

/** What is sent; call after `grantChecks` found nothing. */
export function toSend(grants: GrantDraft[]): Schema<'GrantRequest'>[] {
  return grants.flatMap(({ role, region_code }) => (role ? [{ role, region_code }] : []));
}

export function grantChecks(grants: GrantDraft[], t: (key: string) => string): FieldProblem[] {
  return grants.flatMap((grant, index) => [
    ...check(`/grants/${index}/role`, grant.role !== '', t('users.role_missing')),
    ...check(`/grants/${index}/region_code`, grant.role === '' || grant.region_code !== '', t('users.region_missing')),
  ]);
}

/** The same roles in the same regions, in whatever order. */
export function sameGrants(one: Schema<'GrantRequest'>[], other: Schema<'GrantRequest'>[]): boolean {
  const name = (grant: Schema<'GrantRequest'>) => `${grant.role}@${grant.region_code}`;
  return JSON.stringify(one.map(name).sort()) === JSON.stringify(other.map(name).sort());
}
