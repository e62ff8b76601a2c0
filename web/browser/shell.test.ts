// The shell through a running server, as an administrator of a county: the demonstration's, or JIUZHU_ADMIN=login:password.
// Creates one user, so run it against a data folder that may be thrown away (tools/with-demo-server).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, settled, shot, signIn, stickingOut, visit, widths } from './harness';

const [login = '', password = ''] = (process.env.JIUZHU_ADMIN ?? 'admin:jiuzhu-demo-1').split(':');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('signing in', () => {
  it('refuses a wrong password, then leads back to the page that was asked for', async () => {
    const { page, faults } = await visit(browser);
    await page.goto('/users?search=a');
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(`${password}-not`);
    await page.getByRole('button', { name: '登录' }).click();
    await page.locator('[data-key="session.wrong_credentials"]').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/users' && url.searchParams.get('search') === 'a');
    await settled(page);
    expect(await page.title()).toContain('用户管理');
    expect(faults).toEqual([]);
  });

  it('ends with signing out', async () => {
    const { page } = await visit(browser);
    await signIn(page, login, password);
    await page.getByRole('button', { name: /个人菜单/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL('**/login');
    await page.goto('/users');
    await page.waitForURL((url) => url.pathname === '/login' && url.searchParams.get('return') === '/users');
  });
});

describe('pages', () => {
  it.each(['/', '/users', '/users/new', '/audit', '/account/password', '/account/second-factor', '/nowhere'])('%s fits, reads and works at both widths', async (path) => {
    const { page, faults } = await visit(browser);
    await signIn(page, login, password, path);
    for (const width of ['desk', 'phone'] as const) {
      await page.setViewportSize({ width: widths[width], height: 844 });
      await page.waitForTimeout(150);
      expect(await stickingOut(page), width).toEqual([]);
      expect(await accessibilityFaults(page), width).toEqual([]);
    }
    await shot(page, `shell${path.replaceAll('/', '-')}`);
    expect(faults).toEqual([]);
  });

  it('speak English on request, and remember it', async () => {
    const { page } = await visit(browser);
    await signIn(page, login, password, '/users');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.setViewportSize({ width: widths.phone, height: 844 });
    await page.waitForTimeout(150);
    expect(await stickingOut(page)).toEqual([]);
    await shot(page, 'shell-users-english');
  });

  it('are reached from the keyboard alone', async () => {
    const { page } = await visit(browser);
    await signIn(page, login, password);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到主要内容');
    await page.getByRole('link', { name: '用户管理' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/users');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });

  it('open from the drawer on a phone', async () => {
    const { page } = await visit(browser, 'phone');
    await signIn(page, login, password);
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '用户管理' }).click();
    await page.waitForURL('**/users');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

describe('users', () => {
  it('are created with a one-time password that must be changed', async () => {
    const name = `browser${Date.now()}`;
    const { page, faults } = await visit(browser);
    await signIn(page, login, password, '/users/new');
    await page.getByRole('button', { name: '建立用户' }).click();
    await page.getByRole('alert').getByText('请填写姓名。').click();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.getByLabel('姓名').fill('试用账号');
    await page.getByLabel('用户名').fill(name);
    await page.getByLabel('岗位', { exact: true }).selectOption('county_case_officer');
    await page.getByRole('button', { name: '建立用户' }).click();
    const once = await page.locator('[data-testid="one-time-password"]').innerText();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);

    const other = await visit(browser);
    await other.page.goto('/login');
    await other.page.getByLabel('用户名').fill(name);
    await other.page.getByLabel('密码', { exact: true }).fill(once);
    await other.page.getByRole('button', { name: '登录' }).click();
    await other.page.waitForURL('**/account/password');
    await other.page.goto('/');
    await other.page.waitForURL('**/account/password');

    await other.page.getByLabel('当前密码').fill(once);
    for (const label of ['新密码', '再次输入新密码']) await other.page.getByLabel(label, { exact: true }).fill('short');
    await other.page.getByRole('button', { name: '保存新密码' }).click();
    await other.page.locator('[role=alert] .errors').waitFor();
    expect(await other.page.getByLabel('新密码', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    for (const label of ['新密码', '再次输入新密码']) await other.page.getByLabel(label, { exact: true }).fill('Yangquan-2019-jz');
    await other.page.getByRole('button', { name: '保存新密码' }).click();
    await other.page.getByRole('heading', { name: '待办事项' }).waitFor();
    expect(other.faults).toEqual([]);
  });
});
