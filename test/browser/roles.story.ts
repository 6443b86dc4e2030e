import type { PlanningState, PlanSummary } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { speakAs } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { getPerson, signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const reason = 'Siirrot tarkastetaan.'

/** Pages of those who only look, the switch of levelling, and what is on every page: keys and the wrong address. */
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

    test('an administrator stops levelling by keyboard, and a manager reads who did and why', async () => {
      const { page } = visitor
      const { stop, start, stopped } = t.manager.levelling
      await page.goto('/forms')
      await page.getByText(t.manager.levelling.running).waitFor()
      await page.getByRole('button', { name: stop.confirm }).press('Enter')
      const dialog = page.getByRole('dialog', { name: stop.heading })
      await dialog.getByText(stop.body).waitFor()
      await dialog.getByRole('button', { name: stop.confirm }).press('Enter')
      await dialog.getByText(t.manager.form.problems.reason).waitFor()
      await expectAccessible(visitor, 'stopping levelling')
      await dialog.getByLabel(stop.reason).fill(reason)
      await dialog.getByRole('button', { name: stop.confirm }).press('Enter')
      await page.getByText(stop.done).waitFor()
      await page.getByText(stopped).filter({ hasText: reason }).waitFor()
      await page.getByRole('button', { name: start.confirm }).waitFor()
      await expectAccessible(visitor, 'levelling stopped')
      expect(await readPlanning(world)).toMatchObject({ on: false, reason, by: getPerson('admin').name })

      const other = await visit(world, language)
      await signIn(other, 'manager-helsinki')
      await other.page.getByText(stopped).filter({ hasText: reason }).waitFor()
      expect(await other.page.getByText(stopped).textContent()).toContain(getPerson('admin').name)
      expect(await other.page.getByRole('button', { name: start.confirm }).count()).toBe(0)
      await expectAccessible(other, 'situation with levelling stopped')
      await other.page.getByRole('link', { name: t.shell.places.moves }).click()
      await other.page.getByRole('heading', { name: t.manager.moves.title }).waitFor()
      await other.page.getByText(stopped).filter({ hasText: reason }).waitFor()
      expect(other.faults).toEqual([])
      await other.close()
    })

    test('the administrator starts it again, once however often they press', async () => {
      const { page } = visitor
      const { start, running } = t.manager.levelling
      await page.getByRole('button', { name: start.confirm }).click()
      const dialog = page.getByRole('dialog', { name: start.heading })
      await dialog.getByLabel(start.reason).fill(reason)
      await dialog.getByRole('button', { name: start.confirm }).dblclick()
      await page.getByText(start.done).waitFor()
      await page.getByText(running).filter({ hasText: reason }).waitFor()
      expect(visitor.writes).toEqual(Array.from({ length: 2 }, () => '/api/balancer/plans/switch'))
      expect(await readPlanning(world)).toMatchObject({ on: true, by: getPerson('admin').name })
    })
  })
}

async function readPlanning({ stack }: World): Promise<PlanningState> {
  return (await speakAs(stack, 'balancer', 'manager-helsinki').get<PlanSummary>('/plans/latest')).body.planning
}
