import { type RuleVersion, sayRule } from '@tasain/contracts'
import { addDays, formatDate, helsinkiDate } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusals } from '../../packages/contracts/src/refusals.ts'
import { speakAs } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const t = words.fi.manager
const today = helsinkiDate(new Date())
const makeQuota = (hours: number) => ({
  scope: {},
  value: { kind: 'quota', giver: 'pha', receiver: 'hel', minutesPerMonth: hours * 60, minMinutes: 0 } as const,
  from: today,
  reason: 'Sovittu johtajien kesken.',
})
const say = (hours: number) => sayRule(makeQuota(hours).value, 'fi')

/** What two managers have agreed on goes on as it is while a change to it waits, and nobody's change is lost unseen. */
export function tellWaiting(world: World): void {
  describe('a rule that two managers change', () => {
    let visitor: Visitor
    let rule: RuleVersion
    const speak = (subject: string) => speakAs(world.stack, 'balancer', subject)
    beforeAll(async () => {
      const { body } = await speak('manager-helsinki').post<RuleVersion>('/rules', makeQuota(700))
      rule = body
      await speak('manager-lahti').post(`/rules/${rule.id}/approve`, { version: 1 })
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'manager-helsinki')
      await visitor.page.getByRole('link', { name: words.fi.shell.places.rules, exact: true }).click()
    })
    afterAll(async () => {
      // The end of what two districts agreed on takes both, or the rule would stand in the way of the stories after this.
      const { body } = await speak('manager-lahti').post<RuleVersion>(`/rules/${rule.id}/end`, {
        reason: 'Kertomus on lopussa.',
      })
      await speak('manager-helsinki').post(`/rules/${rule.id}/approve`, { version: body.version })
      await visitor?.close()
    })
    expectNoFaults(() => visitor)
    const findRow = () => visitor.page.getByRole('row').filter({ hasText: say(700) })
    const openChange = async () => {
      await findRow().getByRole('button', { name: t.rules.change }).click()
      const form = visitor.page.getByRole('dialog', { name: t.form.changeHeading })
      await form.waitFor()
      return form
    }

    test('a change begun before another one is refused in words, and what was typed stays', async () => {
      const { page } = visitor
      const form = await openChange()
      await speak('manager-lahti').post(`/rules/${rule.id}/versions`, { ...makeQuota(650), since: 1 })
      await findRow().getByText(say(650)).waitFor()
      await form.getByLabel(t.form.hours).fill('600')
      await form.getByLabel(t.form.reason, { exact: true }).fill('Vähemmän kuin ennen.')
      visitor.expectStatus(409, /\/versions$/)
      await form.getByRole('button', { name: t.form.save }).click()
      await form.getByText(refusals['rule.changed_since'].fi).waitFor()
      expect(await form.getByLabel(t.form.reason, { exact: true }).inputValue()).toBe('Vähemmän kuin ennen.')
      await keepShot(visitor, 'changed-since')
      await form.getByLabel(t.form.hours).fill('610')
      await form.getByText(refusals['rule.changed_since'].fi).waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await form.waitFor({ state: 'detached' })
    })

    test('what is in force stands in the list, and the change that waits beside it, until it is taken back', async () => {
      const { page } = visitor
      const form = await openChange()
      await form.getByText(t.form.replaces('Tuula Heikkinen')).waitFor()
      await form.getByLabel(t.form.hours).fill('600')
      await form.getByLabel(t.form.reason, { exact: true }).fill('Vähemmän kuin ennen.')
      await form.getByRole('button', { name: t.form.save }).click()
      await page.getByText(t.rules.savedDraft).waitFor()
      await findRow().getByText(t.ruleStates.in_force).waitFor()
      await findRow().getByText(say(600)).waitFor()
      await findRow().getByText(t.rules.waits).waitFor()
      await expectAccessible(visitor, 'a change that waits')
      await keepShot(visitor, 'waiting')
      await findRow().getByRole('button', { name: t.rules.end }).click()
      await page.getByText(t.end.bodyWaits).waitFor()
      await page.keyboard.press('Escape')
      await findRow().getByRole('button', { name: t.rules.withdraw }).click()
      const dialog = page.getByRole('dialog', { name: t.withdraw.heading })
      await dialog.getByLabel(t.withdraw.reason).fill('Ei sittenkään.')
      await dialog.getByRole('button', { name: t.withdraw.confirm }).click()
      await page.getByText(t.rules.withdrawn).waitFor()
      await findRow().getByText(say(600)).waitFor({ state: 'detached' })
      await findRow().getByRole('link').click()
      await page.getByText(t.ruleStates.withdrawn, { exact: true }).waitFor()
      await keepShot(visitor, 'withdrawn')
      await page.getByRole('link', { name: t.history.back }).click()
    })

    test('what does nothing beside a ban is told before it is saved and in the list', async () => {
      const { page } = visitor
      const at = { scope: { office: 'hel-3' }, from: today, to: today, reason: 'Kertomus.' }
      const { body } = await speak('manager-helsinki').post<RuleVersion>('/rules', {
        ...at,
        value: { kind: 'blackout' },
      })
      await page.getByRole('button', { name: t.rules.add }).click()
      const form = page.getByRole('dialog', { name: t.form.addHeading })
      await form.getByLabel(t.form.kind, { exact: true }).selectOption({ label: t.kinds.import })
      await form.getByLabel(t.form.scope, { exact: true }).selectOption({ label: 'Helsinki Malmi' })
      await form.getByLabel(t.form.open).check()
      await form.getByText(/^Säännöllä ei ole vaikutusta/).waitFor()
      await form.getByLabel(t.form.reason, { exact: true }).fill('Kertomus.')
      await form.getByRole('button', { name: t.form.save }).click()
      await form.waitFor({ state: 'detached' })
      const row = page
        .getByRole('row')
        .filter({ hasText: 'Helsinki Malmi' })
        .filter({ hasText: sayRule({ kind: 'import', allow: true }, 'fi') })
      await row.getByText(/^Säännöllä ei ole vaikutusta/).waitFor()
      await expectAccessible(visitor, 'a rule without effect')
      await keepShot(visitor, 'idle')
      await row.getByRole('button', { name: t.rules.end }).click()
      const dialog = page.getByRole('dialog', { name: t.end.heading })
      await dialog.getByText(t.end.body).waitFor()
      await dialog.getByLabel(t.end.reason).fill('Kertomus.')
      await dialog.getByRole('button', { name: t.end.confirm }).click()
      await row.waitFor({ state: 'detached' })
      await speak('manager-helsinki').post(`/rules/${body.id}/end`, { reason: 'Kertomus.' })
    })

    test('what a rule contradicts is told once, saved or not', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: t.rules.add }).click()
      const form = page.getByRole('dialog', { name: t.form.addHeading })
      await form.getByLabel(t.form.kind, { exact: true }).selectOption({ label: t.kinds.quota })
      await form.getByLabel(t.form.giver).selectOption({ label: 'Päijät-Häme' })
      await form.getByLabel(t.form.receiver).selectOption({ label: 'Helsinki' })
      await form.getByLabel(t.form.reason, { exact: true }).fill('Toinen samanlainen.')
      const faults = form.locator('.rule-faults')
      await faults.waitFor()
      await form.getByRole('button', { name: t.form.save }).click()
      await faults.and(page.locator(':focus')).waitFor()
      expect(await form.getByRole('alert').count()).toBe(0)
      await form.getByLabel(t.form.giver).selectOption({ label: 'Kymenlaakso' })
      await faults.waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await form.waitFor({ state: 'detached' })
    })

    test('while levelling stands still, the rules and what a rule would do say so', async () => {
      const { page } = visitor
      const turn = (on: boolean) => speak('admin').post('/plans/switch', { on, reason: 'Kertomus.' })
      expect((await turn(false)).status).toBe(200)
      await page.getByText(t.levelling.stopped).waitFor()
      await page.getByRole('button', { name: t.rules.add }).click()
      const form = page.getByRole('dialog', { name: t.form.addHeading })
      await form.getByText(t.levelling.stopped).waitFor()
      await page.keyboard.press('Escape')
      await turn(true)
      await page.getByText(t.levelling.stopped).waitFor({ state: 'detached' })
    })

    test('Nothing unmeant is done: a half-written rule is there after Back, and no day that is none', async () => {
      const { page } = visitor
      const { pathname } = new URL(page.url())
      await page.getByRole('button', { name: t.rules.add }).click()
      const form = page.getByRole('dialog', { name: t.form.addHeading })
      await form.getByLabel(t.form.to).fill('31.2.2027')
      await form.getByLabel(t.form.reason, { exact: true }).fill('Kesken.')
      await form.getByText(words.fi.shell.form.noSuchDate).waitFor()
      await form.getByLabel(t.form.to).fill(formatDate(addDays(today, 7)))
      await form.getByText(words.fi.shell.form.noSuchDate).waitFor({ state: 'detached' })
      await page.evaluate('history.back()')
      await form.waitFor({ state: 'detached' })
      expect(new URL(page.url()).pathname).not.toBe(pathname)
      await page.evaluate('history.forward()')
      await page.getByRole('button', { name: t.rules.add }).click()
      expect(await form.getByLabel(t.form.reason, { exact: true }).inputValue()).toBe('Kesken.')
      expect(await form.getByLabel(t.form.to).inputValue()).toBe(formatDate(addDays(today, 7)))
      await form.getByRole('button', { name: words.fi.shell.drafts.discard }).click()
      expect(await form.getByLabel(t.form.reason, { exact: true }).inputValue()).toBe('')
    })
  })
}
