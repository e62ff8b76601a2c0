// Addresses to pages, and who may open them. Refusing here is a courtesy: the server refuses by itself.
import { createRouter, createWebHistory, type Router, type RouteLocationNormalized } from 'vue-router';
import { returnPath, useSession } from '@/features/session';
import { features } from './features';

type Session = ReturnType<typeof useSession>;

export function buildRouter(history = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [
      ...features.flatMap((feature) => feature.routes),
      { path: '/:rest(.*)*', name: 'missing', component: () => import('./MissingPage.vue') },
    ],
    // Another part or filter of the same page: the reader stays where he is.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
  router.beforeEach(async (to) => {
    const session = useSession();
    await session.ensureLoaded();
    return destination(to, session);
  });
  return router;
}

/** Where somebody who asks for `to` is led: true lets them in. */
export function destination(to: RouteLocationNormalized, session: Pick<Session, 'signedIn' | 'mustChangePassword'>) {
  if (to.name === 'login' && session.signedIn) return { path: returnPath(to.query.return) };
  if (to.meta.public) return true;
  if (!session.signedIn) return { name: 'login', query: to.fullPath === '/' ? {} : { return: to.fullPath } };
  if (session.mustChangePassword && to.name !== 'password') return { name: 'password' };
  return true;
}
