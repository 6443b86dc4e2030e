import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HeldTask, MyTasks, NextTask, TaskStory } from '@tasain/contracts'
import { getJson, postJson } from '../shell/server/client.ts'
import { polling } from '../shell/server/queries.ts'

/** What can be done with a task in hand, by the last part of its address. */
export type Act = 'decision' | 'information-request' | 'return' | 'recusal'

export function useMyTasks() {
  return useQuery({
    queryKey: ['tasks', 'mine'],
    queryFn: ({ signal }) => getJson<MyTasks>('/balancer/tasks/mine', { signal }),
    refetchInterval: polling.calm,
  })
}

export function useNextTask() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => postJson<NextTask>('/balancer/tasks/next'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  })
}

/** A task in one's hands; asked for again each minute, since its view grant lives five. */
export function useHeldTask(id: string) {
  return useQuery({
    queryKey: ['tasks', id],
    queryFn: ({ signal }) => getJson<HeldTask>(`/balancer/tasks/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : 60_000),
  })
}

export function useStory(id: string) {
  return useQuery({
    queryKey: ['tasks', id, 'story'],
    queryFn: ({ signal }) => getJson<TaskStory>(`/balancer/tasks/${id}/story`, { signal }),
  })
}

export function useExtendLease({ id, epoch }: HeldTask) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => postJson<HeldTask>(`/balancer/tasks/${id}/lease`, { epoch }),
    onSuccess: (task) => queries.setQueryData(['tasks', id], task),
  })
}

export function useAct({ id, epoch }: HeldTask, act: Act) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Readonly<Record<string, unknown>>) =>
      postJson<unknown>(`/balancer/tasks/${id}/${act}`, { ...body, epoch }),
    onSuccess: () => {
      // What belongs to a task that is no longer in hand must not stay in the page's memory.
      queries.removeQueries({ queryKey: ['case'] })
      queries.removeQueries({ queryKey: ['page-image'] })
      return queries.invalidateQueries({ queryKey: ['tasks', 'mine'] })
    },
  })
}
