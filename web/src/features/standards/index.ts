import { Histogram } from '@element-plus/icons-vue';
import type { Feature } from '@/shared/feature';

export const standards: Feature = {
  routes: [{ path: '/standards', name: 'standards', component: () => import('./pages/StandardsPage.vue'), meta: { permission: 'policy_read' } }],
  navigation: [{ to: 'standards', text: 'standards.title', icon: Histogram, permission: 'policy_read', order: 44 }],
};
