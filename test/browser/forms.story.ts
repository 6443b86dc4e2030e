import type { ApplicationDetail, BatchDetail, FormDetail, FormList } from '@tasain/contracts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { profiles } from '../samples/damage.ts'
import { drawFormPdf } from '../samples/draw.ts'
import { drawForm } from '../samples/form.ts'
import { getLayout } from '../samples/layouts.ts'
import { query, speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { chooseFiles, expectRead, openBatch } from './papers.ts'
import { keepShot } from './shots.ts'
import { signIn, signOut, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const layout = getLayout('study-fi')
const seeds = [41, 42] as const
const toFile = (name: string, mimeType: string, bytes: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(bytes) })

async function drawCopy(seed: number) {
  const answers = { oppilaitos: 'Savon ammattiopisto', postal: '70100 Kuopio' }
  const { bytes, mediaType, truth } = await drawForm({ layout: layout.id, seed, damage: profiles.office, answers })
  return { file: toFile(`kopio-${seed}.jpg`, mediaType, bytes), truth: truth.fields }
}

/** A form nobody has known goes from a blank PDF to a decision task, through the desk alone. */
export function tellForms(world: World): void {
  describe('a new form, in fi', () => {
    const t = words.fi
    const { admin } = t
    let visitor: Visitor
    let id: string
    beforeAll(async () => {
      visitor = await visit(world, 'fi')
    })
    afterAll(() => visitor?.close())
    expectNoFaults(() => visitor)

    const getForm = async () => (await speakAs(world.stack, 'intake', 'admin').get<FormDetail>(`/forms/${id}`)).body
    const box = (page: Page, name: string) =>
      page.locator('.field-box').and(page.getByRole('button', { name, exact: false }))
    const expectSaved = async () => await visitor.page.getByText(admin.editor.saved, { exact: true }).waitFor()

    test('an administrator drops a blank form, and its fields are proposed', async () => {
      const { page } = visitor
      await signIn(visitor, 'admin')
      await page.getByRole('heading', { name: admin.forms.title, level: 1 }).waitFor()
      await page.getByRole('row').filter({ hasText: 'TO 1' }).getByText(admin.states.shipped).waitFor()
      await expectAccessible(visitor, 'forms')
      await keepShot(visitor, 'forms')
      const { pdf } = await drawFormPdf(layout, 1)
      await page.locator('input[type=file]').setInputFiles(toFile('opintotuki.pdf', 'application/pdf', pdf))
      await page.getByText(admin.forms.proposing('opintotuki.pdf')).waitFor()
      await page.getByRole('heading', { name: admin.editor.title('OT 5', '2026-09') }).waitFor({ timeout: 60_000 })
      id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      await page.locator('.blank-page img').waitFor()
      expect(await page.locator('.field-box').count()).toBe(15)
      await page.getByText(admin.faults.heading(3)).waitFor()
      await expectAccessible(visitor, 'a proposed form')
      await keepShot(visitor, 'form-proposed')
    })

    test('what is missing is said, and leads to where it is mended', async () => {
      const { page } = visitor
      const swedish: [string, string][] = [
        ['Oppilaitos', 'Läroanstalt'],
        ['Asun itsenäisesti', 'Jag bor självständigt'],
        ['Asun vanhempani luona', 'Jag bor hos en förälder'],
      ]
      for (const [label, name] of swedish) {
        await page.getByRole('button', { name: admin.faults.say.words_missing(label, 'sv') }).click()
        await page.getByLabel(admin.fields.names.sv).fill(name)
      }
      await page.getByText(admin.faults.none).waitFor()
      await page.getByRole('button', { name: 'Oppilaitos' }).last().click()
      await page.getByLabel(admin.fields.technical, { exact: true }).fill('school')
      await expectSaved()
      expect((await getForm()).draft.fields.map(({ name }) => name)).toContain('school')
    })

    test('a field is moved, sized, drawn, removed and undone, with keyboard and mouse', async () => {
      const { page } = visitor
      const field = box(page, `${admin.editor.field('Sukunimi ja etunimet', admin.fields.types.name)}`)
      const find = async () =>
        (await getForm()).draft.fields.find(({ name }) => name === 'name')?.region ?? [0, 0, 0, 0]
      const [x, y, width, height] = await find()
      await field.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('Shift+ArrowLeft')
      await expect.poll(find).toEqual([x + 3, y, width - 6, height])
      await keepShot(visitor, 'form-field-chosen')

      await page.keyboard.press('Delete')
      expect(await page.locator('.field-box').count()).toBe(14)
      await page.keyboard.press('Control+z')
      await expect.poll(() => page.locator('.field-box').count()).toBe(15)
      await field.focus()
      const corner = page.locator('.box-handle').last()
      const at = await corner.boundingBox()
      if (at === null) throw new Error('the chosen field has no handles')
      await page.mouse.move(at.x + 6, at.y + 6)
      await page.mouse.down()
      await page.mouse.move(at.x - 40, at.y + 4, { steps: 4 })
      await page.mouse.up()
      await expect.poll(async () => (await find())[2]).toBeLessThan(width - 20)
      await page.getByRole('button', { name: admin.editor.undo }).click()
      await expect.poll(find).toEqual([x + 3, y, width - 6, height])

      await page.getByRole('button', { name: admin.editor.add }).click()
      await expect.poll(() => page.locator('.field-box').count()).toBe(16)
      await page.locator('.field-box-chosen').press('Delete')
      await expectSaved()
      await page.reload()
      await page.locator('.blank-page img').waitFor()
      expect(await page.locator('.field-box').count()).toBe(15)
      expect(await find()).toEqual([x + 3, y, width - 6, height])
      await field.focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(find).toEqual([x + 6, y, width - 6, height])
      await page.keyboard.press('Control+z')
      await expect.poll(find).toEqual([x + 3, y, width - 6, height])
    })

    test('a width written digit by digit leaves the cells their share of it', async () => {
      const { page } = visitor
      const find = async () => (await getForm()).draft.fields.find(({ name }) => name === 'hetu')
      const before = await find()
      const [left, , width] = before?.region ?? [0, 0, 0]
      expect(before?.comb?.cells).toBe(11)
      await page.locator(`.field-box[data-key="${before?.key}"]`).focus()
      const field = page.getByLabel(admin.fields.width, { exact: true })
      await field.press('Control+a')
      await field.pressSequentially(String(Math.round(width) * 2), { delay: 700 })
      await expect.poll(async () => (await find())?.region[2]).toBe(Math.round(width) * 2)
      const comb = (await find())?.comb
      expect(comb?.width).toBeCloseTo((before?.comb?.width ?? 0) * 2, 0)
      expect(comb?.x).toBeGreaterThanOrEqual(left)
      await page.getByRole('button', { name: admin.editor.undo }).click()
      await expect.poll(find).toEqual(before)
    })

    test('filled copies are tried, and show what would be read', { timeout: 120_000 }, async () => {
      const { page } = visitor
      const copies = [await drawCopy(seeds[0]), await drawCopy(seeds[1])]
      await page.getByRole('tab', { name: admin.editor.tabs.trial }).click()
      await page.locator('input[type=file]').setInputFiles(copies.map(({ file }) => file))
      for (const { file, truth } of copies) {
        const trial = page.getByRole('region', { name: file.name, exact: true })
        await trial.getByText(admin.trial.fits.lines).waitFor({ timeout: 60_000 })
        const read = (await trial.textContent()) ?? ''
        for (const name of ['hetu', 'iban', 'name', 'oppilaitos']) expect(read).toContain(truth[name])
        expect(read).toContain(t.shell.ticks.on)
        expect(read).toContain(t.shell.ticks.off)
      }
      await expectAccessible(visitor, 'a form tried on copies')
      await keepShot(visitor, 'form-tried')
    })

    test('the form is published, once that is confirmed', async () => {
      const { page } = visitor
      await page.getByRole('button', { name: admin.publish.action, exact: true }).click()
      const dialog = page.getByRole('dialog', { name: admin.publish.heading('OT 5', '2026-09') })
      await dialog.waitFor()
      await expectAccessible(visitor, 'whether to publish')
      await dialog.getByRole('button', { name: admin.publish.action }).dblclick()
      await page.getByText(admin.publish.done('OT 5', '2026-09')).waitFor()
      await page.getByText(admin.publish.published).waitFor()
      expect(visitor.writes.filter((path) => path.endsWith('/publish'))).toHaveLength(1)
      await expectAccessible(visitor, 'a published form')
      await keepShot(visitor, 'form-published')
      await signOut(visitor)
    })

    test('from then on a clerk’s scan is known by it, read and routed', { timeout: 120_000 }, async () => {
      const { page } = visitor
      const copy = await drawCopy(77)
      await page.context().clearCookies()
      await signIn(visitor, 'clerk-lahti')
      const batchId = await openBatch(visitor)
      await chooseFiles(visitor, copy)
      await expectRead(visitor, copy)
      const clerk = speakAs(world.stack, 'intake', 'clerk-lahti')
      const { scans } = (await clerk.get<BatchDetail>(`/batches/${batchId}`)).body
      const applicationId = scans[0]?.applicationId ?? ''
      const { application, fields } = (await clerk.get<ApplicationDetail>(`/applications/${applicationId}`)).body
      expect(application).toMatchObject({ form: { code: 'OT 5' }, benefit: 'OT', language: 'fi' })
      expect(fields.find(({ name }) => name === 'school')).toMatchObject({ value: 'Savon ammattiopisto' })
      const tasks = await waitUntil('the application is a task', async () => {
        const rows = await query<{ benefit: string; home_office_id: string }>(
          world.stack,
          'balancer',
          'select benefit, home_office_id from task where application_id = $1',
          [applicationId],
        )
        return rows.length > 0 && rows
      })
      expect(tasks).toEqual([{ benefit: 'OT', home_office_id: 'psa-1' }])
      await page.goto(`/check/${applicationId}`)
      await page.locator('.check-form').getByText('Oppilaitos').first().waitFor()
      await keepShot(visitor, 'form-checking')
    })
  })

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
      await page.getByText(admin.publish.published).waitFor()
      await page.getByRole('button', { name: admin.publish.revise }).dblclick()
      await page.getByRole('button', { name: admin.faults.say.version_taken('', 'OT 5') }).click()
      await page.getByLabel(admin.head.version, { exact: true }).fill('2027-01')
      await page.getByText(admin.faults.none).waitFor()
      await expectAccessible(visitor, 'a new version of a form')
      await keepShot(visitor, 'form-revised')
      await page.getByRole('button', { name: admin.publish.discard }).click()
      await page.getByRole('dialog').getByRole('button', { name: admin.publish.discard }).dblclick()
      await page.getByRole('heading', { name: admin.forms.title, level: 1 }).waitFor()
      await expect.poll(() => page.getByRole('link', { name: 'OT 5' }).count()).toBe(1)
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
