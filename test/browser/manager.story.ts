import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadTable, type RuleVersion, refusals, sayRule } from '@tasain/contracts'
import { helsinkiDate } from '@tasain/vocabulary'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawOpenTasks, readNation } from '../../infra/demo/index.ts'
import { loadOpenTasks } from '../../services/balancer/src/commands.ts'
import { storyTexts } from '../../services/desk/web/shell/story/texts.ts'
import { query, speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const t = words.fi
const malmi = { id: 'hel-3', name: 'Helsinki Malmi' }
/** As congested as Malmi and left alone, to see what a plan would have done there. */
const comparedId = 'van-2'

/** A manager of Helsinki closes export for one office, and the next plan obeys; what reaches farther needs a second manager. */
export function tellManager(world: World): void {
  describe('a manager', () => {
    let visitor: Visitor
    beforeAll(async () => {
      await loadWork(world.stack, 1)
      await awaitMoves(world.stack, noPlan)
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'manager-helsinki')
    }, 60_000)
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('sees the queue days of every office, on a map and in a table', async () => {
      const { page } = visitor
      await page.getByText(t.manager.situation.offices, { exact: true }).click()
      const row = findLoadRow(page)
      await row.waitFor()
      await waitUntil('the table agrees with the balancer', async () => {
        const { body } = await speakAs(world.stack, 'balancer', 'manager-helsinki').get<LoadTable>('/load')
        const days = body.offices.find(({ office }) => office === malmi.id)?.queueDays ?? 0
        return (await row.textContent())?.includes(days.toFixed(1).replace('.', ','))
      })
      expect(await page.locator('main tbody tr').count()).toBeGreaterThan(60)
      await expectAccessible(visitor, 'situation')
    })

    test('sees what the plan has moved out of a congested office, and why', async () => {
      const { page } = visitor
      expect(await countMoves(world.stack, noPlan, malmi.id)).toBeGreaterThan(0)
      await page.getByRole('link', { name: t.shell.places.moves }).click()
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: malmi.name }) })
        .first()
      await row.getByRole('button').click()
      await page
        .getByText(/Miksi ei muualle|Säännöt, jotka vaikuttivat/)
        .first()
        .waitFor()
      await expectAccessible(visitor, 'moves')
    })

    test('narrows the moves to one office, and sees where a table goes on out of sight', async () => {
      const { page } = visitor
      const { moves, situation } = t.manager
      const rows = page.locator('main tbody tr').filter({ has: page.getByRole('rowheader') })
      const all = await rows.count()
      await page.getByLabel(situation.office).selectOption({ label: malmi.name })
      await rows.filter({ hasNotText: malmi.name }).first().waitFor({ state: 'detached' })
      expect(await rows.count()).toBeLessThan(all)
      const arrow = rows.first().getByRole('button', { name: malmi.name })
      expect(await arrow.getAttribute('aria-expanded')).not.toBeNull()
      await page.setViewportSize({ width: 700, height: 900 })
      await page.locator('.scroll-sign').waitFor()
      await page.locator('.more-right').waitFor()
      await page.getByRole('region', { name: moves.title }).focus()
      for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight')
      await page.locator('.more-left').waitFor()
      await expectAccessible(visitor, 'moves on a narrow page')
    })

    test('has the whole table of the situation in sight at 1280 pixels, and comes from a district to its offices', async () => {
      const { page } = visitor
      const { situation } = t.manager
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.getByRole('link', { name: t.shell.places.situation }).click()
      const table = page.getByRole('region', { name: situation.tableCaption })
      await table.getByRole('link', { name: 'Helsinki', exact: true }).click()
      await page.getByText(situation.chosen('Helsinki'), { exact: true }).waitFor()
      expect(await table.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(0)
      await page.getByRole('button', { name: situation.officesOf }).click()
      await table.getByText(malmi.name).waitFor()
      expect(await table.locator('tbody tr').count()).toBe(3)
      expect(await table.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(0)
      await page.getByText(situation.clear).click()
      await expectAccessible(visitor, 'offices of a district')
    })

    test('is not told to try again what is another district’s', async () => {
      const { page, expectStatus } = visitor
      expectStatus(404, /\/queues\/pha-1$/)
      await page.goto('/situation/queue/pha-1')
      await page.getByText(refusals['request.not_found'].fi).waitFor()
      expect(await page.getByRole('button', { name: t.shell.states.retry }).count()).toBe(0)
    })

    test('closes export for that office, and the next plan moves nothing out of it', async () => {
      const { page } = visitor
      await page.getByRole('link', { name: t.shell.places.rules, exact: true }).click()
      await page.getByRole('button', { name: t.manager.rules.add }).click()
      const dialog = page.getByRole('dialog', { name: t.manager.form.addHeading })
      await dialog.getByLabel(t.manager.form.scope).selectOption({ label: malmi.name })
      await dialog.getByLabel(t.manager.form.kind).selectOption({ label: t.manager.kinds.export })
      await dialog.getByLabel(t.manager.form.closed, { exact: true }).check()
      await dialog.getByLabel(t.manager.form.reason).fill('Malmi purkaa jononsa itse.')
      await dialog.getByText(sayRule({ kind: 'export', allow: false }, 'fi')).waitFor()
      await expectAccessible(visitor, 'a new rule')
      await dialog.getByRole('button', { name: t.manager.form.save }).dblclick()
      await page.getByText(t.manager.rules.saved).waitFor()
      expect(visitor.writes.filter((path) => !path.endsWith('/check'))).toEqual(['/api/balancer/rules'])

      const before = await findLatestPlan(world.stack)
      await loadWork(world.stack, 2)
      await awaitMoves(world.stack, before)
      expect(await countMoves(world.stack, before, comparedId)).toBeGreaterThan(0)
      expect(await countMoves(world.stack, before, malmi.id)).toBe(0)
      await page.getByRole('link', { name: t.shell.places.situation }).click()
      await page.getByText(t.manager.situation.offices, { exact: true }).click()
      const row = findLoadRow(page)
      await row.getByText(t.manager.situation.exportClosed).waitFor()
    })

    test('ends the rule, and work moves out of the office again', async () => {
      const { page } = visitor
      const before = await findLatestPlan(world.stack)
      await page.getByRole('link', { name: t.shell.places.rules, exact: true }).click()
      const row = page.getByRole('row').filter({ hasText: malmi.name })
      await row.getByRole('button', { name: t.manager.rules.end }).click()
      const dialog = page.getByRole('dialog', { name: t.manager.end.heading })
      await dialog.getByLabel(t.manager.end.reason).fill('Jono on taas pitkä.')
      await dialog.getByRole('button', { name: t.manager.end.confirm }).click()
      await page.getByText(t.manager.rules.ended).waitFor()
      await waitUntil('work moves out', async () => (await countMoves(world.stack, before, malmi.id)) > 0)
    })

    test('drafts a rule across districts, which waits for a second manager', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: t.manager.rules.add }).click()
      const dialog = page.getByRole('dialog', { name: t.manager.form.addHeading })
      await dialog.getByLabel(t.manager.form.scope).selectOption({ label: t.manager.rules.nation })
      await dialog.getByLabel(t.manager.form.kind).selectOption({ label: t.manager.kinds.threshold })
      await dialog.getByLabel(t.manager.form.reason).fill('Vain pitkät jonot puretaan.')
      await dialog.getByText(t.manager.form.needsApproval).waitFor()
      await dialog.getByRole('button', { name: t.manager.form.save }).click()
      await page.getByText(t.manager.rules.savedDraft).waitFor()
      const row = page.getByRole('row').filter({ hasText: t.manager.rules.nation })
      await row.getByText(t.manager.rules.waits).waitFor()
      expect(await row.getByRole('button', { name: t.manager.rules.approve }).count()).toBe(0)
      expect(await findNationRule(world.stack)).toMatchObject({ state: 'draft', approvedBy: null })
      await expectAccessible(visitor, 'rules with a draft')
    })
  })

  describe('a second manager, in Swedish', () => {
    const { manager } = words.sv
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(world, 'sv')
      await signIn(visitor, 'manager-lahti')
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('is offered nothing on a rule of another district, and told whose it is', async () => {
      const { page } = visitor
      const rule = {
        scope: { office: 'hel-1' },
        value: { kind: 'import', allow: true },
        from: helsinkiDate(new Date()),
      }
      const sent = { ...rule, reason: 'Tämä ei rajaa mitään.' }
      expect((await speakAs(world.stack, 'balancer', 'manager-helsinki').post('/rules', sent)).status).toBe(201)
      await page.getByRole('link', { name: words.sv.shell.places.rules, exact: true }).click()
      const row = page.getByRole('row').filter({ hasText: manager.rules.notYours })
      await row.getByText(sayRule({ kind: 'import', allow: true }, 'sv')).waitFor()
      expect(await row.getByRole('button').count()).toBe(0)
      await page.getByRole('link', { name: words.sv.shell.places.situation }).click()
    })

    test('approves it, and it is in force with both names in its history', async () => {
      const { page } = visitor
      const threshold = { kind: 'threshold', exportAboveDays: 14, importBelowDays: 7 } as const
      await expectAccessible(visitor, 'situation')
      await page.getByRole('link', { name: words.sv.shell.places.rules, exact: true }).click()
      const row = page.getByRole('row').filter({ hasText: manager.rules.nation })
      await row.getByRole('button', { name: manager.rules.approve }).click()
      const dialog = page.getByRole('dialog', { name: manager.approve.heading })
      await dialog.getByText(sayRule(threshold, 'sv')).waitFor()
      await dialog.getByText(manager.approve.atOnce).waitFor()
      await expectAccessible(visitor, 'approval')
      await dialog.getByRole('button', { name: manager.approve.confirm }).dblclick()
      await page.getByText(manager.rules.approved).waitFor()
      expect(visitor.writes).toEqual([expect.stringMatching(/^\/api\/balancer\/rules\/[^/]+\/approve$/)])
      await row.getByText(manager.ruleStates.in_force).waitFor()
      const rule = await findNationRule(world.stack)
      expect(rule).toMatchObject({ state: 'in_force', author: 'Johan Lindholm', approvedBy: 'Tuula Heikkinen' })
      await row.getByRole('link').first().click()
      await page
        .getByText(/Tuula Heikkinen/)
        .first()
        .waitFor()
      await expectAccessible(visitor, 'history of a rule')
    })
  })
}

