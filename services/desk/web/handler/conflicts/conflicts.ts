import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ConflictList, DeclareConflict, EndWithReason } from '@tasain/contracts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { useSending } from '../../shell/server/sending.ts'

const queryKey = ['conflicts']

/** The handler's own conflicts of interest. */
export function useConflicts() {
  return useQuery({ queryKey, queryFn: ({ signal }) => getJson<ConflictList>('/balancer/conflicts', { signal }) })
}

export function useDeclareConflict() {
  const queries = useQueryClient()
  return useSending(
    (conflict: DeclareConflict, key) => postJson<unknown>('/balancer/conflicts', conflict, { key }),
    // What is in hand may have been of that person.
    () => Promise.all([queries.invalidateQueries({ queryKey }), queries.invalidateQueries({ queryKey: ['tasks'] })]),
  )
}

export function useEndConflict(id: string) {
  const queries = useQueryClient()
  return useSending(
    (end: EndWithReason, key) => postJson<unknown>(`/balancer/conflicts/${id}/end`, end, { key }),
    () => queries.invalidateQueries({ queryKey }),
  )
}
