// The list of features. A new one is added here and nowhere else.
import { audit } from '@/features/audit';
import { awards } from '@/features/awards';
import { cases } from '@/features/cases';
import { home } from '@/features/home';
import { payments } from '@/features/payments';
import { registers } from '@/features/registers';
import { roster } from '@/features/roster';
import { session } from '@/features/session';
import { standards } from '@/features/standards';
import { users } from '@/features/users';
import { watch } from '@/features/watch';
import type { Feature } from '@/shared/feature';

export const features: Feature[] = [home, cases, awards, payments, roster, registers, watch, standards, users, audit, session];
