import { type HandoverPage, looseHandoverPage, snapshot as snapshotShape } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import * as z from 'zod'

const indexPage = z.object({
  applications: z.array(z.object({ applicationId: z.uuid(), version: z.int() })),
})
export type IndexEntry = z.output<typeof indexPage>['applications'][number]

/** A page of the log; a snapshot that cannot be read is named, and keeps none of the others from being received. */
export type ReadPage = HandoverPage & { unreadable?: UnreadableSnapshot[] }
type UnreadableSnapshot = { position: number; applicationId: string | null; fields: string[] }

/** What the balancer asks of intake. Every call throws when intake is out of reach or answers oddly. */
export type Intake = {
  /** The snapshots after a position; waits up to `waitSeconds` for one to come. */
  listHandovers: (after: number, waitSeconds: number, signal?: AbortSignal) => Promise<ReadPage>
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
    listHandovers: async (after, waitSeconds, signal) => {
      const path = `/handovers?after=${after}&limit=${handoverLimit}&wait=${waitSeconds}`
      return readPage(await get(path, looseHandoverPage, waitSeconds + 15, signal))
    },
    listIndex: async (after) => {
      const query = new URLSearchParams({ limit: String(indexLimit), ...(after !== undefined && { after }) })
      return (await get(`/handovers/index?${query.toString()}`, indexPage, 30)).applications
    },
  }
}

/** Days that the tables can hold, and those that follow from them as well. */
const received = snapshotShape.extend({
  arrivedOn: snapshotShape.shape.arrivedOn.refine((day) => day >= '1900-01-01' && day <= '2199-12-31'),
})

/** Reads a page snapshot by snapshot. */
export function readPage({ cursor, handovers }: z.output<typeof looseHandoverPage>): ReadPage {
  const page = { cursor, handovers: [] as HandoverPage['handovers'], unreadable: [] as UnreadableSnapshot[] }
  for (const { position, snapshot } of handovers) {
    const read = received.safeParse(snapshot)
    if (read.success) page.handovers.push({ position, snapshot: read.data })
    else {
      const id = z.uuid().safeParse(snapshot['applicationId'])
      const fields = read.error.issues.map(({ path }) => path.join('.'))
      page.unreadable.push({ position, applicationId: id.data ?? null, fields })
    }
  }
  return page
}
