import { DocumentAdd, Files, Setting, Tickets } from '@element-plus/icons-vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

const ofCase = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.case) });

export const cases: Feature = {
  routes: [
    { path: '/cases', name: 'cases', component: () => import('./pages/CaseListPage.vue'), meta: { permission: 'case_read' } },
    { path: '/cases/new', name: 'case-new', component: () => import('./pages/IntakePage.vue'), meta: { permission: 'case_file' } },
    { path: '/cases/:county(\\d{6})/:case', name: 'case', component: () => import('./pages/CasePage.vue'), props: ofCase, meta: { permission: 'case_read' } },
    { path: '/cases/:county(\\d{6})/:case/correction', name: 'case-correction', component: () => import('./pages/CorrectionPage.vue'), props: ofCase, meta: { permission: 'case_file' } },
    { path: '/review-draws', name: 'review-draws', component: () => import('./reviews/DrawsPage.vue'), meta: { permission: 'review_record' } },
    { path: '/review-draws/:county(\\d{6})/:draw', name: 'review-draw', component: () => import('./reviews/DrawPage.vue'), props: true, meta: { permission: 'review_record' } },
    { path: '/publicity-settings', name: 'publicity-settings', component: () => import('./publicity/SettingsPage.vue'), meta: { permission: 'policy_change' } },
    { path: '/public', name: 'public-notices', component: () => import('./publicity/PublicNoticesPage.vue'), meta: { public: true, bare: true } },
  ],
  navigation: [
    { to: 'case-new', text: 'cases.intake.title', icon: DocumentAdd, permission: 'case_file', order: 20 },
    { to: 'cases', text: 'cases.title', icon: Files, permission: 'case_read', order: 25 },
    { to: 'review-draws', text: 'reviews.draws.title', icon: Tickets, permission: 'review_record', order: 30 },
    { to: 'publicity-settings', text: 'publicity.settings.title', icon: Setting, permission: 'policy_change', order: 80 },
  ],
};
