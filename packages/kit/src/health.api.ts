import type { WorkState } from '@tasain/contracts'
import type { Door } from './door.ts'
import { getWorkHealth } from './health.ts'
import type { Log } from './log.ts'

/** GET /work: background work that keeps failing, for those who must know of it. */
export function mountWorkHealth<S, A extends string>(door: Pick<Door<S, A>, 'list'>, action: A, log: Log): void {
  door.list('/work', action, {}, () => {
    const failing = getWorkHealth(log).listFailing()
    const state: WorkState = { degraded: failing.map(({ work, since }) => ({ work, since: since.toISOString() })) }
    return Promise.resolve(state)
  })
}
