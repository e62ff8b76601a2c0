import { Coin } from '@element-plus/icons-vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

const ofRegister = (route: RouteLocationNormalized) => ({ code: String(route.params.register) });
const ofDelivery = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.delivery) });

export const registers: Feature = {
  routes: [
    { path: '/registers', name: 'registers', component: () => import('./pages/RegistersPage.vue'), meta: { permission: 'register_read' } },
    { path: '/registers/rules', name: 'register-rules', component: () => import('./pages/RulesPage.vue'), meta: { permission: 'register_read' } },
    { path: '/registers/deliveries', name: 'register-deliveries', component: () => import('./pages/DeliveriesPage.vue'), meta: { permission: 'register_read' } },
    { path: '/registers/deliveries/:county(\\d{6})/:delivery', name: 'register-delivery', component: () => import('./pages/DeliveryPage.vue'), props: ofDelivery, meta: { permission: 'register_read' } },
    { path: '/registers/:register/delivery', name: 'register-deliver', component: () => import('./pages/DeliverPage.vue'), props: ofRegister, meta: { permission: 'register_deliver' } },
  ],
  navigation: [{ to: 'registers', text: 'registers.title', icon: Coin, permission: 'register_read', order: 48 }],
};
