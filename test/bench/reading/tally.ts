import { maskHetus } from '@tasain/vocabulary'
import { flatten, type Share, toShare } from './counting.ts'
import type { BenchPage } from './pages.ts'

/** What reading made of a page. `failed`: why it could not be read at all. */
export type Outcome = {
  readonly name: string
  readonly form: string | null
  readonly rotation: number
  readonly blank: boolean
  readonly fields: Readonly<Record<string, { readonly value: string; readonly status: string }>>
  readonly failed?: string
}
/** A value that is not what stands on the page. An identity code is not told. */
export type Slip = {
  readonly page: BenchPage
  readonly field: string
  readonly status: string
  readonly read: string
  readonly truth: string
}
export type Tally = {
  readonly pages: number
  readonly fields: Readonly<Record<string, Share>>
  /** Of all that is written on the pages, what was marked sure; boxes to tick are counted apart. */
  readonly sure: Share
  readonly ticks: Share
  readonly wrongSure: readonly Slip[]
  /** Wrong or missing, and not marked sure. */
  readonly slips: readonly Slip[]
  readonly form: Share
  readonly formWrong: readonly string[]
  readonly failed: readonly string[]
}

/** The fields that have a share of their own. */
const judgedFields = ['hetu', 'iban', 'date', 'amount', 'phone', 'postal', 'name', 'address'] as const

/** Holds outcomes against the truth. Every field marked sure counts, also one that nobody wrote. */
export function tallyPages(pages: readonly BenchPage[], outcomes: ReadonlyMap<string, Outcome>): Tally {
  const slips = pages.flatMap((page) => listSlips(page, outcomes.get(page.name)))
  const sure = count(pages, (page) =>
    Object.keys(page.fields).map((field) => outcomes.get(page.name)?.fields[field]?.status === 'sure'),
  )
  const wrong = new Set(slips.map(({ page, field }) => `${page.name} ${field}`))
  const ticks = count(pages, (page) =>
    Object.keys(page.ticks).map((box) => outcomes.get(page.name)?.fields[box]?.value === page.ticks[box]),
  )
  const shareOf = (field: string) =>
    count(pages, (page) => (field in page.fields ? [!wrong.has(`${page.name} ${field}`)] : []))
  const formOf = (page: BenchPage) => outcomes.get(page.name)?.form ?? null
  return {
    pages: pages.length,
    fields: Object.fromEntries(judgedFields.map((field) => [field, shareOf(field)])),
    sure,
    ticks,
    wrongSure: slips.filter(({ status }) => status === 'sure'),
    slips: slips.filter(({ status }) => status !== 'sure'),
    form: count(pages, (page) => (page.form === null ? [] : [formOf(page) === page.form])),
    formWrong: pages
      .filter((page) => formOf(page) !== null && formOf(page) !== page.form)
      .map((page) => `${page.name} (${page.damage}): ${page.form} taken for ${formOf(page)}`),
    failed: pages.flatMap(({ name }) => {
      const failed = outcomes.get(name)?.failed
      return failed === undefined ? [] : [`${name}: ${failed}`]
    }),
  }
}

function listSlips(page: BenchPage, outcome: Outcome | undefined): Slip[] {
  const names = new Set([...Object.keys(page.fields), ...Object.keys(outcome?.fields ?? {})])
  return [...names].flatMap((field): Slip[] => {
    const { value = '', status = 'missing' } = outcome?.fields[field] ?? {}
    const truth = page.fields[field] ?? page.ticks[field]
    // A doubtful guess where nothing stands is a clerk's glance and no slip.
    if (truth === undefined && status !== 'sure') return []
    return truth !== undefined && flatten(field, value) === flatten(field, truth)
      ? []
      : [{ page, field, status, read: value, truth: truth ?? '' }]
  })
}

function count(pages: readonly BenchPage[], judge: (page: BenchPage) => readonly boolean[]): Share {
  const judged = pages.flatMap(judge)
  return toShare(judged.filter(Boolean).length, judged.length)
}

/** A slip in a line, without any identity code, however badly it was read. */
export function describeSlip({ page, field, status, read, truth }: Slip): string {
  const values = /hetu/i.test(field) ? '(identity code)' : maskHetus(`“${read}” for “${truth}”`)
  return `${field.padEnd(9)} ${page.name} ${page.form} ${page.damage}, ${status}: ${values}`
}
