import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { DecideLift, EndWithReason, LiftList } from '@tasain/contracts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'

const queryKey = ['lifts']

/** Requests of the office to lift a protection that wait for a second person. */
export function useLifts() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<LiftList>('/intake/applications/lifts', { signal }),
    refetchInterval: polling.calm,
  })
}

export function useAskLift(id: string) {
  return useSending(
    (asked: EndWithReason, key) => postJson<unknown>(`/intake/applications/${id}/lift`, asked, { key }),
    useRenewal(id),
  )
}

export function useDecideLift(id: string) {
  return useSending(
    (decision: DecideLift, key) => postJson<unknown>(`/intake/applications/${id}/lift/decision`, decision, { key }),
    useRenewal(id),
  )
}

function useRenewal(id: string) {
  const queries = useQueryClient()
  return () =>
    Promise.all([queries.invalidateQueries({ queryKey }), queries.invalidateQueries({ queryKey: ['application', id] })])
}
