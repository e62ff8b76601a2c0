import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useSession } from '@/features/session';
import { api, ask } from '@/shared/api';
import type { AlertState } from './words';

/** How many alerts of the acting role's area are in which state, and of how many the visit is late. */
export function useCounts() {
  const session = useSession();
  const query = useQuery({
    queryKey: computed(() => ['alert-counts', session.acting]),
    queryFn: () => ask(api.GET('/watch/alerts/counts')),
  });
  /** Absent states have none. */
  const countOf = (state: AlertState) => query.data.value?.counts.find((each) => each.state === state) ?? { state, count: 0, overdue: 0 };
  return { query, countOf };
}
