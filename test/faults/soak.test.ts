import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FieldReading, ReadingFailure } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReaders, type Readers } from '../../services/intake/src/recognition/children.ts'
import { median } from '../bench/reading/counting.ts'
import { createLastingReader, growthOf } from '../bench/reading/known.ts'
import { readMemory } from '../bench/reading/proc.ts'
import { drawForm } from '../samples/form.ts'
import { listTicks } from '../samples/geometry.ts'
import { drawDamage } from '../samples/harm.ts'
import { getLayout, layouts } from '../samples/layouts.ts'
import { createRandom } from '../samples/people.ts'
import { makeBadFiles } from './bad-files.ts'
import { isLong, sized } from './size.ts'

// Good pages with bad ones between them: nobody but a supervised child ends, and every good page is read right.

const goodCount = sized(20, 300)
/** MiB of any child, looked at between two pages. */
const mostMemory = 450
/** Of all that is written on the good pages: else they would be read right by reading nothing. */
const leastSure = 0.85

type Good = {
  readonly name: string
  readonly path: string
  readonly form: string
  readonly truth: Record<string, string>
}
type Bad = { readonly name: string; readonly path: string; readonly codes: readonly ReadingFailure[] }
/** `isSure`: of each field that is written on the page, whether it was marked so. */
type GoodOutcome = { readonly wrong: readonly string[]; readonly isSure: readonly boolean[] }
type Outcome = { readonly name: string; readonly said: readonly string[] }

const folder = mkdtempSync(join(tmpdir(), 'soak-'))
const good: Good[] = []
const bad: Bad[] = []

beforeAll(async () => {
  for (let index = 0; index < goodCount; index++) good.push(await drawGood(index))
  for (const { name, bytes, codes } of await makeBadFiles()) {
    writeFileSync(join(folder, name), bytes)
    bad.push({ name, path: join(folder, name), codes })
  }
  const others = process.env['TASAIN_CORRUPT']
  if (others === undefined) return
  for (const name of readdirSync(others).sort()) bad.push({ name, path: join(others, name), codes: [] })
}, 1_800_000)
afterAll(() => rmSync(folder, { recursive: true }))

async function drawGood(index: number): Promise<Good> {
  const seed = 830_000 + index
  const layout = layouts[index % layouts.length]?.id ?? 'housing-fi'
  const { bytes, fileName, truth } = await drawForm({ layout, seed, damage: drawDamage(createRandom(seed)) })
  const path = join(folder, fileName)
  writeFileSync(path, bytes)
  const ticks = listTicks(getLayout(truth.layout), truth.ticked)
  return { name: fileName, path, form: truth.formCode, truth: { ...truth.fields, ...ticks } }
}

describe('good pages with bad ones between them', () => {
  test('are read right, and each bad one is refused or set aside with its reason', {
    timeout: sized(180, 3_600) * 1_000,
  }, async () => {
    // A queue for each child: then neither is at work when its memory is looked at.
    const lanes = [1, 2].map(() => createReaders({ count: 1 }))
    const memory = watchMemory()
    const read: GoodOutcome[] = []
    const outcomes: Outcome[] = []
    const work = mix(good, bad)
    const next = async (readers: Readers) => {
      for (let item = work.shift(); item !== undefined; item = work.shift()) {
        if ('truth' in item) read.push(await readGood(readers, item))
        else outcomes.push(await readBad(readers, item))
        memory.look(readers, item.name)
      }
    }
    try {
      await Promise.all(lanes.map(next))
    } finally {
      await Promise.all(lanes.map((readers) => readers.stop()))
    }
    console.log(isLong ? listSaid(outcomes) : `${good.length} good, ${bad.length} bad pages`, memory.describe())
    expectRead(read)
    expect(outcomes.map(({ name }) => name).sort()).toEqual(bad.map(({ name }) => name).sort())
    expect(listUnexpected(outcomes)).toEqual([])
    expect(memory.most()).toBeLessThanOrEqual(mostMemory)
    expect(memory.pids().filter(isAlive)).toEqual([])
  })

  test.runIf(isLong)(
    'a child that is never replaced does not grow with its pages',
    { timeout: 3_600_000 },
    async () => {
      const readers = createLastingReader()
      const [read, after]: [GoodOutcome[], number[]] = [[], []]
      const memory = watchMemory()
      try {
        for (const page of good) {
          read.push(await readGood(readers, page))
          after.push(memory.look(readers, page.name))
        }
      } finally {
        await readers.stop()
      }
      const growth = growthOf({ peak: memory.most(), after })
      console.log(`never replaced: at most ${memory.most()} MiB, pages 251-300 ÷ 51-100 ${growth}`)
      expectRead(read)
      expect(memory.most()).toBeLessThanOrEqual(mostMemory)
      expect(growth).toBeLessThanOrEqual(1.1)
    },
  )
})

