// Each level opens its work list and a case: the page fits both widths and complains about nothing. The pictures of
// test-results are taken on the way; docs/tour has its own walk (tour/).

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, settled, shot, signIn, stickingOut, visit } from './harness'

const password = (process.env.JIUZHU_ADMIN ?? '').split(':')[1] ?? ''
let browser: Browser
beforeAll(async () => { browser = await openBrowser() })
afterAll(() => browser.close())

const levels = ['village', 'assistant', 'township', 'verify', 'county', 'approver', 'city', 'province', 'auditor']

describe('every level', () => {
  it.each(levels)('%s finds its work and opens a case', async (login) => {
    const { page, faults } = await visit(browser)
    await signIn(page, login, password)
    await shot(page, `${login}-work-list`)
    expect(await stickingOut(page)).toEqual([])
    await page.goto('/cases')
    await settled(page)
    await page.locator('a[href^="/cases/1"]').first().click()
    await page.waitForURL(/\/cases\/\d{6}\/.+/)
    await settled(page)
    await page.getByText('140399').first().waitFor()
    await shot(page, `${login}-case`)
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('lets the assistant begin an application', async () => {
    const { page, faults } = await visit(browser)
    await signIn(page, 'assistant', password, '/cases/new')
    await shot(page, 'assistant-intake')
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('lets anybody read the public notices', async () => {
    const { page, faults } = await visit(browser)
    await page.goto('/public')
    await settled(page)
    await shot(page, 'public-notices')
    expect(await page.content()).not.toContain('140399')
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
