import { Wallet } from '@element-plus/icons-vue';
import { defineAsyncComponent } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import type { Feature } from '@/shared/feature';

/** What a benefit's months are worth and what was paid for them, for the page of the benefit. */
export const AwardPaymentsPart = defineAsyncComponent(() => import('./AwardPaymentsPart.vue'));

/** This month's payments at a glance, for the work list. */
export const PaymentTiles = defineAsyncComponent(() => import('./PaymentTiles.vue'));

const ofRun = (route: RouteLocationNormalized) => ({ county: String(route.params.county), id: String(route.params.run) });

export const payments: Feature = {
  routes: [
    { path: '/payments', name: 'payments', component: () => import('./pages/PaymentsPage.vue'), meta: { permission: 'payment_read' } },
    { path: '/payments/:county(\\d{6})/:run', name: 'payment-run', component: () => import('./pages/RunPage.vue'), props: ofRun, meta: { permission: 'payment_read' } },
  ],
  navigation: [{ to: 'payments', text: 'payments.title', icon: Wallet, permission: 'payment_read', order: 40 }],
};