/** The bad ones spread evenly among the good. */
function mix(pages: readonly Good[], others: readonly Bad[]): (Good | Bad)[] {
  const placed = [
    ...pages.map((item, index) => ({ item, at: (index + 0.5) / pages.length })),
    ...others.map((item, index) => ({ item, at: index / others.length })),
  ]
  return placed.sort((a, b) => a.at - b.at).map(({ item }) => item)
}

/** Reads a good page; `wrong`: what is not as it should be. */
async function readGood(readers: Readers, { name, path, form, truth }: Good): Promise<GoodOutcome> {
  const fail = (why: string): GoodOutcome => ({ wrong: [`${name}: ${why}`], isSure: [] })
  const inspected = await readers.inspect({ path })
  if (!inspected.ok) return fail(inspected.code)
  const read = await readers.readFields({ path, kind: inspected.kind, page: 1 })
  if (!read.ok) return fail(read.code)
  const { fields } = read.reading
  if (read.reading.form?.code !== form) return fail(`read as ${read.reading.form?.code}`)
  const faults = Object.entries(fields).filter(([field, reading]) => isWronglySure(reading, truth[field]))
  return {
    wrong: faults.map(([field, { value }]) => `${name}: ${field} is surely ${value}, not ${truth[field]}`),
    isSure: Object.keys(truth).map((field) => fields[field]?.status === 'sure'),
  }
}

function expectRead(pages: readonly GoodOutcome[]): void {
  expect(pages.flatMap(({ wrong }) => wrong)).toEqual([])
  const isSure = pages.flatMap((page) => page.isSure)
  expect(isSure.filter(Boolean).length / isSure.length).toBeGreaterThanOrEqual(leastSure)
}

const flat = (text: string | undefined) => text?.replace(/\s/g, '')
const isWronglySure = ({ status, value }: FieldReading, truth: string | undefined) =>
  status === 'sure' && flat(value) !== flat(truth)

/** What was said of a bad file, page by page: a refusal's code, or that it was read. */
async function readBad(readers: Readers, { name, path }: Bad): Promise<Outcome> {
  const inspected = await readers.inspect({ path })
  if (!inspected.ok) return { name, said: [inspected.code] }
  const said: string[] = []
  for (let page = 1; page <= inspected.pageCount; page++) {
    const read = await readers.readFields({ path, kind: inspected.kind, page })
    said.push(read.ok ? 'read' : read.code)
  }
  return { name, said }
}

function listUnexpected(outcomes: readonly Outcome[]): Outcome[] {
  const expected = new Map(bad.map(({ name, codes }) => [name, codes as readonly string[]]))
  return outcomes.filter(({ name, said }) => {
    const codes = expected.get(name) ?? []
    return said.length === 0 || (codes.length > 0 && said.some((code) => !codes.includes(code)))
  })
}

const listSaid = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ name, said }) => `${name}: ${[...new Set(said)].join(', ')} (${said.length})`).join('\n')

/** The memory of children between two pages, and after which page it was the most. */
function watchMemory() {
  const seen = new Set<number>()
  const looks: number[] = []
  let [most, mostAfter] = [0, '']
  return {
    look(readers: Readers, name: string): number {
      const here = readers.pids().flatMap((pid) => {
        seen.add(pid)
        return isAlive(pid) ? [readMemory(pid).now] : []
      })
      const now = Math.round(Math.max(0, ...here))
      looks.push(now)
      if (now > most) [most, mostAfter] = [now, name]
      return now
    },
    most: () => most,
    pids: () => [...seen],
    describe: () => ({ most, mostAfter, median: median(looks), children: seen.size }),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
