import type { BatchDetail } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawMultiPage } from '../samples/form.ts'
import { speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { chooseFiles, openBatch, tabTo } from './papers.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const stories = [
  { language: 'fi', clerk: 'clerk-lahti', layout: 'support-fi', heading: 'Liite' },
  { language: 'sv', clerk: 'clerk-vaasa', layout: 'child-sv', heading: 'Bilaga' },
] as const

/** A stack with its cover, from the scanner to a batch that is closed; by keyboard. */
export function tellBatch(world: World): void {
  describe.each(stories)('a stack with a cover, in $language', ({ language, clerk, layout, heading }) => {
    const { batches, papers, scan, sheets, tally, upload } = words[language].clerk
    let visitor: Visitor
    let batchId: string
    beforeAll(async () => {
      visitor = await visit(world, language)
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    const getDetail = async () =>
      (await speakAs(world.stack, 'intake', clerk).get<BatchDetail>(`/batches/${batchId}`)).body
    /** The pages of each document, by their places in the stack, without those left out. */
    const listDocuments = async () => {
      const { documents, scans } = await getDetail()
      const pages = scans[0]?.pages ?? []
      return documents.map(({ pageIds }) =>
        pageIds.flatMap((id) => pages.filter((page) => page.id === id && !page.leftOut).map(({ number }) => number)),
      )
    }
    const expectDocuments = async (...wanted: number[][]) =>
      await expect.poll(listDocuments, { timeout: 10_000 }).toEqual(wanted)

    const expectAsked = async (count: number) =>
      await expect.poll(async () => (await getDetail()).batch.counts.asked, { timeout: 10_000 }).toBe(count)

    test('a clerk prints cover and separator, scans the stack and sees what became of it', async () => {
      const { page } = visitor
      await signIn(visitor, clerk)
      batchId = await openBatch(visitor, 7)
      const print = async (name: string) => {
        const link = page.getByRole('link', { name })
        const response = await page.request.get((await link.getAttribute('href')) ?? '')
        expect(response.headers()['content-type']).toBe('application/pdf')
        return new Uint8Array(await response.body())
      }
      const [cover, separator] = [await print(sheets.cover), await print(sheets.separator)]
      const letter = {
        heading,
        paragraphs: [
          'Selvitys tilanteesta.',
          'En utredning om situationen.',
          'Vuokra maksetaan joka kuukausi ajallaan.',
        ],
      }
      const form = { layout, seed: 21 }
      const { bytes } = await drawMultiPage([cover, form, 'blank', separator, letter, letter])
      visitor.expectStatus(415, /^\/api\/intake\/uploads/)
      await chooseFiles(
        visitor,
        { file: { name: 'pino.pdf', mimeType: 'application/pdf', buffer: bytes } },
        {
          file: {
            name: 'muistio.txt',
            mimeType: 'text/plain',
            buffer: Buffer.from('Ei kuva. Ingen bild.\n'.repeat(99)),
          },
        },
      )
      await page.getByText(upload.refusedCount(1, 2)).waitFor()
      const first = page.getByRole('list', { name: scan.sending }).getByRole('listitem').first()
      expect(await first.textContent()).toContain('muistio.txt')
      await waitUntil('the stack is divided', async () => (await getDetail()).documents.length === 2, 60)
      await page.locator('.scan').getByText(papers.asked.blank).waitFor()
      await expectAccessible(visitor, 'a file that was not taken, and a page that is asked about')
      await keepShot(visitor, 'scan-refused')
      await page.goto(`/batches/${batchId}`)
      await page.getByRole('heading', { name: papers.document(2) }).waitFor()
      await page
        .locator('.card')
        .getByText(tally.missing(1, tally.counted(7), 6))
        .waitFor()
      await expectAccessible(visitor, 'papers of a batch')
    })

    test('answers what is asked with one key, and takes it back with another', async () => {
      const { page } = visitor
      await tabTo(visitor, '[data-page]')
      await page.keyboard.press(papers.keys.next)
      await page.getByText(papers.questions.blank).waitFor()
      await page.keyboard.press(papers.keys.accept)
      await expectAsked(1)
      await page.getByText(papers.questions.same_page).waitFor()
      await page.getByText(papers.twin).waitFor()
      await expectAccessible(visitor, 'a page beside the one it may be the same as')
      await page.keyboard.press(papers.keys.keep)
      await expectAsked(0)
      await page.getByText(papers.undoOf.keep).waitFor()
      await page.keyboard.press(papers.keys.undo)
      await page.getByText(papers.questions.same_page).waitFor()
      await page.keyboard.press(papers.keys.keep)
      await expectAsked(0)
    })

    test('splits, moves and joins until each page lies where it belongs', async () => {
      const { page } = visitor
      const tile = page.locator('[data-page]')
      await tile.nth(5).click()
      await page.keyboard.press(papers.keys.split)
      await expectDocuments([2, 3], [5], [6])
      await page.getByRole('heading', { name: papers.document(3) }).waitFor()
      await page.keyboard.press('Shift+ArrowLeft')
      await expectDocuments([2, 3], [5, 6])
      await page.getByText(papers.undoOf.move).waitFor()
      await page.keyboard.press(papers.keys.undo)
      await expectDocuments([2, 3], [5], [6])
      await page.getByText(papers.undoOf.split).waitFor()
      await tile.nth(5).dragTo(tile.nth(4))
      await expectDocuments([2, 3], [6, 5])
      const refused = new RegExp(`${batchId}/arrange`)
      visitor.expectStatus(409, refused)
      await tile.nth(4).click()
      await page.getByRole('button', { name: papers.actions.join }).click()
      await page.getByRole('alert').waitFor()
      await expectDocuments([2, 3], [6, 5])
    })

    test('closes the batch with a reason where a sheet is missing', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: batches.close }).click()
      const dialog = page.getByRole('dialog', { name: batches.closing.heading })
      await dialog.getByRole('button', { name: batches.closing.confirm }).click()
      await dialog.getByText(batches.closing.reasonMissing).waitFor()
      await expectAccessible(visitor, 'why a batch is closed with a sheet missing')
      await dialog.getByLabel(batches.closing.reason).fill('Kirjekuori. Ett kuvert.')
      await dialog.getByRole('button', { name: batches.closing.confirm }).click()
      await page.locator('.card').getByText('Kirjekuori. Ett kuvert.').waitFor()
      expect((await getDetail()).batch.closedBecause).toBe('Kirjekuori. Ett kuvert.')
    })
  })
}
