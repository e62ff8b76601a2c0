import { List } from '@element-plus/icons-vue';
import type { Feature } from '@/shared/feature';

export const home: Feature = {
  routes: [{ path: '/', name: 'home', component: () => import('./pages/WorkListPage.vue') }],
  navigation: [{ to: 'home', text: 'home.title', icon: List, order: 10 }],
};
