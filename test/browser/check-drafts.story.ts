import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { speakAs } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { expectNoDraft, expectNothingStored, readApplication, savedWords, scanPaper, until } from './drafts.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import { expectNoFaults, type World } from './world.ts'

const t = words.fi

/** What a clerk types into the fields of an application, and searches for. */
export function tellCheckDrafts(world: World): void {
  describe('of a check', () => {
    let visitor: Visitor
    let applicationId: string
    beforeAll(async () => {
      for (const seed of [18, 19])
        applicationId = await scanPaper(world.stack, { seed, postal: '15110 Lahti', isSloppy: true })
      visitor = await visit(world, 'fi')
      await signIn(visitor, 'clerk-lahti', `/check/${applicationId}`)
    }, 180_000)
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
