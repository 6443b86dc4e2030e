import { type HandoverPage, handoverPage } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import * as z from 'zod'

const indexPage = z.object({
  applications: z.array(z.object({ applicationId: z.uuid(), version: z.int() })),
})
export type IndexEntry = z.output<typeof indexPage>['applications'][number]

/** What the balancer asks of intake. Every call throws when intake is out of reach or answers oddly. */
export type Intake = {
  /** The snapshots after a position; waits up to `waitSeconds` for one to come. */
  listHandovers: (after: number, waitSeconds: number, signal?: AbortSignal) => Promise<HandoverPage>
  /** Every application handed over with its latest version, in order of id, a page at a time. */
  listIndex: (after: string | undefined) => Promise<IndexEntry[]>
}

const handoverLimit = 500
const indexLimit = 5_000

export function createIntake(options: { url: string; privateKey: string }): Intake {
  const get = async <T>(path: string, shape: z.ZodType<T>, seconds: number, signal?: AbortSignal): Promise<T> => {
    const token = await signCaller('balancer', options.privateKey, {
      subject: 'balancer',
      name: 'balancer',
      roles: ['service'],
      office: null,
      district: null,
    })
    const deadline = AbortSignal.timeout(seconds * 1_000)
    const response = await fetch(`${options.url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    })
    if (!response.ok) throw new Error(`intake answered ${response.status}`)
    return shape.parse(await response.json())
  }
  return {
    listHandovers: (after, waitSeconds, signal) =>
      get(
        `/handovers?after=${after}&limit=${handoverLimit}&wait=${waitSeconds}`,
        handoverPage,
        waitSeconds + 15,
        signal,
      ),
    listIndex: async (after) => {
      const query = new URLSearchParams({ limit: String(indexLimit), ...(after !== undefined && { after }) })
      return (await get(`/handovers/index?${query.toString()}`, indexPage, 30)).applications
    },
  }
}
