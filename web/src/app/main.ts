import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { useSession } from '@/features/session';
import { configureClient, ProblemError } from '@/shared/api';
import { forgetPages } from '@/shared/lists/useKeyset';
import App from './App.vue';
import { currentLanguage, i18n, useLanguage } from './i18n';
import { buildRouter } from './router';
import './theme/tokens.css';
import './theme/element.css';
import './theme/base.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only an unreachable server is worth another try.
      retry: (failures, error) => failures < 1 && error instanceof ProblemError && error.problem.status === 0,
    },
  },
});

async function start(): Promise<void> {
  const app = createApp(App);
  app.use(createPinia());
  const session = useSession();
  const router = buildRouter();
  configureClient({
    csrfToken: () => session.csrfToken,
    language: currentLanguage,
    onSignedOut: () => {
      if (!session.signedIn) return; // nobody was; the router leads to the login page by itself
      const here = router.currentRoute.value;
      session.forget();
      if (!here.meta.public) void router.replace({ name: 'login', query: { return: here.fullPath, ended: '1' } });
    },
  });
  // What one person or role has read must not be shown to the next.
  session.onChangeOfPerson(() => {
    queries.clear();
    forgetPages();
  });
  await useLanguage(currentLanguage());
  app.use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router);
  await router.isReady();
  app.mount('#app');
}

void start();
