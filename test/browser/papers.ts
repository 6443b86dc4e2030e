import { expect } from 'vitest'
import { profiles } from '../samples/damage.ts'
import { drawForm } from '../samples/form.ts'
import type { Visitor } from './visitor.ts'
import { words } from './words.ts'

export type Paper = {
  file: { name: string; mimeType: string; buffer: Buffer }
  /** What the applicant means, field by field. */
  truth: Readonly<Record<string, string>>
}

type Order = { layout: string; seed: number; name: string; postal: string; isSloppy?: boolean }

/**
 * A form as the scanner gives it. On a sloppy one identity code and account number are each a character off, so that a
 * clerk has to look.
 */
export async function drawPaper({ layout, seed, name, postal, isSloppy = false }: Order): Promise<Paper> {
  const damage = isSloppy ? profiles.fax : profiles.office
  const { truth } = await drawForm({ layout, seed, damage, answers: { postal } })
  const { hetu = '', iban = '' } = truth.fields
  const slips = isSloppy ? { hetu: shiftLast(hetu), iban: shiftLast(iban) } : {}
  const { bytes, mediaType } = await drawForm({ layout, seed, damage, answers: { postal, ...slips } })
  return { file: { name, mimeType: mediaType, buffer: Buffer.from(bytes) }, truth: truth.fields }
}

/** Another last character, so that the check fails. */
function shiftLast(text: string): string {
  const characters = '0123456789ABCDEFHJKLMNPRSTUVWXY'
  const last = text.slice(-1)
  const places = /\d$/.test(text) ? characters.slice(0, 10) : characters
  return text.slice(0, -1) + (places[(places.indexOf(last) + 1) % places.length] ?? '0')
}

/** Opens a batch and stands on its scanning page. Returns its id. */
export async function openBatch({ page, language }: Visitor, sheets?: number): Promise<string> {
  const t = words[language].clerk.scan
  await page.getByRole('link', { name: words[language].shell.places.scan, exact: true }).click()
  if (sheets !== undefined) await page.getByLabel(t.sheets).fill(String(sheets))
  await page.getByRole('button', { name: t.open }).dblclick()
  await page.getByText(t.nothingYet).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  if (!id) throw new Error('the page of a batch has no id in its address')
  return id
}

/** Chooses files in the file input of the scanning page. */
export async function chooseFiles({ page }: Visitor, ...papers: Pick<Paper, 'file'>[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(papers.map(({ file }) => file))
}

/** Drops a file on the scanning page as a mouse would. */
export async function dropFile({ page }: Visitor, { file }: Paper): Promise<void> {
  const transfer = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob('${file.buffer.toString('base64')}'), (character) => character.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], '${file.name}', { type: '${file.mimeType}' }))
    return transfer
  })()`)
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator('input[type=file]').locator('..').dispatchEvent(type, { dataTransfer: transfer })
}

/** Waits until the page says of each file that it is stored. */
export async function expectStored({ page, language }: Visitor, ...papers: Paper[]): Promise<void> {
  const { clerk } = words[language]
  const sending = page.getByRole('list', { name: clerk.scan.sending })
  for (const { file } of papers) {
    const row = sending.getByRole('listitem').filter({ hasText: file.name })
    await row.getByText(`${clerk.upload.stored} · ${clerk.batches.pageCount(1)}`).waitFor()
  }
  await page.getByRole('heading', { name: clerk.scan.storedLive(papers.length) }).waitFor()
}

/** Waits until the page says of each file that it has been read; one that was set aside says why. */
export async function expectRead({ page, language }: Visitor, ...papers: Paper[]): Promise<void> {
  const { pageStates } = words[language].shell
  for (const { file } of papers) {
    const scan = page.locator('.scan').filter({ hasText: file.name })
    const settled = scan.getByText(pageStates.read, { exact: true }).or(scan.getByText(pageStates.set_aside))
    await settled.waitFor({ timeout: 60_000 })
    expect(await scan.textContent()).toContain(pageStates.read)
  }
}

/** Looks at one doubtful field after another with the keyboard alone. Returns the fields passed, in order. */
export async function checkByKeyboard({ page }: Visitor, truth: Paper['truth']): Promise<string[]> {
  const seen: string[] = []
  for (;;) {
    const [name, value] = await page.evaluate<[string, string]>(
      `[document.activeElement.dataset.field ?? '', document.activeElement.value ?? '']`,
    )
    if (name === '') return seen
    expect(seen, 'Enter goes on to a field that was not seen yet').not.toContain(name)
    seen.push(name)
    const meant = truth[name]
    if (meant !== undefined && meant !== value) {
      await page.keyboard.press('Control+A')
      await page.keyboard.type(meant)
    }
    await page.keyboard.press('Enter')
  }
}

/** Presses Tab until what matches the selector has the focus. */
export async function tabTo({ page }: Visitor, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}
