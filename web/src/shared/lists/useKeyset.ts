// Long lists are read by cursor ("after"), never by page number: page 5,000 costs what page 1 costs. The way back is
// the stack of cursors walked so far; it is kept per list, so that coming back from a case lands on the same page.
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';
import { problemOf, type Problem } from '../api';

export interface Page<Row> {
  items: Row[];
  next?: string | undefined;
}

export interface Keyset<Row> {
  rows: Ref<Row[]>;
  /** Nothing to show yet. */
  loading: Ref<boolean>;
  /** Something is shown, and newer or other rows are on their way. */
  refreshing: Ref<boolean>;
  problem: Ref<Problem | undefined>;
  pageNumber: Ref<number>;
  hasNext: Ref<boolean>;
  next: () => void;
  previous: () => void;
  first: () => void;
  reload: () => void;
}

const walked = new Map<string, string[]>();

/** On sign-out: the next person starts at the first page. */
export function forgetPages(): void {
  walked.clear();
}

/** `key` names the list and its filters; a change of it starts at the first page. */
export function useKeyset<Row, P extends Page<Row> = Page<Row>>(
  key: MaybeRefOrGetter<readonly unknown[]>,
  fetchPage: (after: string | undefined) => Promise<P>,
): Keyset<Row> & { page: Ref<P | undefined> } {
  const name = computed(() => JSON.stringify(toValue(key)));
  const cursors = ref<string[]>(walked.get(name.value) ?? []);
  // Synchronous: otherwise one request would go out with the new filters and the old cursor.
  watch(name, (current) => { cursors.value = walked.get(current) ?? []; }, { flush: 'sync' });
  watch(cursors, (stack) => { walked.set(name.value, stack); }, { flush: 'sync' });

  const after = computed(() => cursors.value.at(-1));
  const query = useQuery({
    queryKey: computed(() => [...toValue(key), after.value ?? '']),
    queryFn: () => fetchPage(after.value),
    placeholderData: keepPreviousData,
  });

  const page = computed(() => (query.isError.value ? undefined : (query.data.value as P | undefined)));
  const nextCursor = computed(() => (query.isPlaceholderData.value ? undefined : page.value?.next));
  return {
    page,
    rows: computed(() => page.value?.items ?? []) as Ref<Row[]>,
    loading: query.isPending,
    refreshing: computed(() => query.isFetching.value && !query.isPending.value),
    problem: computed(() => (query.error.value ? problemOf(query.error.value) : undefined)),
    pageNumber: computed(() => cursors.value.length + 1),
    hasNext: computed(() => Boolean(nextCursor.value)),
    next: () => { if (nextCursor.value) cursors.value = [...cursors.value, nextCursor.value]; },
    previous: () => { cursors.value = cursors.value.slice(0, -1); },
    first: () => { cursors.value = []; },
    reload: () => void query.refetch(),
  };
}
