// Region codes nest by length: province 2 digits, city 4, county 6, township 9, village 12.
import { useQueryClient } from '@tanstack/vue-query';
import { api, ask, type Schema } from '../api';

export type RegionLevel = Schema<'RegionLevel'>;
export type Region = Schema<'RegionView'>;
export type LoadRegions = (parent: string) => Promise<Region[]>;

export const levelsDownward: readonly RegionLevel[] = ['province', 'city', 'county', 'township', 'village'];
const lengths = [2, 4, 6, 9, 12] as const;

/** "140303001" → township; undefined when no level has this length. */
export function levelOf(code: string): RegionLevel | undefined {
  const index = (lengths as readonly number[]).indexOf(code.length);
  return index < 0 ? undefined : levelsDownward[index];
}

export const depthOf = (level: RegionLevel): number => levelsDownward.indexOf(level);

/** The codes on the way from `root` (left out; '' is the country) down to `code`; empty when it lies elsewhere. */
export function pathBelow(root: string, code: string): string[] {
  if (!code.startsWith(root)) return [];
  return lengths.filter((length) => length > root.length && length <= code.length).map((length) => code.slice(0, length));
}

/** Reads a region's children once per page load: the tree changes once a year. */
export function useRegions(): LoadRegions {
  const client = useQueryClient();
  return (parent) => client.fetchQuery({
    queryKey: ['regions', parent],
    staleTime: Infinity,
    queryFn: async () => (await ask(api.GET('/regions', { params: { query: parent ? { parent } : {} } }))).items,
  });
}
