import { expect, it } from 'vitest';
import type { RouteLocationNormalized } from 'vue-router';
import { features } from './features';
import { i18n } from './i18n';
import { destination } from './router';

const to = (name: string, fullPath: string, meta = {}, query = {}) => ({ name, fullPath, meta, query }) as RouteLocationNormalized;
const nobody = { signedIn: false, mustChangePassword: false };
const somebody = { signedIn: true, mustChangePassword: false };

it('leads strangers to the login page and back', () => {
  expect(destination(to('audit', '/audit?actor=x'), nobody)).toEqual({ name: 'login', query: { return: '/audit?actor=x' } });
  expect(destination(to('login', '/login', { public: true }), nobody)).toBe(true);
  expect(destination(to('login', '/login', { public: true }, { return: '/audit' }), somebody)).toEqual({ path: '/audit' });
  expect(destination(to('login', '/login', { public: true }, { return: '//evil' }), somebody)).toEqual({ path: '/' });
});

it('holds a one-time password to its page', () => {
  const fresh = { signedIn: true, mustChangePassword: true };
  expect(destination(to('home', '/'), fresh)).toEqual({ name: 'password' });
  expect(destination(to('password', '/account/password'), fresh)).toBe(true);
  expect(destination(to('home', '/'), somebody)).toBe(true);
});

it('has a page, a text and one place for every menu entry', () => {
  const names = features.flatMap((feature) => feature.routes.map((route) => route.name));
  expect(new Set(names).size).toBe(names.length);
  for (const entry of features.flatMap((feature) => feature.navigation)) {
    expect(names).toContain(entry.to);
    expect(i18n.global.te(entry.text)).toBe(true);
  }
});
