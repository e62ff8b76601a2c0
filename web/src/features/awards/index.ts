import { Money, TrendCharts } from '@element-plus/icons-vue';
import { defineAsyncComponent } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

/** The benefit of a case, for the case page. */
export const CaseAward = defineAsyncComponent(() => import('./CaseAward.vue'));

/** Households whose account the bank refused, for the work list of whoever changes accounts. */
export const RefusedAccountsTile = defineAsyncComponent(() => import('./RefusedAccountsTile.vue'));

const ofAward = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.award) });
const ofChange = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.change) });

export const awards: Feature = {
  routes: [
    { path: '/awards', name: 'awards', component: () => import('./pages/AwardListPage.vue'), meta: { permission: 'award_read' } },
    { path: '/awards/:county(\\d{6})/:award', name: 'award', component: () => import('./pages/AwardPage.vue'), props: ofAward, meta: { permission: 'award_read' } },
    { path: '/standard-changes', name: 'standard-changes', component: () => import('./changes/ChangesPage.vue'), meta: { permission: 'award_read' } },
    { path: '/standard-changes/:county(\\d{6})/:change', name: 'standard-change', component: () => import('./changes/ChangePage.vue'), props: ofChange, meta: { permission: 'award_read' } },
  ],
  navigation: [
    { to: 'awards', text: 'awards.title', icon: Money, permission: 'award_read', order: 35 },
    { to: 'standard-changes', text: 'awards.changes.title', icon: TrendCharts, permission: 'award_read', wholeCounty: true, order: 45 },
  ],
};
