import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sized } from '../faults/size.ts'
import { query } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { type Act, openActs } from './acts.ts'
import { type CutLine, type Moment, moments, openCutLine } from './cut-line.ts'
import { loadWork } from './manager.story.ts'
import { chooseFiles, drawPaper, openBatch } from './papers.ts'
import { keepShot } from './shots.ts'
import { signIn, type Visitor, visit, wide } from './visitor.ts'
import { words } from './words.ts'
import type { World } from './world.ts'

const t = words.fi
const rounds = sized(8, 50)
const seed = 20261201

/** The line breaks, hangs or is slow in the middle of a write; what then happens is what the person meant, and told. */
export function tellCuts(world: World): void {
  describe('Nothing unmeant is done', () => {
    let line: CutLine
    const visitors: Visitor[] = []
    let acts: [Act, Act, Act]
    const open = async (subject: string, path?: string) => {
      const visitor = await visit(world, 'fi', line.server)
      visitors.push(visitor)
      await signIn(visitor, subject, path)
      return visitor
    }
    beforeAll(async () => {
      line = await openCutLine()
      await loadWork(world.stack, 5, 400)
      acts = await openActs(world.stack, open)
    }, 240_000)
    afterAll(async () => {
      for (const visitor of visitors) await visitor.close()
      await line?.close()
    })

    test('a decision cancelled while the line was down is not made when it is back', async () => {
      const [, decide] = acts
      const { page } = decide.visitor
      await decide.prepare()
      line.cut()
      const banner = page.locator('.line-banner p')
      await banner.waitFor({ timeout: 10_000 })
      await decide.send()
      await page.getByRole('dialog').getByRole('alert').waitFor()
      expect(await decide.readTyped()).toBe(decide.typed)
      await decide.cancel()
      await page.getByText(t.shell.left.unknown(decide.what)).waitFor()
      await page.getByText(t.shell.line.old).waitFor()
      await keepShot(decide.visitor, 'line-down')
      line.mend()
      await page.getByText(t.shell.left.cancelled(decide.what)).waitFor()
      await banner.waitFor({ state: 'detached' })
      await page.getByText(t.shell.line.old).waitFor({ state: 'detached' })
      await keepShot(decide.visitor, 'cancelled')
      expect(await decide.countDone()).toBe(0)
      await decide.finish()
    })

    test('what is pressed while the browser itself is offline never leaves later', async () => {
      const [, decide] = acts
      const { page, context } = decide.visitor
      await decide.prepare()
      await context.setOffline(true)
      await page.locator('.line-banner p').waitFor({ timeout: 10_000 })
      await decide.send()
      await page.getByRole('dialog').getByRole('alert').waitFor()
      await decide.cancel()
      await page.getByRole('link', { name: t.shell.places.tasks, exact: true }).click()
      await context.setOffline(false)
      await page.getByText(t.shell.left.cancelled(decide.what)).waitFor()
      expect(await decide.countDone()).toBe(0)
      await decide.finish()
    })

    test('each page of lists and figures says how old they are, and that the line is down', async () => {
      const pages = [['/batches', '/check'], ['/tasks'], ['/situation', '/moves', '/rules']]
      for (const [place, { visitor }] of acts.entries())
        for (const path of pages[place] ?? []) {
          const { page } = visitor
          await page.goto(path)
          await page.getByText(/Tiedot klo \d+\.\d\d$/).waitFor()
          line.cut()
          await page.getByText(t.shell.line.meaning).waitFor({ timeout: 10_000 })
          await page.getByText(t.shell.line.old).waitFor()
          if (path === '/situation') await expectAccessible(visitor, 'the line is down')
          await keepShot(visitor, `line-down${path.replace('/', '-')}`)
          line.mend()
          await page.getByText(t.shell.line.meaning).waitFor({ state: 'detached' })
        }
    })

    test(
      `in ${rounds} random cuts what is cancelled is not done and what is confirmed is done once`,
      async () => {
        const random = makeRandom(seed)
        for (let round = 0; round < rounds; round += 1) {
          const act = pick(acts, round)
          const moment = pick<Moment>(moments, Math.floor(random() * moments.length))
          const plan = { moment, isCancelled: random() < 0.6, waitMs: random() * 1_500, delayMs: random() * 30 }
          console.log(await playRound(line, act, plan).catch((error: unknown) => describeFailure(error, act, plan)))
        }
      },
      sized(300_000, 1_800_000),
    )

    test('while papers are arranged the tools keep their words, and a refusal stands at the page', async () => {
      const [{ visitor }] = acts
      const { page } = visitor
      const { actions, keys, heldUp, changing } = t.clerk.papers
      await page.goto('/batches')
      await page.locator('main tbody a').first().click()
      await page.setViewportSize({ width: 1360, height: 420 })
      const card = page.locator('.card.document')
      await card.locator('[data-page]').click()
      const tool = page.getByRole('button', { name: actions.setAside })
      const size = await tool.boundingBox()
      const silent = line.cutAt(/\/arrange$/, 'silent')
      await tool.click()
      await silent
      await card.getByText(changing).waitFor()
      expect([await tool.getAttribute('aria-busy'), (await tool.boundingBox())?.width]).toEqual(['true', size?.width])
      await card.locator('[data-page]').press(keys.setAside)
      await card.getByText(heldUp).waitFor()
      await keepShot(visitor, 'arranging')
      line.mend()
      await page.getByRole('button', { name: actions.takeBack }).waitFor()
      line.cut()
      await card.locator('[data-page]').press(keys.setAside)
      const refusal = card.getByRole('alert')
      await refusal.waitFor()
      await expect.poll(() => isInView(refusal)).toBe(true)
      await keepShot(visitor, 'refused-at-page')
      line.mend()
      await page.setViewportSize(wide)
    })

    test('a file whose sending is cancelled is not stored, and the page says so', async () => {
      const [{ visitor }] = acts
      const { page } = visitor
      const id = await openBatch(visitor)
      const paper = await drawPaper({ layout: 'sickness-fi', seed: 33, name: 'peruttu.tif', postal: '15110 Lahti' })
      const cut = line.cutAt(/\/uploads$/, 'late')
      await chooseFiles(visitor, paper)
      await cut
      await page.getByText(t.clerk.upload.noLine).waitFor()
      await page.getByRole('button', { name: t.clerk.upload.cancelOne('peruttu.tif') }).click()
      line.mend()
      await page.getByText(t.shell.left.cancelled(t.shell.writes.uploads)).waitFor()
      await line.deliverLate()
      const text = 'select id from scan where batch_id = $1'
      expect(await query(world.stack, 'intake', text, [id])).toEqual([])
    })
  })
}

