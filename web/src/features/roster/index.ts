import { Upload } from '@element-plus/icons-vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

const ofImport = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.import) });

export const roster: Feature = {
  routes: [
    { path: '/roster', name: 'roster', component: () => import('./pages/RosterPage.vue'), meta: { permission: 'roster_import' } },
    { path: '/roster/:county(\\d{6})/:import', name: 'roster-import', component: () => import('./pages/ImportPage.vue'), props: ofImport, meta: { permission: 'roster_import' } },
  ],
  navigation: [{ to: 'roster', text: 'roster.title', icon: Upload, permission: 'roster_import', order: 47 }],
};
