import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

/** Pages of those who only look, and what is on every page: keys and the wrong address. */
export function tellRoles(world: World): void {
  describe.each(['fi', 'sv'] as const)('those who only look, in %s', (language) => {
    const t = words[language]
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(world, language)
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('an auditor reads about their duties, and finds the keys', async () => {
      const { page } = visitor
      await signIn(visitor, 'auditor')
      await page.getByRole('heading', { name: t.shell.duties.auditor.heading }).waitFor()
      await expectAccessible(visitor, 'duties')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: t.shell.shortcuts.heading }).waitFor()
      await expectAccessible(visitor, 'keys')
      await page.keyboard.press('Escape')
    })

    test('an address that leads nowhere says where to go', async () => {
      await visitor.page.goto('/nowhere')
      await visitor.page.getByText(t.shell.missing.action).waitFor()
      await expectAccessible(visitor, 'missing page')
    })

    test('an administrator sees the rules and no way to change them', async () => {
      const { page } = visitor
      await page.context().clearCookies()
      await signIn(visitor, 'admin')
      await page.getByRole('link', { name: t.shell.places.rules, exact: true }).click()
      await page.getByText(t.manager.rules.none).waitFor()
      await page.getByRole('button', { name: t.manager.rules.add }).waitFor({ state: 'hidden' })
      await expectAccessible(visitor, 'rules')
      for (const place of ['situation', 'moves'] as const) {
        expect(await page.getByRole('link', { name: t.shell.places[place], exact: true }).count()).toBe(0)
        await page.goto(`/${place}`)
        await page.getByText(t.shell.noRight.body(t.shell.places[place])).waitFor()
      }
      await expectAccessible(visitor, 'page of no right')
    })
  })
}
