import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { MoveList, OfficeQueue, TaskReceivers } from '@tasain/contracts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'

/** Where the page of one task is. */
export function pathOfTask(taskId: string): string {
  return `/moves/task/${taskId}`
}

/** Where the queue of an office is shown. */
export function pathOfQueue(office: string): string {
  return `/situation/queue/${encodeURIComponent(office)}`
}

/** What waits in an office, the most urgent first. */
export function useQueue(office: string) {
  return useQuery({
    queryKey: ['queues', office],
    queryFn: ({ signal }) => getJson<OfficeQueue>(`/balancer/queues/${encodeURIComponent(office)}`, { signal }),
    refetchInterval: polling.calm,
  })
}

type Way = { day: string; from: string; to: string }

/** The single moves of a day from one office to another, newest first; asked for only when wanted. */
export function useMovesOf({ day, from, to }: Way, isWanted: boolean) {
  const query = new URLSearchParams({ day, from, to })
  return useQuery({
    queryKey: ['moves', day, from, to],
    queryFn: ({ signal }) => getJson<MoveList>(`/balancer/moves?${query.toString()}`, { signal }),
    enabled: isWanted,
  })
}

/** Where the reader may move a task by hand. */
export function useReceivers(taskId: string) {
  return useQuery({
    queryKey: ['receivers', taskId],
    queryFn: ({ signal }) => getJson<TaskReceivers>(`/balancer/tasks/${taskId}/receivers`, { signal }),
  })
}

/** Moves a task by hand, at once. */
export function useMoveTask(taskId: string) {
  const queries = useQueryClient()
  return useSending(
    (input: { office: string; reason: string }, key, signal) =>
      postJson<{ id: string; office: string }>(`/balancer/tasks/${taskId}/move`, input, { key, signal }),
    async () => {
      await Promise.all(
        ['tasks', 'receivers', 'queues', 'alarms', 'load', 'moves'].map((name) =>
          queries.invalidateQueries({ queryKey: [name] }),
        ),
      )
    },
  )
}
