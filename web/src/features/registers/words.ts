import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '@/features/session';
import { api, ask, problemOf, type Schema } from '@/shared/api';

export type Register = Schema<'RegisterView'>;
export type RegisterRule = Schema<'RegisterRuleView'>;
export type Delivery = Schema<'DeliveryView'>;
export type State = Schema<'DeliveryState'>;
export type Preview = Schema<'DeliveryPreviewView'>;
type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'plain';

export const toneOf: Record<State, Tone> = { uploading: 'warn', uploaded: 'warn', checking: 'calm', accepted: 'good', refused: 'bad', withdrawn: 'plain' };

/** How a register stands in this county. */
export type Condition = 'fresh' | 'stale' | 'none';
export const conditionOf = (register: Register): Condition => (register.as_of === undefined ? 'none' : register.is_fresh ? 'fresh' : 'stale');

/** What keeps reports from being complete comes first, then what is in use, then what is there. */
export function byNeed(registers: readonly Register[]): Register[] {
  const rank = (each: Register) => (each.is_used ? (each.is_fresh ? 1 : 0) : each.as_of === undefined ? 3 : 2);
  return registers.map((each, at) => ({ each, at })).sort((a, b) => rank(a.each) - rank(b.each) || a.at - b.at).map(({ each }) => each);
}

/** Its contents are on the server and nothing works on them. */
export const isWithdrawable = (delivery: Delivery): boolean => delivery.erased_on === undefined && delivery.state !== 'checking' && delivery.state !== 'withdrawn';

/** The page shows what was so before somebody else acted, or before the work ended. */
export const isStale = (key: string): boolean =>
  ['registers.changed_meanwhile', 'registers.not_uploaded', 'registers.contents_gone'].includes(key);

/** The name as the server keeps it. */
export const plainName = (name: string): string => [...name.trim()].slice(0, 100).join('');

/** Whether this is the file whose upload was broken off. */
export const isSameFile = (delivery: Pick<Delivery, 'file_name' | 'size'>, file: { name: string; size: number }): boolean =>
  delivery.file_name === plainName(file.name) && delivery.size === file.size;

/** Kinds that no department's table is in; the server judges the others by their contents. */
export function kindFault(name: string): 'packed' | 'old_excel' | 'no_table' | undefined {
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  if (['zip', 'rar', '7z'].includes(ending)) return 'packed';
  if (ending === 'xls' || ending === 'et') return 'old_excel';
  return ['pdf', 'doc', 'docx', 'jpg', 'jpeg', 'png', 'wps', 'mdb', 'exe'].includes(ending) ? 'no_table' : undefined;
}

/** The catalogue with what the acting role's county holds of it. */
export function useRegisters() {
  const session = useSession();
  const { locale } = useI18n();
  const query = useQuery({
    queryKey: computed(() => ['registers', session.acting, locale.value]),
    queryFn: () => ask(api.GET('/registers')),
  });
  return {
    list: computed(() => query.data.value),
    loading: query.isPending,
    problem: computed(() => (query.error.value ? problemOf(query.error.value) : undefined)),
    refetch: () => query.refetch(),
  };
}

/** Puts what the server just said about a delivery on every page that shows it. An earlier question that is still on its
 *  way would bring older news afterwards. */
export function useDeliveryNews(): (now: Delivery) => void {
  const queries = useQueryClient();
  return (now) => {
    const queryKey = ['register-delivery', now.county_code, now.id];
    void queries.cancelQueries({ queryKey }).then(() => queries.setQueriesData({ queryKey }, now));
  };
}
