import type { ApplicationDetail, BatchDetail, NextTask, Stored } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { drawPaper } from './papers.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import type { World } from './world.ts'
import { expectNoFaults } from './world.ts'

/** What a clerk sees of an application on its way to the decision and after it. */
export function tellClosed(world: World): void {
  describe.each(['fi', 'sv'] as const)('A decided application is closed, in %s', (language) => {
    const t = words[language]
    let visitor: Visitor
    let id: string
    let batchId: string
    beforeAll(async () => {
      visitor = await visit(world, language)
      const intake = speakAs(world.stack, 'intake', 'clerk-lahti')
      const { file } = await drawPaper({
        layout: 'sickness-fi',
        postal: '15110 Lahti',
        seed: language === 'fi' ? 21 : 22,
        name: `${language}.jpg`,
      })
      batchId = (await intake.post<{ id: string }>('/batches', {})).body.id
      const { body } = await intake.upload<Stored>(`/batches/${batchId}/scans`, file.buffer, file.name)
      id = body.scan.applicationId ?? ''
      await waitUntil('the paper is read', async () => (await getApplication()).application.state === 'handed_over', 60)
    }, 90_000)
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    const getApplication = async () =>
      (await speakAs(world.stack, 'intake', 'clerk-lahti').get<ApplicationDetail>(`/applications/${id}`)).body
    const standing = () => visitor.page.locator('main .row').first()

    test('while it is handled the clerk sees so and may correct', async () => {
      await signIn(visitor, 'clerk-lahti', `/check/${id}`)
      await visitor.page.getByRole('button', { name: t.clerk.checking.savePart }).waitFor()
      expect([t.clerk.standing.open, t.shell.applicationStates.handed_over]).toContain(
        await visitor.page.locator('main .row strong + *').textContent(),
      )
    })

    test('once it is decided its page says so and is read only', async () => {
      const { page } = visitor
      await decide(world, id)
      await waitUntil('intake knows', async () => (await getApplication()).application.task?.state === 'decided')
      await page.reload()
      await page.getByText(t.clerk.checking.closed).waitFor()
      expect(await standing().textContent()).toMatch(language === 'fi' ? /Ratkaistu \d/ : /Avgjord \d/)
      expect(await page.locator('main').locator('input, select, textarea').count()).toBe(0)
      for (const name of [t.clerk.checking.saveNext, t.clerk.checking.savePart])
        expect(await page.getByRole('button', { name }).count()).toBe(0)
      const { fields } = await getApplication()
      const shown = (await page.locator('.closed-fields').textContent()) ?? ''
      for (const { name, value } of fields) if (name === 'iban' || name === 'hetu') expect(shown).toContain(value)
      await expectAccessible(visitor, 'a decided application')
      await page.goto(`/batches/${batchId}`)
      await page
        .getByText(language === 'fi' ? /Ratkaistu \d/ : /Avgjord \d/)
        .first()
        .waitFor()
      const { documents } = (
        await speakAs(world.stack, 'intake', 'clerk-lahti').get<BatchDetail>(`/batches/${batchId}`)
      ).body
      expect(documents[0]?.task?.state).toBe('decided')
    })
  })
}

/** A handler is given one task after another and decides each, until this one's application is among them. */
async function decide(world: World, applicationId: string): Promise<void> {
  const handler = speakAs(world.stack, 'balancer', 'handler-lahti')
  await waitUntil('the application is decided', async () => {
    const { task } = (await handler.post<NextTask>('/tasks/next', {})).body
    if (!task) return false
    const decision = { epoch: task.epoch, outcome: 'granted', grounds: 'Ehdot täyttyvät.' }
    expect((await handler.post(`/tasks/${task.id}/decision`, decision)).status).toBe(200)
    return task.applicationId === applicationId
  })
}
