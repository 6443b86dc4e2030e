import { sayRule } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storyTexts } from '../../services/desk/web/shell/story/texts.ts'
import { query } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { chooseKeys, pressKeys, tabTo, writeKeys } from './keys.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const helsinki = { subject: 'manager-helsinki', language: 'fi', office: 'Helsinki Malmi' } as const
const lahti = { subject: 'manager-lahti', language: 'sv', office: 'Lahtis' } as const

/** Rules tried before they are saved and agreed on by two, and a task moved by hand: by keyboard alone, in both languages. */
export function tellRules(world: World): void {
  describe.each([helsinki, lahti])('a manager with a keyboard ($language)', ({ subject, language, office }) => {
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(world, language)
      await signIn(visitor, subject)
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('sees what a daily share would do now and in four weeks, and saves it', async () => {
      const { page } = visitor
      const { manager } = words[language]
      const form = await openForm(visitor)
      await chooseKeys(page, form.getByLabel(manager.form.kind, { exact: true }), manager.kinds.shareOut)
      await chooseKeys(page, form.getByLabel(manager.form.scope, { exact: true }), office)
      await writeKeys(page, form.getByLabel(manager.form.shareOut), '12,5')
      await form.getByText(sayRule({ kind: 'shareOut', max: 0.125 }, language)).waitFor()
      await pressKeys(page, form.getByRole('button', { name: manager.preview.run }))
      await form.getByRole('heading', { name: manager.preview.now }).waitFor({ timeout: 90_000 })
      await expectAccessible(visitor, 'a rule with its preview')
      await keepShot(visitor, 'preview')
      await writeKeys(page, form.getByLabel(manager.form.reason, { exact: true }), 'Ruuhka / anhopning')
      await pressKeys(page, form.getByRole('button', { name: manager.form.save }))
      await page.getByText(manager.rules.saved).waitFor()
    }, 120_000)

    test('is led to what is missing, told of a rule that is there already, and makes an exception to it', async () => {
      const { page } = visitor
      const { manager } = words[language]
      const form = await openForm(visitor)
      await pressKeys(page, form.getByRole('button', { name: manager.form.save }))
      await form.getByLabel(manager.form.scope, { exact: true }).and(page.locator(':focus')).waitFor()
      await chooseKeys(page, form.getByLabel(manager.form.kind, { exact: true }), manager.kinds.shareOut)
      await chooseKeys(page, form.getByLabel(manager.form.scope, { exact: true }), office)
      await form.getByText(manager.form.faults).waitFor()
      const named = sayRule({ kind: 'shareOut', max: 0.125 }, language)
      await form.getByRole('listitem').filter({ hasText: named }).waitFor()
      await keepShot(visitor, 'contradiction')
      await pressKeys(page, form.getByRole('button', { name: manager.form.lifts }))
      await tabTo(page, form.getByRole('checkbox', { name: named }))
      await page.keyboard.press('Space')
      await form.getByText(manager.form.faults).waitFor({ state: 'detached' })
      await expectAccessible(visitor, 'an exception')
      await keepShot(visitor, 'exception')
      await pressKeys(page, form.getByRole('button', { name: words[language].shell.drafts.discard }))
      await page.keyboard.press('Escape')
      await form.waitFor({ state: 'detached' })
    })

    test('finds why a task is where it is from its number, moves it home by hand, and back', async () => {
      const { page } = visitor
      const { manager, shell } = words[language]
      const moved = await findMovedTask(world, language === 'fi' ? 'hel' : 'pha')
      await pressKeys(page, page.getByRole('link', { name: shell.places.moves }))
      await writeKeys(page, page.getByLabel(manager.find.number), moved.id)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: storyTexts[language].heading }).waitFor()
      await page.getByText(storyTexts[language].steps.moved, { exact: true }).first().waitFor()
      await expectAccessible(visitor, 'why a task is where it is')
      await keepShot(visitor, 'why')
      await pressKeys(page, page.getByRole('button', { name: manager.task.move }))
      const dialog = page.getByRole('dialog')
      const home = language === 'fi' ? moved.homeFi : moved.homeSv
      const called = dialog.getByRole('option').filter({ hasText: manager.task.dialog.home(home) })
      const withQueue = called.filter({ hasText: /, \d/ })
      await withQueue.waitFor({ state: 'attached' })
      const choice = (await withQueue.textContent()) ?? ''
      await chooseKeys(page, dialog.getByLabel(manager.task.dialog.office), choice)
      await writeKeys(page, dialog.getByLabel(manager.task.dialog.reason), 'Asiakas tunnetaan / kunden är bekant')
      await pressKeys(page, dialog.getByRole('button', { name: manager.task.dialog.confirm }))
      await page.getByText(manager.task.moved(home)).waitFor()
      await keepShot(visitor, 'moved')
      expect(await findOffice(world, moved.id)).toBe(moved.home)
      const there = language === 'fi' ? moved.thereFi : moved.thereSv
      await pressKeys(page, page.getByRole('button', { name: manager.task.undo(there) }))
      await page.getByText(manager.task.moved(there)).waitFor()
      expect(await findOffice(world, moved.id)).toBe(moved.there)
    })
  })

  describe('two managers agree on a quota', () => {
    let author: Visitor
    let approver: Visitor
    beforeAll(async () => {
      author = await visit(world, 'fi')
      approver = await visit(world, 'sv')
      await signIn(author, helsinki.subject)
      await signIn(approver, lahti.subject)
    })
    afterAll(async () => {
      await author?.close()
      await approver?.close()
    })
    expectNoFaults(() => author)
    expectNoFaults(() => approver)
    const quota = { kind: 'quota', giver: 'hel', receiver: 'pha', minutesPerMonth: 30_000, minMinutes: 0 } as const

    test('one drafts it, and is told that it waits', async () => {
      const { page } = author
      const { manager } = words.fi
      const form = await openForm(author)
      await chooseKeys(page, form.getByLabel(manager.form.kind, { exact: true }), manager.kinds.quota)
      await chooseKeys(page, form.getByLabel(manager.form.giver), 'Helsinki')
      await chooseKeys(page, form.getByLabel(manager.form.receiver), 'Päijät-Häme')
      await writeKeys(page, form.getByLabel(manager.form.hours), '500')
      await form.getByText(manager.form.needsApproval).waitFor()
      await expectAccessible(author, 'a quota')
      await keepShot(author, 'quota')
      await writeKeys(page, form.getByLabel(manager.form.reason, { exact: true }), 'Sovittu johtajien kesken.')
      await pressKeys(page, form.getByRole('button', { name: manager.form.save }))
      await page.getByText(manager.rules.savedDraft).waitFor()
    })

    test('the other reads it in Swedish and approves it', async () => {
      const { page } = approver
      const { manager, shell } = words.sv
      await pressKeys(page, page.getByRole('link', { name: shell.places.rules, exact: true }))
      const row = page.getByRole('row').filter({ hasText: sayRule(quota, 'sv') })
      await pressKeys(page, row.getByRole('button', { name: manager.rules.approve }))
      const dialog = page.getByRole('dialog', { name: manager.approve.heading })
      await dialog.getByText('Helsingfors → Päijänne-Tavastland').waitFor()
      await keepShot(approver, 'approve')
      await pressKeys(page, dialog.getByRole('button', { name: manager.approve.confirm }))
      await page.getByText(manager.rules.approved).waitFor()
      await row.getByText(manager.ruleStates.in_force).waitFor()
    })

    test('one goes from the situation to a queue, and from there to why a task is in it', async () => {
      const { page } = author
      const { manager, shell } = words.fi
      await pressKeys(page, page.getByRole('link', { name: shell.places.situation }))
      await tabTo(page, page.getByRole('radio', { name: manager.situation.districts }))
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await pressKeys(page, page.getByRole('link', { name: manager.situation.queueOf(helsinki.office) }))
      await page.getByRole('heading', { name: manager.queue.title(helsinki.office) }).waitFor()
      await expectAccessible(author, 'a queue')
      await keepShot(author, 'queue')
      await pressKeys(page, page.getByRole('row').nth(1).getByRole('link'))
      await page.getByRole('heading', { name: storyTexts.fi.heading }).waitFor()
    })
  })
}

