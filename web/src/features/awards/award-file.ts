// One benefit on its page: its sections find it here. Everything read of it stands in the query cache below
// ['award', county, id]; after every act all lists that show it are read anew.
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { api, ask, problemOf, type Schema } from '@/shared/api';

export type AwardView = Schema<'AwardView'>;

export interface AwardFile {
  path: { county: string; award: string };
  view: ComputedRef<AwardView>;
  /** Reads the benefit anew; what is typed in forms stays. */
  reload: () => Promise<void>;
}

const fileKey: InjectionKey<AwardFile> = Symbol('award');

export function useAwardFile(): AwardFile {
  const file = inject(fileKey);
  if (!file) throw new Error('outside the page of a benefit');
  return file;
}

/** For the page of a benefit, once. */
export function openAwardFile(county: string, id: string) {
  const queries = useQueryClient();
  const path = { county, award: id };
  const query = useQuery({
    queryKey: ['award', county, id],
    queryFn: () => ask(api.GET('/awards/{county}/{award}', { params: { path } })),
  });
  const view = computed(() => query.data.value!);
  const reload = async (): Promise<void> => {
    const names = [['award', county, id], ['awards'], ['award-totals'], ['standard-change'], ['case', county, view.value.summary.case_id]];
    await Promise.all(names.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  provide(fileKey, { path, view, reload });
  return { query, problem: computed(() => (query.error.value ? problemOf(query.error.value) : undefined)) };
}
