import { User } from '@element-plus/icons-vue';
import type { Feature } from '@/shared/feature';

const permission = 'user_manage' as const;

export const users: Feature = {
  routes: [
    { path: '/users', name: 'users', component: () => import('./pages/UserListPage.vue'), meta: { permission } },
    { path: '/users/new', name: 'user-new', component: () => import('./pages/NewUserPage.vue'), meta: { permission } },
    { path: '/users/:user', name: 'user', component: () => import('./pages/UserPage.vue'), props: true, meta: { permission } },
  ],
  navigation: [{ to: 'users', text: 'users.title', icon: User, permission, order: 80 }],
};
