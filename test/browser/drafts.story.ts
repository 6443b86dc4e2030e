import type { ApplicationDetail, Batch, DraftList, NextTask, Stored } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { drawPaper } from './papers.ts'
import { keepShot } from './shots.ts'
import { chooseAtProvider, signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const t = words.fi
const grounds = 'Selvitys tuloista puuttuu, joten hakemus hylätään.'
const savedWords = /^Luonnos tallennettu klo/

/** What is typed outlives Back, links, reload, a lost session and the window, for the person who typed it alone. */
export function tellDrafts(world: World): void {
  describe('Nothing unmeant is done: drafts', () => {
    tellDecision(world)
    tellCheck(world)
  })
}

function tellDecision(world: World): void {
  describe('of a decision', () => {
    let visitor: Visitor
    let taskId: string
    beforeAll(async () => {
      await scanPaper(world.stack, { seed: 17, postal: '70100 Kuopio', isSloppy: false })
      taskId = await waitUntil('the task is in a handler’s hands', async () => {
        const next = await speakAs(world.stack, 'balancer', 'handler-kuopio').post<NextTask>('/tasks/next', {})
        return next.body.task?.id
      })
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'handler-kuopio', `/tasks/${taskId}`)
    }, 90_000)
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('grounds typed outlive a link and Back at once, and a reload', async () => {
      const { page } = visitor
      const dialog = await openDecision(visitor)
      await dialog.getByLabel(t.handler.outcomes.rejected, { exact: true }).check()
      await dialog.getByLabel(t.handler.decide.grounds).fill(grounds)
      // Left at once, before anything can have been saved.
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: t.shell.places.tasks, exact: true }).click()
      await page.getByRole('heading', { name: t.handler.next.title, exact: true }).waitFor()
      await page.goBack()
      await expectDecision(visitor)
      await page.keyboard.press('Escape')
      await page.goForward()
      await page.getByRole('heading', { name: t.handler.next.title, exact: true }).waitFor()
      await page.goBack()
      const again = await expectDecision(visitor)
      await again.getByText(savedWords).waitFor()
      await expectAccessible(visitor, 'a decision with its draft')
      await keepShot(visitor, 'draft')
      await page.reload()
      await expectDecision(visitor)
    })

    test('the last words before a reload are saved on the way out', async () => {
      const { page } = visitor
      const field = (await openDecision(visitor)).getByLabel(t.handler.decide.grounds)
      await field.press('End')
      await field.pressSequentially(' Loppu.')
      await page.reload()
      const dialog = await openDecision(visitor)
      await until(() => dialog.getByLabel(t.handler.decide.grounds).inputValue()).toBe(`${grounds} Loppu.`)
      await dialog.getByLabel(t.handler.decide.grounds).fill(grounds)
      await waitForText(visitor, taskId, grounds)
    })

    test('what was thrown away can be taken back', async () => {
      const dialog = await openDecision(visitor)
      await dialog.getByRole('button', { name: t.shell.drafts.discard }).click()
      expect(await dialog.getByLabel(t.handler.decide.grounds).inputValue()).toBe('')
      await expectNoDraft(world.stack, taskId)
      await dialog.getByRole('button', { name: t.shell.drafts.restore }).click()
      await dialog.getByText(savedWords).waitFor()
      await expectDecision(visitor)
    })

    test('a lost session keeps the text: in the page that waits, and after signing in anew', async () => {
      const { page, context } = visitor
      visitor.expectStatus(401, /^\/api\//)
      const dialog = await openDecision(visitor)
      await context.clearCookies({ name: /session/ })
      await dialog.getByLabel(t.handler.decide.grounds).fill(`${grounds} Istunto päättyi.`)
      const lost = page.getByRole('dialog', { name: t.shell.sessionLost.heading })
      const [tab] = await Promise.all([
        context.waitForEvent('page'),
        lost.getByText(t.shell.sessionLost.action, { exact: true }).click(),
      ])
      await chooseAtProvider(tab, 'handler-kuopio')
      await tab.getByText(t.shell.signedIn.body).waitFor()
      await tab.close()
      await lost.waitFor({ state: 'hidden' })
      await waitForText(visitor, taskId, `${grounds} Istunto päättyi.`)
      await dialog.getByLabel(t.handler.decide.grounds).fill(grounds)
      await waitForText(visitor, taskId, grounds)
      await context.clearCookies({ name: /session/ })
      await page.reload()
      await signIn(visitor, 'handler-kuopio', `/tasks/${taskId}`)
      await expectDecision(visitor)
    })

    test('another browser of the same person has it; another person, by the same address, has nothing', async () => {
      const elsewhere = await visit(world, 'fi')
      const stranger = await visit(world, 'fi')
      try {
        await signIn(elsewhere, 'handler-kuopio', `/tasks/${taskId}`)
        await expectDecision(elsewhere)
        await signIn(stranger, 'handler-malmi')
        expect(await readDrafts(stranger, taskId)).toEqual([])
        expect((await readDrafts(elsewhere, taskId)).map(({ kind }) => kind)).toEqual(['decision'])
      } finally {
        await elsewhere.close()
        await stranger.close()
      }
    })

    test('of two windows the one left behind is told, and the person chooses', async () => {
      const { page } = visitor
      const other = await visit(world, 'fi')
      try {
        await signIn(other, 'handler-kuopio', `/tasks/${taskId}`)
        const there = await expectDecision(other)
        await there.getByLabel(t.handler.decide.grounds).fill('Kirjoitettu toisessa ikkunassa.')
        await waitForText(other, taskId, 'Kirjoitettu toisessa ikkunassa.')
        visitor.expectStatus(409, /^\/api\/drafts\//)
        const here = page.getByRole('dialog')
        await here.getByLabel(t.handler.decide.grounds).fill('Kirjoitettu täällä.')
        await here.getByRole('button', { name: t.shell.drafts.takeNewer }).waitFor()
        await expectAccessible(visitor, 'two drafts')
        await here.getByRole('button', { name: t.shell.drafts.keepMine }).click()
        await waitForText(visitor, taskId, 'Kirjoitettu täällä.')
        other.expectStatus(409, /^\/api\/drafts\//)
        await there.getByLabel(t.handler.decide.grounds).fill('Vielä jotain.')
        await there.getByRole('button', { name: t.shell.drafts.takeNewer }).click()
        expect(await there.getByLabel(t.handler.decide.grounds).inputValue()).toBe('Kirjoitettu täällä.')
        expect(other.faults).toEqual([])
      } finally {
        await other.close()
      }
    })

    test('while the line is down the page says so, leaving asks, and it is saved by itself later', async () => {
      // What the browser says of a line that is down is no fault here.
      const cut = await visit(world, 'fi')
      try {
        const { page, context } = cut
        await signIn(cut, 'handler-kuopio', `/tasks/${taskId}`)
        const dialog = await openDecision(cut)
        await dialog.getByText(savedWords).waitFor()
        await context.setOffline(true)
        await dialog.getByLabel(t.handler.decide.grounds).fill(grounds)
        await dialog.getByText(t.shell.drafts.cut).waitFor()
        const asked = page.waitForEvent('dialog')
        await page.evaluate('setTimeout(() => location.reload(), 0)')
        const question = await asked
        expect(question.type()).toBe('beforeunload')
        await question.dismiss()
        await context.setOffline(false)
        await waitForText(cut, taskId, grounds)
        await dialog.getByText(savedWords).waitFor()
      } finally {
        await cut.close()
      }
    })

    test('once decided, the draft is gone, and the browser has kept nothing', async () => {
      const { page } = visitor
      await page.reload()
      const dialog = await expectDecision(visitor)
      await dialog.getByRole('button', { name: t.handler.decide.review }).click()
      await page.getByRole('button', { name: t.handler.decide.confirm }).click()
      await page.getByText(t.handler.next.done.decision).waitFor()
      await expectNoDraft(world.stack, taskId)
      await expectNothingStored(visitor)
    })
  })
}

function tellCheck(world: World): void {
  describe('of a check', () => {
    let visitor: Visitor
    let applicationId: string
    beforeAll(async () => {
      for (const seed of [18, 19])
        applicationId = await scanPaper(world.stack, { seed, postal: '15110 Lahti', isSloppy: true })
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'clerk-lahti', `/check/${applicationId}`)
    }, 90_000)
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)
    const findField = (name: string) => visitor.page.locator(`[data-field="${name}"]`)

    test('what a clerk has typed and accepted outlives a link, Back, Back again and a reload', async () => {
      const { page } = visitor
      await findField('phone').fill('040 123')
      await findField('hetu').fill('010594')
      await page.getByRole('link', { name: t.shell.places.check, exact: true }).click()
      await page.getByRole('heading', { name: t.clerk.checking.title, exact: true }).waitFor()
      await page.goBack()
      expect(await findField('phone').inputValue()).toBe('040 123')
      expect(await findField('hetu').inputValue()).toBe('010594')
      await page.getByText(savedWords).waitFor()
      await page.reload()
      await until(() => findField('phone').inputValue()).toBe('040 123')
      expect(await findField('hetu').inputValue()).toBe('010594')
      await expectAccessible(visitor, 'a check with its draft')
    })

    test('saved unfinished, it stays open: what could be saved is, what could not stays typed', async () => {
      const { page } = visitor
      await findField('phone').fill('040 1234567')
      await page.keyboard.press('Control+s')
      await page.getByText(t.clerk.checking.savedPart).waitFor()
      expect(new URL(page.url()).pathname).toBe(`/check/${applicationId}`)
      const stored = await readApplication(world.stack, applicationId)
      expect(stored.fields.find(({ name }) => name === 'phone')).toMatchObject({ status: 'sure' })
      expect(await findField('phone').inputValue()).toMatch(/1234567$/)
      expect(await findField('hetu').inputValue()).toBe('010594')
      await keepShot(visitor, 'saved-part')
      await page.getByRole('button', { name: t.shell.drafts.discard }).click()
      await expectNoDraft(world.stack, applicationId)
      await expectNothingStored(visitor)
    })

    test('the other way on opens the next application', async () => {
      const { page } = visitor
      await findField('phone').fill('050 7654321')
      await page.getByRole('button', { name: t.clerk.checking.skip }).click()
      await page.waitForURL((url) => url.pathname !== `/check/${applicationId}`)
      await page.goto(`/check/${applicationId}`)
      await until(() => findField('phone').inputValue()).toBe('050 7654321')
    })

    test('a colleague’s change meanwhile is told, and what was typed stays', async () => {
      const { page } = visitor
      const { application } = await readApplication(world.stack, applicationId)
      const clerk = speakAs(world.stack, 'intake', 'clerk-lahti')
      const fields = { address: 'Uusikatu 5' }
      await clerk.post(`/applications/${applicationId}/corrections`, { version: application.version, fields })
      await page.reload()
      await page.getByText(t.shell.drafts.stale).waitFor()
      expect(await findField('phone').inputValue()).toBe('050 7654321')
      expect(await findField('address').inputValue()).toBe('Uusikatu 5')
      await page.getByRole('button', { name: t.shell.drafts.discard }).click()
    })

    test('words searched for and the hits are there after Back, and in no address', async () => {
      const { page } = visitor
      const addresses: string[] = []
      page.on('request', (request) => void addresses.push(request.url()))
      await page.getByRole('link', { name: t.shell.places.search, exact: true }).click()
      const field = page.getByLabel(t.clerk.search.label)
      await field.fill('Lahti')
      await page.keyboard.press('Enter')
      const hit = page.locator('.hit').last()
      await hit.click()
      const name = await page.locator('.hit[aria-pressed=true]').textContent()
      await page.getByRole('link', { name: t.clerk.search.toBatch }).click()
      await page.waitForURL(/\/batches\//)
      await page.goBack()
      await page.locator('.hit[aria-pressed=true]').waitFor()
      expect(await field.inputValue()).toBe('Lahti')
      expect(await page.locator('.hit[aria-pressed=true]').textContent()).toBe(name)
      expect(addresses.filter((address) => address.includes('Lahti'))).toEqual([])
      // A new search begins empty: nobody's hits are shown, or looked up, that were not asked for.
      await page.getByRole('link', { name: t.shell.places.check, exact: true }).click()
      await page.getByRole('link', { name: t.shell.places.search, exact: true }).click()
      expect(await field.inputValue()).toBe('')
    })
  })
}

