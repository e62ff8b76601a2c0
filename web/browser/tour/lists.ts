// What each role finds when it signs in, and the pages that belong to no single case.
import { it } from 'vitest';
import { as, picture } from './camera';

const roles = ['village', 'assistant', 'township', 'verify', 'county', 'approver', 'funds', 'admin', 'city', 'province', 'auditor'];

it('signing in', async () => {
  await picture(await as('anybody', '/login'), 'sign-in');
});

it.each(roles)('the work list of %s', async (who) => {
  await picture(await as(who, '/'), `${who}-work-list`);
});

it('applications', async () => {
  await picture(await as('county', '/cases'), 'county-cases');
});

it('users', async () => {
  const page = await as('admin', '/users');
  await picture(page, 'admin-users');
  await page.locator('table a[href^="/users/"]').first().click();
  await page.waitForURL(/\/users\/.+/);
  await as('admin', new URL(page.url()).pathname);
  await picture(page, 'admin-user');
  await as('admin', '/users/new');
  await picture(page, 'admin-user-new');
});

it('audit', async () => {
  const page = await as('admin', '/audit');
  await page.getByRole('button', { name: '校验' }).first().click();
  await page.getByText('条记录全部核对无误').waitFor();
  await picture(page, 'admin-audit');
});

it('settings', async () => {
  await picture(await as('approver', '/publicity-settings'), 'approver-publicity-settings');
  await picture(await as('county', '/review-draws'), 'county-draws');
});

it('public notices', async () => {
  await picture(await as('anybody', '/public'), 'public-notices');
});
