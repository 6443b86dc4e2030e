import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../../infra/embedded/houses.ts'
import { expectAccessible } from './accessible.ts'
import { signIn, visit } from './visitor.ts'
import { words } from './words.ts'
import type { World } from './world.ts'

const limit = 260_000

/** What a browser fetches at first, and what a person reads when a page does not come. */
export function tellFirstLoad(world: World): void {
  describe("The desk's first bundle is split by role", () => {
    test.each([
      ['clerk-lahti', 'scan'],
      ['handler-lahti', 'tasks'],
      ['manager-helsinki', 'situation'],
      ['admin', 'forms'],
    ] as const)('the first load of %s is compressed, cached by hash and at most 260 kB', async (subject, place) => {
      const visitor = await visit(world, 'fi')
      onTestFinished(() => visitor.close())
      const sizes = new Map<string, number>()
      visitor.page.on('response', (response) => {
        const { pathname } = new URL(response.url())
        if (!pathname.startsWith('/assets/')) return
        const { 'content-encoding': encoding, 'cache-control': caching } = response.headers()
        const isFont = pathname.endsWith('.woff2')
        expect(`${pathname} ${encoding} ${caching}`).toBe(
          `${pathname} ${isFont ? undefined : 'br'} public, max-age=31536000, immutable`,
        )
        const bytes = readFileSync(join(root, 'services', 'desk', 'dist', pathname))
        sizes.set(pathname, isFont ? bytes.length : gzipSync(bytes, { level: 9 }).length)
      })
      await signIn(visitor, subject)
      await visitor.page.waitForURL(`**/${place}`)
      await visitor.page.getByRole('heading', { level: 1 }).waitFor()
      await visitor.page.waitForLoadState('networkidle')
      const sum = [...sizes.values()].reduce((total, size) => total + size, 0)
      expect([...sizes.keys()].filter((name) => name.endsWith('.woff2'))).toHaveLength(2)
      expect(sum, JSON.stringify([...sizes])).toBeLessThanOrEqual(limit)
    })
  })

  describe.each(['fi', 'sv'] as const)('A page that does not come, in %s', (language) => {
    test('says so where the keyboard is, keeps the menu and comes when asked again', async () => {
      const visitor = await visit(world, language)
      onTestFinished(() => visitor.close())
      const { page } = visitor
      const { places, notLoaded } = words[language].shell
      const title = page.getByRole('heading', { level: 1, name: notLoaded.title })
      await signIn(visitor, 'clerk-lahti')
      await page.getByRole('heading', { level: 1, name: words[language].clerk.scan.title }).waitFor()
      await page.getByRole('link', { name: places.batches, exact: true }).press('Enter')
      await expectFocus(page, 'H1')

      visitor.expectLost(/^\/(assets\/.*|check)?$/)
      await page.route(/\/(assets\/check-list-page.*|)$/, (route) => route.abort('internetdisconnected'))
      await page.getByRole('link', { name: places.check, exact: true }).press('Enter')
      await title.waitFor()
      await expectFocus(page, 'H1')
      await expectAccessible(visitor, 'page not loaded')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByText(notLoaded.still).waitFor()
      await page.getByRole('link', { name: places.batches, exact: true }).press('Enter')
      await title.waitFor({ state: 'hidden' })
      await page.getByRole('link', { name: places.check, exact: true }).press('Enter')
      await title.waitFor()

      await page.unrouteAll()
      await page.getByRole('button', { name: notLoaded.action }).press('Enter')
      await title.waitFor({ state: 'hidden' })
      await page.getByRole('heading', { level: 1, name: words[language].clerk.checking.title }).waitFor()
      // React says in the console what the page said in words.
      expect(visitor.faults.filter((fault) => !fault.includes('a page could not be loaded'))).toEqual([])
    })
  })
}

async function expectFocus(page: Page, tag: string): Promise<void> {
  await expect.poll(() => page.evaluate('document.activeElement.tagName'), { timeout: 20_000 }).toBe(tag)
}
