import { Document } from '@element-plus/icons-vue';
import type { Feature } from '@/shared/feature';

const permission = 'audit_read' as const;

export const audit: Feature = {
  routes: [{ path: '/audit', name: 'audit', component: () => import('./pages/AuditPage.vue'), meta: { permission } }],
  navigation: [{ to: 'audit', text: 'audit.title', icon: Document, permission, order: 90 }],
};
