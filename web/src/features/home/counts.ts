import type { Schema } from '@/shared/api';
import { states } from '@/shared/words';

type Count = Schema<'StateCountView'>;

/** The figures above the list: the states that the role works on and where something waits; for roles that only read,
 *  every state where there is something; in the order of the road. */
export function countsToShow(work: Pick<Schema<'WorkList'>, 'own_states' | 'counts'>): Count[] {
  const works = work.own_states.length > 0;
  return work.counts
    .filter((each) => each.count > 0 && (!works || work.own_states.includes(each.state)))
    .sort((one, other) => states.indexOf(one.state) - states.indexOf(other.state));
}
