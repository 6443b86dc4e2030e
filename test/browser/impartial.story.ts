import type { ApplicationDetail, Batch, Stored } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { drawPaper } from './papers.ts'
import { getPerson, signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const code = '131052-308T'

/** Conflicts of interest, own staff, and a protection lifted by two: by keyboard, from the empty page to its undoing. */
export function tellImpartiality(world: World): void {
  describe.each(['fi', 'sv'] as const)('Rights end at once: conflicts and own staff, in %s', (language) => {
    const t = words[language]
    let visitor: Visitor
    let id: string
    beforeAll(async () => {
      visitor = await visit(world, language)
      id = await scanProtected(world, language)
    }, 180_000)
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('a handler declares a conflict of interest and ends it', async () => {
      const { page } = visitor
      const c = t.handler.conflicts
      await signIn(visitor, 'handler-lahti')
      await page.getByRole('link', { name: t.shell.places.conflicts, exact: true }).press('Enter')
      await page.getByText(c.none).waitFor()
      await expectAccessible(visitor, 'no conflicts')
      await page.getByRole('button', { name: c.add }).press('Enter')
      const dialog = page.getByRole('dialog', { name: c.add })
      await dialog.getByRole('button', { name: c.confirm, exact: true }).press('Enter')
      await dialog.getByText(t.shell.form.hetuWrong).waitFor()
      await expectAccessible(visitor, 'declaring a conflict')
      await dialog.getByLabel(t.shell.form.hetu).fill(code)
      await dialog.getByLabel(c.ground).selectOption({ label: c.grounds.relative })
      await dialog.getByLabel(c.label).fill('Sisar / syster')
      await dialog.getByLabel(c.label).press('Enter')
      await page.getByText(c.saved).waitFor()
      await page.getByRole('rowheader', { name: 'Sisar / syster' }).waitFor()
      expect(await page.content()).not.toContain(code)
      expect(page.url()).not.toContain('131052')
      await expectAccessible(visitor, 'conflicts')
      await page.getByRole('button', { name: c.endOf('Sisar / syster') }).press('Enter')
      const ending = page.getByRole('dialog', { name: c.ending.heading })
      await ending.getByLabel(c.ending.reason).fill('Väärä henkilö.')
      await ending.getByRole('button', { name: c.ending.confirm }).press('Enter')
      await page.getByText(c.ended).waitFor()
      await page.getByText(c.none).waitFor()
    })

    test('an administrator registers own staff and ends the entry', async () => {
      const { page } = visitor
      const s = t.manager.staff
      await page.context().clearCookies()
      await signIn(visitor, 'admin')
      await page.getByRole('link', { name: t.shell.places.staff, exact: true }).press('Enter')
      await page.getByText(s.none).waitFor()
      await expectAccessible(visitor, 'no own staff')
      await page.getByRole('button', { name: s.add }).press('Enter')
      const dialog = page.getByRole('dialog', { name: s.add })
      await dialog.getByLabel(t.shell.form.hetu).fill(code)
      await dialog.getByLabel(s.name, { exact: true }).fill('Oma Olli')
      await dialog.getByRole('button', { name: s.confirm, exact: true }).press('Enter')
      await dialog.getByText(t.shell.form.required).waitFor()
      await expectAccessible(visitor, 'registering own staff')
      await dialog.getByLabel(s.office).selectOption('pha-1')
      await dialog.getByRole('button', { name: s.confirm, exact: true }).press('Enter')
      await page.getByText(s.saved).waitFor()
      await page.getByRole('rowheader', { name: 'Oma Olli' }).waitFor()
      await expectAccessible(visitor, 'own staff')
      await page.getByRole('button', { name: s.endOf('Oma Olli') }).press('Enter')
      const ending = page.getByRole('dialog', { name: s.ending.heading })
      await ending.getByLabel(s.ending.reason).fill('Siirtyi muualle.')
      await ending.getByRole('button', { name: s.ending.confirm }).press('Enter')
      await page.getByText(s.ended).waitFor()
      await page.getByText(s.none).waitFor()
    })

    test('a clerk asks to lift a protection, and cannot decide on it', async () => {
      const { page } = visitor
      const l = t.clerk.lift
      await page.context().clearCookies()
      await signIn(visitor, 'clerk-lahti', `/check/${id}`)
      await page.getByText(l.holds).waitFor()
      await page.getByRole('button', { name: l.ask.confirm }).press('Enter')
      const asking = page.getByRole('dialog', { name: l.ask.heading })
      await asking.getByLabel(l.ask.reason).fill('Kielto on päättynyt.')
      await expectAccessible(visitor, 'asking to lift a protection')
      await asking.getByRole('button', { name: l.ask.confirm }).press('Enter')
      await page.getByText(l.asked).waitFor()
      await page.getByText(l.waits).waitFor()
      expect(await page.getByRole('button', { name: l.approve }).count()).toBe(0)
      expect(await isRestricted(world, id)).toBe(true)
    })

    test('another clerk finds the request, reads who asked and why, and approves', async () => {
      const { page } = visitor
      const l = t.clerk.lift
      // An open page would go on asking, and be told that nobody is signed in.
      await page.goto('about:blank')
      await page.context().clearCookies()
      await signIn(visitor, 'clerk-lahti-2', '/check')
      await page.getByText(l.list).waitFor()
      await expectAccessible(visitor, 'requests to lift a protection')
      await page
        .getByRole('listitem')
        .filter({ hasText: getPerson('clerk-lahti').name })
        .getByRole('link')
        .press('Enter')
      await page.getByText('Kielto on päättynyt.').waitFor()
      await expectAccessible(visitor, 'deciding on a protection')
      await page.getByRole('button', { name: l.approve }).press('Enter')
      await page.getByText(l.done.approved).waitFor()
      expect(await isRestricted(world, id)).toBe(false)
      expect(await page.getByText(l.holds).count()).toBe(0)
    })
  })
}

async function isRestricted({ stack }: World, id: string): Promise<boolean | undefined> {
  const text = 'select restricted from application where id = $1'
  return (await query<{ restricted: boolean }>(stack, 'intake', text, [id]))[0]?.restricted
}

/** A paper of Lahti whose person nobody has identified, under protection. */
async function scanProtected({ stack }: World, language: 'fi' | 'sv'): Promise<string> {
  const order = { seed: language === 'fi' ? 71 : 72, name: `turva-${language}.tif`, postal: '70100 Kuopio' }
  const { file } = await drawPaper({ layout: 'sickness-fi', ...order, isSloppy: true })
  const clerk = speakAs(stack, 'intake', 'clerk-lahti')
  const { id: batch } = (await clerk.post<Batch>('/batches', {})).body
  const { scan } = (await clerk.upload<Stored>(`/batches/${batch}/scans`, file.buffer, file.name)).body
  const id = scan.applicationId ?? ''
  const { version } = await waitUntil(
    'the paper is read',
    async () => {
      const { application } = (await clerk.get<ApplicationDetail>(`/applications/${id}`)).body
      return application.state !== 'reading' && application
    },
    90,
  )
  const protect = { version, fields: {}, restricted: true }
  expect((await clerk.post(`/applications/${id}/corrections`, protect)).status).toBe(200)
  return id
}
