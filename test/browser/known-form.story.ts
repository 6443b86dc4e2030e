import type { FormDetail, FormList } from '@tasain/contracts'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawFormPdf } from '../samples/draw.ts'
import { getLayout } from '../samples/layouts.ts'
import { speakAs } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

/** Two blanks in one file. */
async function drawTwoBlanks(): Promise<Uint8Array> {
  const both = await PDFDocument.create()
  for (const serial of [1, 2]) {
    const { pdf } = await drawFormPdf(getLayout('study-fi'), serial)
    const [page] = await both.copyPages(await PDFDocument.load(pdf), [0])
    if (page !== undefined) both.addPage(page)
  }
  return await both.save()
}

/** Somebody else changes the draft on show; publishing it then leads to how it stands now. */
async function expectOvertaken(visitor: Visitor, { stack }: World): Promise<void> {
  const { page } = visitor
  const { editor, publish } = words.sv.admin
  const path = new URL(page.url()).pathname
  const admin = speakAs(stack, 'intake', 'admin')
  const { edition, draft } = (await admin.get<FormDetail>(path)).body
  await admin.post(`${path}/draft`, { edition, draft: { ...draft, title: 'Opintotuki: uusi hakemus' } })
  visitor.expectStatus(409, /publish$/)
  await page.getByRole('button', { name: publish.action, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: publish.action }).click()
  const reload = dialog.getByRole('button', { name: editor.reload })
  await reload.waitFor()
  expect(await dialog.getByRole('button', { name: publish.action }).count()).toBe(0)
  await expectAccessible(visitor, 'a form that somebody else has changed')
  await reload.click()
  await page.getByText('Opintotuki: uusi hakemus').first().waitFor()
}

/** What becomes of a form once it is published: newer versions of it, and its end. */
export function tellKnownForm(world: World): void {
  describe('a known form, in sv', () => {
    const { admin } = words.sv
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(world, 'sv')
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    test('a new version of it is a draft of its own, and can be thrown away', async () => {
      const { page } = visitor
      await signIn(visitor, 'admin')
      await page.getByRole('link', { name: 'OT 5' }).click()
      const list = page.getByRole('list', { name: admin.fields.list })
      await list.getByText(`${words.sv.shell.fields.amount2} (Vuokra kuukaudessa, euroa)`).waitFor()
      await page.getByText(admin.publish.published).waitFor()
      await page.getByRole('button', { name: admin.publish.revise }).dblclick()
      await page.getByRole('button', { name: admin.faults.say.version_taken('', 'OT 5') }).click()
      await page.getByLabel(admin.head.version, { exact: true }).fill('2027-01')
      await page.getByText(admin.faults.none).waitFor()
      await page.getByText(admin.editor.saved, { exact: true }).waitFor()
      await expectAccessible(visitor, 'a new version of a form')
      await keepShot(visitor, 'form-revised')
      await expectOvertaken(visitor, world)
      await page.getByRole('button', { name: admin.publish.discard }).click()
      await page.getByRole('dialog').getByRole('button', { name: admin.publish.discard }).dblclick()
      await page.getByRole('heading', { name: admin.forms.title, level: 1 }).waitFor()
      await expect.poll(() => page.getByRole('link', { name: 'OT 5' }).count()).toBe(1)
      await expectAccessible(visitor, 'forms')
    })

    test('of a file of two pages it is said which one was taken, and drafts are thrown away together', {
      timeout: 120_000,
    }, async () => {
      const { page } = visitor
      const file = { name: 'tva.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await drawTwoBlanks()) }
      await page.locator('input[type=file]').setInputFiles(file)
      const said = page.getByText(admin.forms.pageOf('tva.pdf', 1, 2))
      await said.waitFor({ timeout: 60_000 })
      await expectAccessible(visitor, 'a draft made of one of two pages')
      await keepShot(visitor, 'form-of-two-pages')
      await page.getByRole('button', { name: admin.forms.fromPage(2) }).click()
      await page.getByText(admin.forms.pageOf('tva.pdf', 2, 2)).waitFor({ timeout: 60_000 })
      const marks = page.getByRole('checkbox', { name: admin.forms.choose('').trim(), exact: false })
      await expect.poll(() => marks.count()).toBe(2)
      for (const mark of await marks.all()) await mark.check()
      await keepShot(visitor, 'forms-chosen')
      await page.getByRole('button', { name: admin.forms.discard(2) }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: admin.forms.discard(2) })
        .dblclick()
      await expect.poll(() => marks.count()).toBe(0)
      await expectAccessible(visitor, 'forms')
    })

    test('it is withdrawn, and pages are not taken for it any more', async () => {
      const { page } = visitor
      await page.getByRole('link', { name: 'OT 5' }).click()
      await page.getByRole('button', { name: admin.publish.withdraw }).click()
      const dialog = page.getByRole('dialog', { name: admin.publish.withdrawHeading('OT 5', '2026-09') })
      await dialog.getByRole('button', { name: admin.publish.withdraw }).dblclick()
      await page.getByText(admin.publish.isWithdrawn).first().waitFor()
      const { forms } = (await speakAs(world.stack, 'intake', 'admin').get<FormList>('/forms')).body
      expect(forms.filter(({ code }) => code === 'OT 5').map(({ state }) => state)).toEqual(['withdrawn'])
    })
  })
}