/** A form, scanned and read; a sloppy one waits for a clerk. Returns the id of its application. */
async function scanPaper(stack: TestStack, order: { seed: number; postal: string; isSloppy: boolean }) {
  const name = `luonnos-${order.seed}.tif`
  const paper = await drawPaper({ layout: 'sickness-fi', name, ...order })
  const clerk = speakAs(stack, 'intake', 'clerk-lahti')
  const { id } = (await clerk.post<Batch>('/batches', {})).body
  const { body } = await clerk.upload<Stored>(`/batches/${id}/scans`, paper.file.buffer, name)
  const applicationId = body.scan.applicationId ?? ''
  await waitUntil(
    'the paper is read',
    async () => (await readApplication(stack, applicationId)).application.state !== 'reading',
  )
  return applicationId
}

async function readApplication(stack: TestStack, id: string): Promise<ApplicationDetail> {
  return (await speakAs(stack, 'intake', 'clerk-lahti').get<ApplicationDetail>(`/applications/${id}`)).body
}

/** The dialog of the decision, opened unless it stands open. */
async function openDecision({ page }: Visitor) {
  const dialog = page.getByRole('dialog', { name: t.handler.decide.heading })
  const opener = page.getByRole('button', { name: t.handler.case.decide, exact: true })
  await opener.or(dialog).first().waitFor()
  if (!(await dialog.isVisible())) await opener.click()
  await dialog.waitFor()
  return dialog
}

