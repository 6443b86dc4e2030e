import { type TaskEventPage, taskEventPage } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'

/** What intake asks of the balancer. Throws when it is out of reach, silent for too long or answers oddly. */
export type Balancer = { listEvents: (after: number) => Promise<TaskEventPage> }

/** People wait for the answer, so a silent balancer counts as one that is out of reach. */
const patienceMs = 2_000

export function createBalancer(options: { url: string; privateKey: string }): Balancer {
  return {
    async listEvents(after) {
      const token = await signCaller('intake', options.privateKey, {
        subject: 'intake',
        name: 'intake',
        roles: ['service'],
        office: null,
        district: null,
      })
      const response = await fetch(`${options.url}/events?after=${after}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(patienceMs),
      })
      if (!response.ok) throw new Error(`the balancer answered ${response.status}`)
      return taskEventPage.parse(await response.json())
    },
  }
}
