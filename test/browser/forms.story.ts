import { type ApplicationDetail, type BatchDetail, type FormDetail, sortByPlace } from '@tasain/contracts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { profiles } from '../samples/damage.ts'
import { drawFormPdf } from '../samples/draw.ts'
import { drawForm } from '../samples/form.ts'
import { getLayout } from '../samples/layouts.ts'
import { query, speakAs, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { tellKnownForm } from './known-form.story.ts'
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

/** The input the keyboard is in, as its page knows it. */
const findFocus = async (page: Page) => await page.evaluate<string>(`document.activeElement.dataset.input ?? ''`)

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
        await page.getByRole('button', { name: admin.faults.say.words_missing(label, 'sv') }).press('Enter')
        expect(await findFocus(page)).toBe('names.sv')
        await page.keyboard.type(name)
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

      await page.keyboard.press('Control+ArrowDown')
      await expect.poll(find).toEqual([x + 3, y + 30, width - 6, height])
      await page.keyboard.press('Control+ArrowUp')
      await page.keyboard.press('Enter')
      expect(await findFocus(page)).toBe('meaning')
      const taken = page.getByRole('option', {
        name: admin.fields.takenBy(t.shell.fields.free, 'Muuta hakemukseen vaikuttavaa'),
      })
      expect(await taken.isDisabled()).toBe(true)
      await page.keyboard.press('Escape')
      expect(await page.locator('.field-box-chosen:focus').count()).toBe(1)

      await page.keyboard.press('Delete')
      expect(await page.locator('.field-box').count()).toBe(14)
      expect(await page.locator('.field-box:focus').count()).toBe(1)
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

    test('a box to tick is dragged by its middle, and the list of keys tells how it is moved', async () => {
      const { page } = visitor
      const find = async () => (await getForm()).draft.fields.find(({ type }) => type === 'tick')
      const tick = await find()
      const [x, y, width, height] = tick?.region ?? [0, 0, 0, 0]
      const small = page.locator(`.field-box[data-key="${tick?.key}"]`)
      await small.click()
      await keepShot(visitor, 'form-tick-chosen')
      const at = await small.boundingBox()
      if (at === null) throw new Error('the box to tick is not shown')
      await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2)
      await page.mouse.down()
      await page.mouse.move(at.x + at.width / 2 + 30, at.y + at.height / 2, { steps: 4 })
      await page.mouse.up()
      await expect.poll(async () => ((await find())?.region[0] ?? 0) > x + 20).toBe(true)
      expect((await find())?.region.slice(1)).toEqual([y, width, height])
      await page.getByRole('button', { name: admin.editor.undo }).click()
      await expect.poll(async () => (await find())?.region).toEqual([x, y, width, height])
      await page.keyboard.press('?')
      const keys = page.getByRole('dialog')
      for (const told of [admin.editor.keys.moveFar, admin.editor.keys.edit, admin.editor.remove])
        await keys.getByText(told, { exact: true }).waitFor()
      await keepShot(visitor, 'form-keys')
      await page.keyboard.press('Escape')
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
      const paper = sortByPlace((await getForm()).draft.fields, ({ region }) => region)
      const shown = await page.locator('.field-name').allTextContents()
      const wanted = paper
        .filter(({ name }) => fields.some((field) => field.name === name))
        .map(({ names }) => names.fi)
      expect(shown.slice(3)).toEqual(wanted)
      expect(wanted).toContain('Vuokra kuukaudessa, euroa')
      await keepShot(visitor, 'form-checking')
    })
  })

  tellKnownForm(world)
}
