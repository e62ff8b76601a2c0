import { Upload } from '@element-plus/icons-vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

const ofImport = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.import) });

/** The officer prepares a roster, the approver takes it over. */
const permission = ['roster_import', 'case_decide'] as const;

export const roster: Feature = {
  routes: [
    { path: '/roster', name: 'roster', component: () => import('./pages/RosterPage.vue'), meta: { permission } },
    { path: '/roster/:county(\\d{6})/:import', name: 'roster-import', component: () => import('./pages/ImportPage.vue'), props: ofImport, meta: { permission } },
  ],
  navigation: [{ to: 'roster', text: 'roster.title', icon: Upload, permission, order: 47 }],
};