/** Malmi's row in the table of queues; it has others in those of alarms. */
function findLoadRow(page: Page): Locator {
  const { tableCaption } = t.manager.situation
  const row = page.getByRole('table', { name: tableCaption }).getByRole('row')
  return row.filter({ has: page.getByRole('link', { name: malmi.name, exact: true }) })
}

/** Some work has been loaded from elsewhere, and its papers are not here. */
export function tellWorkWithoutPapers(world: World): void {
  describe('a handler of work without papers', () => {
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'handler-malmi')
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('reads that there are none, and how the task came, and asks for nothing in vain', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: t.handler.next.fetch }).click()
      await page.getByText(t.handler.case.noApplication).waitFor()
      await page.getByText(storyTexts.fi.steps.received).waitFor()
      await page.getByRole('button', { name: t.handler.case.extend }).dblclick()
      await expectAccessible(visitor, 'case without papers')
      expect(visitor.writes.map((path) => path.split('/').at(-1))).toEqual(['next', 'lease'])
    })
  })
}

/** So many open tasks more in the nation, three of its offices congested, by the command that loads the demo's. */
export async function loadWork({ secretsDir, ports }: TestStack, seed: number, count = 4_000): Promise<void> {
  const password = readFileSync(join(secretsDir, 'postgres-balancer_owner'), 'utf8')
  const ownerUrl = `postgres://balancer_owner:${password}@127.0.0.1:${ports.postgres}/tasain`
  const today = helsinkiDate(new Date())
  await loadOpenTasks({ DATABASE_OWNER_URL: ownerUrl }, drawOpenTasks(readNation(), { today, seed, count }))
}

