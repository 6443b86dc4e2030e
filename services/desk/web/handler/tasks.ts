import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HeldTask, MyTasks, NextTask } from '@tasain/contracts'
import { useNavigate } from 'react-router'
import { getJson, postJson } from '../shell/server/client.ts'
import { polling } from '../shell/server/queries.ts'
import { toRefusal } from '../shell/server/refusal.ts'
import { useSending } from '../shell/server/sending.ts'

/** What can be done with a task in hand, by the last part of its address. */
export type Act = 'decision' | 'information-request' | 'return' | 'recusal'

export function useMyTasks() {
  return useQuery({
    queryKey: ['tasks', 'mine'],
    queryFn: ({ signal }) => listMine(signal),
    refetchInterval: polling.calm,
  })
}

/** Fetches the next task, or the one in hand, and opens it; without one the answer says how many wait. */
export function useNextTask() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const next = useSending(
    (_none: undefined, key) => postJson<NextTask>('/balancer/tasks/next', {}, { key }),
    () => queries.invalidateQueries({ queryKey: ['tasks'] }),
    // A task that came after all stands in hand, and asking again gives the same.
    { isFree: true },
  )
  const open = ({ task }: NextTask) => task && navigate(`/tasks/${task.id}`)
  return { ...next, fetchNext: (then: (answer: NextTask) => unknown = open) => next.send(undefined, then) }
}

/**
 * A task in one's hands, or null when it is not there or no longer; asked for again each minute, since its view grant
 * lives five. The list of one's own is asked first: it always has an answer.
 */
export function useHeldTask(id: string) {
  return useQuery({
    queryKey: ['tasks', id],
    queryFn: async ({ signal }) => {
      const { held } = await listMine(signal)
      return held.some((task) => task.id === id) ? await getJson<HeldTask>(`/balancer/tasks/${id}`, { signal }) : null
    },
    refetchInterval: ({ state }) => (state.data ? chooseInterval(state.data) : false),
  })
}

export function useExtendLease({ id, epoch }: HeldTask) {
  const queries = useQueryClient()
  return useSending(
    (_none: undefined, key, signal) => postJson<HeldTask>(`/balancer/tasks/${id}/lease`, { epoch }, { key, signal }),
    (task) => queries.setQueryData(['tasks', id], task),
  )
}

export function useAct({ id, epoch }: HeldTask, act: Act) {
  const queries = useQueryClient()
  return useSending(
    (body: Readonly<Record<string, unknown>>, key, signal) =>
      postJson<unknown>(`/balancer/tasks/${id}/${act}`, { ...body, epoch }, { key, signal }),
    () => {
      // What belongs to a task that is no longer in hand must not stay in the page's memory.
      queries.removeQueries({ queryKey: ['case'] })
      queries.removeQueries({ queryKey: ['page-image'] })
      return queries.invalidateQueries({ queryKey: ['tasks', 'mine'] })
    },
  )
}

/** Whether a refusal says that the task has left one's hands: the lease ran out, or another's decision came first. */
export function saysLost(refusal: unknown): boolean {
  return refusal instanceof Error && ['task.not_held', 'request.not_found'].includes(toRefusal(refusal).code)
}

/** Each minute, and right after the lease should have run out. */
function chooseInterval({ leaseUntil }: HeldTask): number {
  const left = new Date(leaseUntil).getTime() - Date.now()
  return left < -500 ? 5_000 : Math.min(60_000, left + 1_000)
}

async function listMine(signal: AbortSignal): Promise<MyTasks> {
  return await getJson<MyTasks>('/balancer/tasks/mine', { signal })
}
