import { createReaders, type Readers } from '../../../services/intake/src/recognition/children.ts'
import { median } from './counting.ts'
import { readPageFields } from './known.ts'
import type { BenchPage } from './pages.ts'

const rounds = 4

/** The throughput of two children ÷ that of one, by the clock: the median of rounds that take turns, once all are warm. */
export async function compareTwoToOne(pages: readonly BenchPage[]): Promise<number | null> {
  const [one, two] = [createReaders({ count: 1 }), createReaders({ count: 2 })]
  try {
    await Promise.all([...pages.slice(0, 4).map((page) => readPageFields(two, page)), time(one, pages.slice(0, 2))])
    const gains: number[] = []
    for (let round = 0; round < rounds; round++) {
      const single = async () => pages.length / (await time(one, pages))
      const double = async () => (2 * pages.length) / (await time(two, [...pages, ...pages]))
      const first = round % 2 === 0 ? await single() : await double()
      const second = round % 2 === 0 ? await double() : await single()
      gains.push(round % 2 === 0 ? second / first : first / second)
    }
    return median(gains)
  } finally {
    await Promise.all([one.stop(), two.stop()])
  }
}

async function time(readers: Readers, pages: readonly BenchPage[]): Promise<number> {
  const started = performance.now()
  await Promise.all(pages.map((page) => readPageFields(readers, page)))
  return performance.now() - started
}
