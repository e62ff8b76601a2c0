import { defineAsyncComponent } from 'vue';
import type { Feature } from '@/shared/feature';

export { useCounty, useCovers } from './county';
export { returnPath } from './return-path';
export { useSession } from './store';

// Loaded apart: their menus are not needed to show the login page.
export const ActingSwitch = defineAsyncComponent(() => import('./ActingSwitch.vue'));
export const CountyChoice = defineAsyncComponent(() => import('./CountyChoice.vue'));
export const DemoClock = defineAsyncComponent(() => import('./DemoClock.vue'));
export const PersonMenu = defineAsyncComponent(() => import('./PersonMenu.vue'));

export const session: Feature = {
  routes: [
    { path: '/login', name: 'login', component: () => import('./pages/LoginPage.vue'), meta: { public: true, bare: true } },
    { path: '/account/password', name: 'password', component: () => import('./pages/PasswordPage.vue') },
    { path: '/account/second-factor', name: 'second-factor', component: () => import('./pages/SecondFactorPage.vue') },
  ],
  navigation: [], // these stand in the person's menu
};
