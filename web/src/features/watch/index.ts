import { Bell, Finished } from '@element-plus/icons-vue';
import { defineAsyncComponent } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

/** What registers brought about a household in benefit, for the page of the benefit. */
export const AwardAlertsPart = defineAsyncComponent(() => import('./AwardAlertsPart.vue'));

/** Alerts that wait for the acting role, for the work list. */
export const WatchTile = defineAsyncComponent(() => import('./WatchTile.vue'));

/** Whom the township visits after an alert, for the work list of villages. */
export const VisitTasks = defineAsyncComponent(() => import('./VisitTasks.vue'));

const ofAlert = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.alert) });
const ofCheck = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.check) });
const ofHousehold = (route: RouteLocationNormalized) => ({ ...ofCheck(route), award: String(route.params.award) });

const permission = 'alert_read' as const;

export const watch: Feature = {
  routes: [
    { path: '/alerts', name: 'alerts', component: () => import('./pages/AlertsPage.vue'), meta: { permission } },
    { path: '/alerts/:county(\\d{6})/:alert', name: 'alert', component: () => import('./pages/AlertPage.vue'), props: ofAlert, meta: { permission } },
    { path: '/recipient-checks', name: 'recipient-checks', component: () => import('./pages/ChecksPage.vue'), meta: { permission } },
    { path: '/recipient-checks/:county(\\d{6})/:check', name: 'recipient-check', component: () => import('./pages/CheckPage.vue'), props: ofCheck, meta: { permission } },
    { path: '/recipient-checks/:county(\\d{6})/:check/:award', name: 'checked-household', component: () => import('./pages/CheckedHouseholdPage.vue'), props: ofHousehold, meta: { permission } },
  ],
  navigation: [
    { to: 'alerts', text: 'watch.title', icon: Bell, permission, order: 36 },
    { to: 'recipient-checks', text: 'watch.checks.title', icon: Finished, permission, order: 37 },
  ],
};