type Plan = { moment: Moment; isCancelled: boolean; waitMs: number; delayMs: number }

async function playRound(line: CutLine, act: Act, plan: Plan): Promise<string> {
  const { moment, isCancelled, waitMs, delayMs } = plan
  await act.prepare()
  const cut = line.cutAt(act.path, moment, delayMs)
  await act.send()
  await cut
  await pause(waitMs)
  if (act.typed !== undefined) expect(await act.readTyped()).toBe(act.typed)
  const outcome = isCancelled ? await cancel(line, act) : await confirm(line, act)
  const lateStatus = await line.deliverLate()
  if (lateStatus !== undefined && outcome === 'cancelled') expect(lateStatus).toBe(409)
  expect(await act.countDone()).toBe(outcome === 'cancelled' ? 0 : 1)
  if (moment === 'before' || moment === 'late') expect(outcome).not.toBe('late')
  if (moment === 'answered' || moment === 'midway') expect(outcome).not.toBe('cancelled')
  await act.finish()
  return `${act.what} · ${moment} · ${outcome}`
}

/** Cancels, and reads what the page then says of it. */
async function cancel(line: CutLine, act: Act): Promise<'cancelled' | 'late'> {
  const { page } = act.visitor
  await act.cancel()
  await pause(300)
  line.mend()
  const cancelled = page.getByText(t.shell.left.cancelled(act.what))
  const over = [t.shell.left.late(act.what), t.shell.left.stored(act.what)].map((said) => page.getByText(said))
  const told = over.reduce((either, one) => either.or(one), cancelled).first()
  // A page that is left while it saves has asked for no cancelling: what is saved as it should be needs no word.
  await told.waitFor({ timeout: act.isLeft ? 10_000 : 30_000 }).catch((error: unknown) => {
    if (!act.isLeft) throw error
  })
  return (await cancelled.count()) > 0 ? 'cancelled' : 'late'
}

/** Presses again until the page says that it is done. */
async function confirm(line: CutLine, act: Act): Promise<'confirmed'> {
  const refused = act.visitor.page.getByRole('alert')
  line.mend()
  for (let press = 0; press < 10; press += 1) {
    await act.done().or(refused).first().waitFor({ timeout: 40_000 })
    if ((await act.done().count()) > 0) return 'confirmed'
    // The page may find out by itself that it was done, and the button be gone.
    await act.send().catch(() => undefined)
  }
  throw new Error('pressed ten times in vain')
}

function describeFailure(error: unknown, act: Act, plan: Plan): never {
  throw new Error(`${act.what}, ${JSON.stringify(plan)}: ${error instanceof Error ? error.message : ''}`, {
    cause: error,
  })
}

function pick<T>(list: readonly T[], place: number): T {
  const found = list[place % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** Numbers from 0 to 1 that look random and are the same in each run. */
function makeRandom(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function isInView(element: Locator): Promise<boolean> {
  const [box, size] = [await element.boundingBox(), element.page().viewportSize()]
  return box !== null && size !== null && box.y >= 0 && box.y + box.height <= size.height
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
