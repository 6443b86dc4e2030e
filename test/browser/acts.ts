import type { ApplicationDetail, Batch, RuleVersion, Stored } from '@tasain/contracts'
import { helsinkiDate } from '@tasain/vocabulary'
import type { Locator } from 'playwright-core'
import { query, speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { drawPaper } from './papers.ts'
import type { Visitor } from './visitor.ts'
import { words } from './words.ts'

const t = words.fi
/** A button that is to be pressed stands there, or it has gone. */
const soon = { timeout: 5_000 }

/** A write as a person does it, again and again. */
export type Act = {
  visitor: Visitor
  /** What the page calls it. */
  what: string
  /** Where it is sent. */
  path: RegExp
  /** What the person typed, as it now stands; undefined where nothing is typed. */
  readonly typed: string | undefined
  /** Has all ready but the last press. */
  prepare: () => Promise<void>
  send: () => Promise<void>
  /** Whether there is nothing to cancel: then the page is left instead. */
  isLeft: boolean
  /** Cancels it, or leaves the page. */
  cancel: () => Promise<void>
  readTyped: () => Promise<string>
  /** What the page shows once it is done. */
  done: () => Locator
  /** How often it was done since `prepare`, by the database. */
  countDone: () => Promise<number>
  /** Puts away what the round left, so that the next begins anew. */
  finish: () => Promise<void>
}

type Open = (subject: string, path?: string) => Promise<Visitor>

/** Saving on the check page, deciding, and approving a rule. */
export async function openActs(stack: TestStack, open: Open): Promise<[Act, Act, Act]> {
  return [await openSaving(stack, open), await openDeciding(stack, open), await openApproving(stack, open)]
}

async function openSaving(stack: TestStack, open: Open): Promise<Act> {
  const clerk = speakAs(stack, 'intake', 'clerk-lahti')
  const order = { layout: 'sickness-fi', seed: 31, name: 'katkos.tif', postal: '15110 Lahti', isSloppy: true }
  const { file } = await drawPaper(order)
  const { body: batch } = await clerk.post<Batch>('/batches', {})
  const { body: sent } = await clerk.upload<Stored>(`/batches/${batch.id}/scans`, file.buffer, file.name)
  const id = sent.scan.applicationId ?? ''
  const isRead = async () =>
    (await clerk.get<ApplicationDetail>(`/applications/${id}`)).body.application.state !== 'reading'
  await waitUntil('the paper is read', isRead, 60)
  const visitor = await open('clerk-lahti', `/check/${id}`)
  const { page } = visitor
  const phone = page.locator('[data-field="phone"]')
  const read = async () => {
    const { body } = await clerk.get<ApplicationDetail>(`/applications/${id}`)
    return body.fields.find(({ name }) => name === 'phone')?.value.replaceAll(' ', '') ?? ''
  }
  let [typed, version] = ['', 0]
  const countSaves = async () => {
    const text = `select count(*)::int as saves from correction where application_id = $1 and name = 'phone'`
    return (await query<{ saves: number }>(stack, 'intake', text, [id]))[0]?.saves ?? 0
  }
  return {
    visitor,
    what: t.shell.writes.corrections,
    path: /\/corrections$/,
    isLeft: true,
    get typed() {
      return typed
    },
    async prepare() {
      version = await countSaves()
      await page.goto(`/check/${id}`)
      await phone.waitFor()
      typed = `04${Math.floor(10_000_000 + Math.random() * 89_999_999)}`
      await phone.fill(typed)
    },
    send: () => page.getByRole('button', { name: t.clerk.checking.savePart }).click(soon),
    cancel: () => page.getByRole('link', { name: t.shell.places.search, exact: true }).click(),
    readTyped: () => phone.inputValue(),
    // Whether it then stays or goes on, nothing is under way any more and no refusal stands there.
    done: () => page.locator('main:not(:has(.check-form [aria-busy="true"])):not(:has([role=alert]))'),
    async countDone() {
      const saves = (await countSaves()) - version
      if (saves > 0 !== ((await read()) === typed)) throw new Error('the phone number is not what was saved')
      return saves
    },
    finish: () => dismissNotices(visitor),
  }
}

async function openDeciding(stack: TestStack, open: Open): Promise<Act> {
  const visitor = await open('handler-malmi', '/tasks')
  const { page } = visitor
  const dialog = page.getByRole('dialog')
  let [taskId, typed, round] = ['', '', 0]
  return {
    visitor,
    what: t.shell.writes.decision,
    path: /\/decision$/,
    isLeft: false,
    get typed() {
      return typed
    },
    async prepare() {
      round += 1
      typed = `Perustelu ${round}.`
      await page.goto('/tasks')
      const { fetch, goOn } = t.handler.next
      await page
        .getByRole('button', { name: fetch })
        .or(page.getByRole('button', { name: goOn }))
        .first()
        .click()
      await page.getByRole('button', { name: t.handler.case.decide, exact: true }).click()
      taskId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      await dialog.getByLabel(t.handler.outcomes.granted, { exact: true }).check()
      await dialog.getByLabel(t.handler.decide.grounds).fill(typed)
      await dialog.getByRole('button', { name: t.handler.decide.review }).click()
      await dialog.getByRole('button', { name: t.handler.decide.confirm }).waitFor()
    },
    send: () => dialog.getByRole('button', { name: t.handler.decide.confirm }).click(soon),
    cancel: () =>
      round % 2 === 0
        ? page.keyboard.press('Escape')
        : dialog.getByRole('button', { name: t.shell.form.cancel }).click(),
    readTyped: async () => (await dialog.locator('.grounds').textContent()) ?? '',
    done: () => page.getByText(t.handler.next.done.decision),
    async countDone() {
      const text = 'select grounds from decision where task_id = $1'
      const found = await query<{ grounds: string }>(stack, 'balancer', text, [taskId])
      if (found.some(({ grounds }) => grounds !== typed)) throw new Error('the grounds are not what was decided')
      return found.length
    },
    finish: () => dismissNotices(visitor),
  }
}

async function openApproving(stack: TestStack, open: Open): Promise<Act> {
  const visitor = await open('manager-lahti', '/rules')
  const { page } = visitor
  const author = speakAs(stack, 'balancer', 'manager-helsinki')
  const second = speakAs(stack, 'balancer', 'manager-lahti')
  const quota = { kind: 'quota', giver: 'pha', receiver: 'hel', minutesPerMonth: 43_200, minMinutes: 0 } as const
  const written = { scope: {}, value: quota, from: helsinkiDate(new Date()), reason: 'Katkoksia varten.' }
  const dialog = page.getByRole('dialog', { name: t.manager.approve.heading })
  let rule: RuleVersion
  const countDone = async () => {
    const text = 'select count(*)::int as done from rule_approval where rule_id = $1 and version = 1'
    return (await query<{ done: number }>(stack, 'balancer', text, [rule.id]))[0]?.done ?? 0
  }
  return {
    visitor,
    what: t.shell.writes.approve,
    path: /\/approve$/,
    isLeft: false,
    typed: undefined,
    async prepare() {
      rule = (await author.post<RuleVersion>('/rules', written)).body
      await page.goto('/rules')
      await page.getByRole('button', { name: t.manager.rules.approve, exact: true }).first().click()
      await dialog.waitFor()
    },
    send: () => dialog.getByRole('button', { name: t.manager.approve.confirm }).click(soon),
    cancel: () => dialog.getByRole('button', { name: t.shell.form.cancel }).click(),
    readTyped: () => Promise.resolve(''),
    done: () => page.getByText(t.manager.rules.approved),
    countDone,
    async finish() {
      const path = `/rules/${rule.id}`
      if ((await countDone()) === 0) await author.post(`${path}/withdraw`, { version: 1, reason: 'Kierros on ohi.' })
      else {
        const { body } = await author.post<RuleVersion>(`${path}/end`, { reason: 'Kierros on ohi.' })
        if (body.needsApproval) await second.post(`${path}/approve`, { version: body.version })
      }
      await dismissNotices(visitor)
    },
  }
}

async function dismissNotices({ page }: Visitor): Promise<void> {
  const close = page.locator('.left-write').getByRole('button', { name: t.shell.form.close })
  while ((await close.count()) > 0) await close.first().click()
}
