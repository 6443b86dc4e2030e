import { readFile } from 'node:fs/promises'
import type { BatchDetail, NextTask } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import {
  checkByKeyboard,
  chooseFiles,
  drawPaper,
  dropFile,
  expectRead,
  expectStored,
  openBatch,
  type Paper,
  tabTo,
} from './papers.ts'
import { signIn, signOut, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

// One paper from the scanner to its decision, as a clerk and a handler see it, in each language.

const stories = [
  {
    language: 'fi',
    clerk: 'clerk-lahti',
    handler: 'handler-lahti',
    office: 'Lahti',
    benefit: 'Sairauspäiväraha',
    stored: /tallennettu/i,
    order: { layout: 'sickness-fi', postal: '15110 Lahti' },
  },
  {
    language: 'sv',
    clerk: 'clerk-vaasa',
    handler: 'handler-vaasa',
    office: 'Vasa',
    benefit: 'Allmänt bostadsbidrag',
    stored: /sparad/i,
    order: { layout: 'housing-sv', postal: '65100 Vasa' },
  },
] as const

const isImageDrawn = `(document.querySelector('.sheet img')?.naturalWidth ?? 0) > 400`

/** From the scanner to the decision, in each language. */
export function tellPaper(world: World): void {
  describe.each(stories)('a paper, in $language', ({ language, clerk, handler, office, benefit, stored, order }) => {
    const t = words[language]
    let visitor: Visitor
    let papers: [clear: Paper, sloppy: Paper]
    let batchId: string
    let taskId: string
    beforeAll(async () => {
      visitor = await visit(world, language)
      papers = [
        await drawPaper({ ...order, seed: 5, name: 'siisti.jpg' }),
        await drawPaper({ ...order, seed: 6, name: 'virheellinen.tif', isSloppy: true }),
      ]
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('a clerk signs in, opens a batch, and sees each page stored and then read', async () => {
      await visitor.page.goto('/')
      await visitor.page.getByRole('heading', { name: t.shell.signIn.title }).waitFor()
      await expectAccessible(visitor, 'sign-in')
      await signIn(visitor, clerk)
      await expectAccessible(visitor, 'scan')
      await expectCalendar(visitor)
      batchId = await openBatch(visitor, 2)
      expect(visitor.writes).toEqual(['/api/intake/batches'])
      await chooseFiles(visitor, papers[0])
      await dropFile(visitor, papers[1])
      await expectStored(visitor, ...papers)
      expect(await visitor.page.locator('main').textContent()).toMatch(stored)
      await expectAccessible(visitor, 'scan into a batch')
      await expectRead(visitor, ...papers)
    })

    test('checks what is doubtful with the keyboard alone, until nothing waits', async () => {
      const { page } = visitor
      await page.getByRole('link', { name: t.shell.places.check, exact: true }).click()
      await page.getByRole('link', { name: papers[1].file.name }).waitFor()
      await expectAccessible(visitor, 'list to check')
      await tabTo(visitor, 'main a[href^="/check/"]')
      await page.keyboard.press('Enter')
      const checked = await checkAll(visitor, papers)
      expect(checked.get(papers[1].file.name)).toEqual(expect.arrayContaining(['hetu', 'iban']))
      expect(await listUnsettled(world.stack, clerk, batchId)).toEqual([])
    })

    test('the batch counts its sheets and is closed', async () => {
      const { page } = visitor
      await page.getByRole('link', { name: t.shell.places.batches, exact: true }).click()
      await page.getByRole('row').filter({ hasText: t.clerk.batches.open }).waitFor()
      await expectAccessible(visitor, 'batches')
      await page.goto(`/batches/${batchId}`)
      await page.getByText(t.clerk.batches.matches(2, 2)).waitFor()
      await page.getByRole('button', { name: t.clerk.batches.close }).click()
      const dialog = page.getByRole('dialog', { name: t.clerk.batches.closing.heading })
      await dialog.waitFor()
      await expectAccessible(visitor, 'a batch, and whether to close it')
      await dialog.getByRole('button', { name: t.clerk.batches.closing.confirm }).dblclick()
      await page.getByText(t.clerk.batches.closed).first().waitFor()
      await expectHit(visitor, papers[1])
      await signOut(visitor)
      await page.getByRole('heading', { name: t.shell.signIn.title }).waitFor()
    })

    test('a handler of the home office gets it next, and sees the page beside its fields', async () => {
      const { page } = visitor
      await signIn(visitor, handler)
      await page.getByText(t.handler.next.noneHeld).waitFor()
      await expectAccessible(visitor, 'tasks')
      await page.getByRole('button', { name: t.handler.next.fetch }).click()
      await page.getByRole('heading', { name: t.handler.case.title(benefit) }).waitFor()
      taskId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      await page.locator('.case-top').getByText(office).waitFor()
      await waitUntil('the page image is drawn', async () => await page.evaluate<boolean>(isImageDrawn))
      const fields = (await page.locator('.case-fields').textContent()) ?? ''
      const paper = papers.find(({ truth }) => fields.includes(truth['hetu'] ?? '?'))
      for (const name of ['name', 'address', 'iban', 'postal']) expect(fields).toContain(paper?.truth[name])
      await expectAccessible(visitor, 'case')
      await expectPdf(visitor)
    })

    test('decides after a second look, and the task is gone', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: t.handler.case.decide, exact: true }).click()
      await page.getByLabel(t.handler.outcomes.granted, { exact: true }).check()
      await page.getByLabel(t.handler.decide.grounds).fill('Ehdot täyttyvät. Villkoren uppfylls.')
      await expectAccessible(visitor, 'decision')
      await page.getByRole('button', { name: t.handler.decide.review }).click()
      await page.getByText(t.handler.decide.reviewBody).waitFor()
      await page.getByRole('button', { name: t.handler.decide.confirm }).dblclick()
      await page.getByText(t.handler.next.done.decision).waitFor()
      await page.getByText(t.handler.next.decidedToday('1')).waitFor()
      expect(visitor.writes.filter((path) => /decision$|close$/.test(path))).toEqual([
        `/api/intake/batches/${batchId}/close`,
        `/api/balancer/tasks/${taskId}/decision`,
      ])
      expect(await query(world.stack, 'balancer', 'select state from task where id = $1', [taskId])).toEqual([
        { state: 'decided' },
      ])
      const next = await speakAs(world.stack, 'balancer', handler).post<NextTask>('/tasks/next', {})
      expect(next.body.task?.id).toBeDefined()
      expect(next.body.task?.id).not.toBe(taskId)
      await page.goto(`/tasks/${taskId}`)
      await page.getByText(t.handler.case.lost).waitFor()
    })
  })
}