/** Has a plan made at once, by changing a rule, and waits until one later than the given has moved work. */
async function awaitMoves(stack: TestStack, after: string): Promise<void> {
  const manager = speakAs(stack, 'balancer', 'manager-lahti')
  const rule = { scope: { office: 'pha-2' }, value: { kind: 'import', allow: true }, from: helsinkiDate(new Date()) }
  const { body } = await manager.post<RuleVersion>('/rules', { ...rule, reason: 'Tämä ei rajaa mitään.' })
  await waitUntil('a plan moves work', async () => (await countMoves(stack, after, comparedId)) > 0)
  await waitUntil('it is carried out', async () => {
    const text = 'select plan.id from plan left join plan_outcome on plan_id = plan.id where plan_id is null'
    return (await query(stack, 'balancer', text)).length === 0
  })
  await manager.post(`/rules/${body.id}/end`, { reason: 'Suunnitelma on tehty.' })
}

/** Identifiers of plans grow. */
const noPlan = '00000000-0000-0000-0000-000000000000'

async function findLatestPlan(stack: TestStack): Promise<string> {
  const plans = await query<{ id: string }>(stack, 'balancer', 'select id from plan order by id desc limit 1')
  return plans[0]?.id ?? noPlan
}

/** How many tasks plans later than the given one have moved out of an office. */
async function countMoves(stack: TestStack, after: string, from: string): Promise<number> {
  const text = `select count(*)::int as moved from move where cause = 'plan' and plan_id > $1 and from_office_id = $2`
  return (await query<{ moved: number }>(stack, 'balancer', text, [after, from]))[0]?.moved ?? 0
}

async function findNationRule(stack: TestStack): Promise<RuleVersion | undefined> {
  const { body } = await speakAs(stack, 'balancer', 'manager-lahti').get<{ rules: RuleVersion[] }>('/rules')
  return body.rules.find(({ scope }) => Object.keys(scope).length === 0)
}