/** Opens the decision and sees what was chosen and typed there. */
async function expectDecision(visitor: Visitor) {
  const dialog = await openDecision(visitor)
  await until(() => dialog.getByLabel(t.handler.decide.grounds).inputValue()).toBe(grounds)
  expect(await dialog.getByLabel(t.handler.outcomes.rejected, { exact: true }).isChecked()).toBe(true)
  return dialog
}

/** Asks again for as long as a slow machine may need. */
const until = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 15_000 })

/** What the server gives the visitor of their drafts about an object. */
async function readDrafts({ context }: Visitor, objectId: string): Promise<DraftList['drafts']> {
  const answer = await context.request.get(`/api/drafts/${objectId}`)
  expect(answer.status()).toBe(200)
  return ((await answer.json()) as DraftList).drafts
}

async function waitForText(visitor: Visitor, objectId: string, text: string): Promise<void> {
  await waitUntil('the draft is saved', async () =>
    (await readDrafts(visitor, objectId)).some(({ body }) => JSON.stringify(body).includes(JSON.stringify(text))),
  )
}

async function expectNoDraft(stack: TestStack, objectId: string): Promise<void> {
  await waitUntil('the draft is gone from the database', async () => {
    const rows = await query(stack, 'desk', 'select kind from draft where object_id = $1', [objectId])
    return rows.length === 0
  })
}

/** The browser keeps the language and whether keys act, and nothing of what anybody has typed. */
async function expectNothingStored({ page }: Visitor): Promise<void> {
  const stored = await page.evaluate<{ local: string[]; session: string[]; databases: number }>(
    `(async () => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length }))()`,
  )
  expect(stored.local.filter((key) => !['tasain.language', 'tasain.single-keys'].includes(key))).toEqual([])
  expect({ session: stored.session, databases: stored.databases }).toEqual({ session: [], databases: 0 })
}
