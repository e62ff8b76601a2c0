// The county that a page is about: the one in which the acting role works, or, for roles above, one that is chosen and
// stands in the address.
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSession } from './store';

const countyDigits = 6;

export function useCounty() {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();
  const region = computed(() => session.actingGrant?.region_code ?? '');
  const isAbove = computed(() => region.value.length < countyDigits);
  const county = computed(() => {
    if (!isAbove.value) return region.value.slice(0, countyDigits);
    const asked = String(route.query.county ?? '');
    return asked.length === countyDigits && asked.startsWith(region.value) ? asked : '';
  });
  return {
    /** '' until one is chosen. */
    county,
    isAbove,
    choose: (code: string) => { if (code !== county.value) void router.replace({ query: { ...route.query, county: code || undefined } }); },
  };
}

/** Whether the acting role sees the whole of a county. */
export function useCovers(): (county: string) => boolean {
  const session = useSession();
  return (county) => {
    const region = session.actingGrant?.region_code ?? '';
    return region.length <= countyDigits && county.startsWith(region);
  };
}
