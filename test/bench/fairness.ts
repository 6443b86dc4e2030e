import type { ApplicationDetail, Batch, Stored } from '@tasain/contracts'
import { drawForm } from '../samples/form.ts'
import { speakAs, startTestStack, type TestStack, type Voice } from '../support/stack.ts'
import { startAttack } from './fairness/attack.ts'
import { type Benchmark, quantile, round } from './figures.ts'

const parts = ['upload', 'view', 'export', 'read'] as const
type Times = Record<(typeof parts)[number], number[]>

const mostRounds = 20
/** A phase ends after so long, with as many rounds as there were. */
const phaseMs = 110_000
/** What is refused, or not answered by then, counts as if it had taken so long. */
const patienceMs = 60_000

/**
 * What a clerk waits for while another clerk of another office does the worst that one person can: p95 under attack over p95
 * in quiet of storing a page, looking at it, exporting its application, and of its being read. The bar is 5.
 */
export const run: Benchmark = async ({ say, pages: rounds = mostRounds }) => {
  const stack = await startTestStack()
  try {
    const clerk = speakAs(stack, 'intake', 'clerk-vaasa')
    const batch = (await clerk.post<Batch>('/batches', {})).body.id
    const pages: Buffer[] = []
    for (let seed = 0; seed < 2 * rounds + 1; seed += 1) pages.push(await drawPage(seed))
    await measure(clerk, batch, pages.splice(0, 1))
    const quiet = await measure(clerk, batch, pages.splice(0, rounds))
    say(`measured in quiet: ${quiet.read.length} rounds; the attack begins`)
    const attack = await startAttack(aim(stack))
    const attacked = await measure(clerk, batch, pages)
    await attack.stop()
    const figures: Record<string, number> = { rounds: attacked.upload.length }
    say('                 quiet p95     under attack p95')
    for (const part of parts) {
      const [before, after] = [quantile(quiet[part], 0.95), quantile(attacked[part], 0.95)]
      figures[`${part}Ratio`] = round(after / before, 2)
      figures[`${part}Quiet`] = round(before)
      figures[`${part}Attacked`] = round(after)
      say(
        `${part.padEnd(12)} ${`${round(before)} ms`.padStart(13)} ${`${round(after)} ms`.padStart(15)}   × ${round(after / before, 2)}`,
      )
    }
    say(`the other clerk's answers: ${[...attack.answers].map(([what, times]) => `${what}: ${times}`).join(', ')}`)
    return figures
  } finally {
    await stack.remove()
  }
}

function aim(stack: TestStack) {
  const voice = speakAs(stack, 'intake', 'clerk-lahti')
  return { voice, port: stack.ports.intake, authorize: voice.authorize }
}

async function drawPage(seed: number): Promise<Buffer> {
  return (await drawForm({ layout: 'housing-fi', seed: 2_000 + seed, damage: 'clean' })).bytes
}

/** One page after another: stored, looked at, exported, and waited for until it has been read. */
async function measure(clerk: Voice, batch: string, pages: readonly Buffer[]): Promise<Times> {
  const times: Times = { upload: [], view: [], export: [], read: [] }
  const end = performance.now() + phaseMs
  for (const bytes of pages) {
    if (performance.now() > end) break
    const started = performance.now()
    const scan = await time(times.upload, async () => {
      const { status, body } = await clerk.upload<Stored>(`/batches/${batch}/scans`, bytes, 'page.jpg')
      return status === 201 ? body.scan : undefined
    })
    if (!scan) continue
    await time(times.view, async () => await succeed(clerk, `/pages/${scan.pages[0]?.id}/image`))
    await time(times.export, async () => await succeed(clerk, `/applications/${scan.applicationId}/pdf`))
    times.read.push(await waitForReading(clerk, scan.applicationId ?? '', started))
  }
  return times
}

async function time<T>(times: number[], work: () => Promise<T | undefined>): Promise<T | undefined> {
  const started = performance.now()
  const done = await work().catch(() => undefined)
  times.push(done === undefined ? patienceMs : performance.now() - started)
  return done
}

async function succeed(clerk: Voice, path: string): Promise<true | undefined> {
  const response = await clerk.fetch(path, { signal: AbortSignal.timeout(patienceMs) })
  await response.arrayBuffer()
  return response.status === 200 ? true : undefined
}

async function waitForReading(clerk: Voice, applicationId: string, started: number): Promise<number> {
  while (performance.now() - started < patienceMs) {
    const { body } = await clerk.get<ApplicationDetail>(`/applications/${applicationId}`)
    if (body.application.state !== 'reading') return performance.now() - started
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return patienceMs
}
