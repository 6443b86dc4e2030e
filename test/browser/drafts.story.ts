import type { NextTask } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { tellCheckDrafts } from './check-drafts.story.ts'
import { expectNoDraft, expectNothingStored, readDrafts, savedWords, scanPaper, until, waitForText } from './drafts.ts'
import { keepShot } from './shots.ts'
import { chooseAtProvider, signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const t = words.fi
const grounds = 'Selvitys tuloista puuttuu, joten hakemus hylätään.'

/** What is typed outlives Back, links, reload, a lost session and the window, for the person who typed it alone. */
export function tellDrafts(world: World): void {
  describe('Nothing unmeant is done: drafts', () => {
    tellDecision(world)
    tellCheckDrafts(world)
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
    }, 180_000)
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