/** Opens the form for a new rule from wherever the visitor is. */
async function openForm({ page, language }: Visitor) {
  const { manager, shell } = words[language]
  await pressKeys(page, page.getByRole('link', { name: shell.places.rules, exact: true }))
  await pressKeys(page, page.getByRole('button', { name: manager.rules.add }))
  const form = page.getByRole('dialog', { name: manager.form.addHeading })
  await form.waitFor()
  return form
}

type MovedTask = Record<'id' | 'home' | 'homeFi' | 'homeSv' | 'there' | 'thereFi' | 'thereSv', string>

/** A task that waits away from its home in a district, where a plan has sent it. */
async function findMovedTask({ stack }: World, district: string): Promise<MovedTask> {
  const text = `select t.id, h.id as home, h.name_fi as "homeFi", h.name_sv as "homeSv", o.id as there, o.name_fi as "thereFi",
      o.name_sv as "thereSv"
    from task t join office h on h.id = t.home_office_id join office o on o.id = t.office_id
    where t.state = 'open' and t.sends = 1 and not t.restricted and t.office_id <> t.home_office_id and h.district_id = $1
    order by t.id limit 1`
  const [task] = await query<MovedTask>(stack, 'balancer', text, [district])
  if (!task) throw new Error(`no task has left ${district}`)
  return task
}

async function findOffice({ stack }: World, taskId: string): Promise<string | undefined> {
  const text = 'select office_id as office from task where id = $1'
  return (await query<{ office: string }>(stack, 'balancer', text, [taskId]))[0]?.office
}