/** Opens the calendar of the arrival day, and closes it again: with the keyboard, and with its button. */
async function expectCalendar(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const opener = page.locator('.aksel-date__field-button')
  const calendar = page.getByRole('grid').first()
  await opener.click()
  await calendar.waitFor()
  await page.keyboard.press('Escape')
  await calendar.waitFor({ state: 'hidden' })
  await opener.click()
  await calendar.waitFor()
  // The page is made narrow and wide again for this, which closes one calendar and opens another: a key pressed in between
  // is lost with the first.
  await expectAccessible(visitor, 'scan with its calendar open')
  await opener.click()
  await calendar.waitFor({ state: 'hidden' })
}

/** Downloads the papers on show as one PDF. */
async function expectPdf({ page, language }: Visitor): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: words[language].shell.viewer.downloadPdf }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^tasain-[0-9a-f-]+\.pdf$/)
  const pdf = await readFile(await download.path(), 'latin1')
  expect([pdf.slice(0, 8), pdf.includes('<pdfaid:part>2</pdfaid:part>')]).toEqual(['%PDF-1.7', true])
}

/** Finds a paper by a name written on it, and sees where it stands. */
async function expectHit(visitor: Visitor, paper: Paper): Promise<void> {
  const { page, language } = visitor
  const { clerk, shell } = words[language]
  await page.getByRole('link', { name: shell.places.search, exact: true }).click()
  await page.getByLabel(clerk.search.label).fill(paper.truth['address']?.split(' ')[0] ?? '')
  await page.keyboard.press('Enter')
  await page.locator('.hit').filter({ hasText: paper.file.name }).click()
  await page.locator('.mark-box').first().waitFor()
  await expectAccessible(visitor, 'search')
}

/** Checks one application after another, each by what its own paper says. Returns the fields looked at, by file. */
async function checkAll(visitor: Visitor, papers: readonly Paper[]): Promise<Map<string, string[]>> {
  const { page, language } = visitor
  const { checking } = words[language].clerk
  const checked = new Map<string, string[]>()
  for (;;) {
    const file = page.locator('.split').locator('xpath=preceding-sibling::*').locator('strong')
    // The address changes a moment before the page does.
    const name = await waitUntil('another application is shown, or that none is left', async () => {
      if (await page.getByText(checking.none).isVisible()) return 'none'
      const shown = await file.allTextContents()
      return shown.find((one) => !checked.has(one))
    })
    if (name === 'none') return checked
    const paper = papers.find((one) => one.file.name === name)
    if (!paper) throw new Error(`${name} was not expected on the checking page`)
    await page.locator('[data-field="hetu"]').waitFor()
    if (checked.size === 0) {
      await expectAccessible(visitor, 'checking page')
      await expectPdf(visitor)
    }
    await tabTo(visitor, '[data-field]')
    checked.set(name, await checkByKeyboard(visitor, paper.truth))
    const left = page.url()
    await page.keyboard.press('Control+Enter')
    await page.waitForURL((url) => url.href !== left)
  }
}

/** The applications of a batch that have not been handed over. */
async function listUnsettled(stack: TestStack, clerk: string, batchId: string): Promise<string[]> {
  const intake = speakAs(stack, 'intake', clerk)
  const { scans } = (await intake.get<BatchDetail>(`/batches/${batchId}`)).body
  const states = scans.map(async ({ applicationId }) => {
    const { body } = await intake.get<{ application: { state: string } }>(`/applications/${applicationId}`)
    return body.application.state
  })
  return (await Promise.all(states)).filter((state) => state !== 'handed_over')
}
