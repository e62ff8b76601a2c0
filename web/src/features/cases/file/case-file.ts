// The case on the page: its parts find it here. All that is read of a case stands in the query cache below
// ['case', county, id]; after every act the whole of it is read anew.
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { api, ask, problemOf, type Problem, type Schema } from '@/shared/api';

export type CaseView = Schema<'CaseView'>;

export interface CaseFile {
  county: string;
  id: string;
  /** Of every route of the case: { params: { path: file.path } }. */
  path: { county: string; case: string };
  view: ComputedRef<CaseView>;
  /** It came from a roster: what led to the benefit was done elsewhere. */
  isTakenOver: ComputedRef<boolean>;
  /** Reads the case and everything around it anew; what is typed in forms stays. */
  reload: () => Promise<void>;
  nameOf: (person: string | undefined) => string;
  /** Whom a message is about: "/persons/m1/authorised_on" → the name of m1; '' for nobody. */
  personIn: (pointer: string) => string;
}

const fileKey: InjectionKey<CaseFile> = Symbol('case');

export function useCaseFile(): CaseFile {
  const file = inject(fileKey);
  if (!file) throw new Error('outside a case page');
  return file;
}

/** For the case page, once. */
export function openCaseFile(county: string, id: string) {
  const queries = useQueryClient();
  const path = { county, case: id };
  const query = useQuery({
    queryKey: ['case', county, id, 'file'],
    queryFn: () => ask(api.GET('/cases/{county}/{case}', { params: { path } })),
  });
  const view = computed(() => query.data.value!);
  const isTakenOver = computed(() => view.value.steps.some((step) => step.action === 'take_over'));
  const reload = async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['case', county, id] }),
      queries.invalidateQueries({ queryKey: ['work-list'] }),
      queries.invalidateQueries({ queryKey: ['cases'] }),
    ]);
  };
  const nameOf = (person: string | undefined) => query.data.value?.persons.find((each) => each.key === person)?.name ?? person ?? '';
  const personIn = (pointer: string) => {
    const key = /^\/persons\/([^/]+)/.exec(pointer)?.[1];
    return query.data.value?.persons.find((each) => each.key === key)?.name ?? '';
  };
  provide(fileKey, { county, id, path, view, isTakenOver, reload, nameOf, personIn });
  return { query, reload, problem: computed<Problem | undefined>(() => (query.error.value ? problemOf(query.error.value) : undefined)) };
}

/** A part of the case that is read on its own, when it is opened: reading is recorded. */
export function useCasePart<Part>(name: string, read: (file: CaseFile) => Promise<Part>) {
  const file = useCaseFile();
  const query = useQuery({ queryKey: ['case', file.county, file.id, name], queryFn: () => read(file) });
  return {
    part: computed(() => query.data.value),
    loading: query.isPending,
    problem: computed(() => (query.error.value ? problemOf(query.error.value) : undefined)),
    refetch: () => void query.refetch(),
  };
}
