import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EndWithReason, RegisterStaff, StaffList } from '@tasain/contracts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { useSending } from '../../shell/server/sending.ts'

const queryKey = ['staff']

/** Own staff of the offices that are the reader's to see to. */
export function useStaff() {
  return useQuery({ queryKey, queryFn: ({ signal }) => getJson<StaffList>('/balancer/staff', { signal }) })
}

export function useRegisterStaff() {
  const queries = useQueryClient()
  return useSending(
    (person: RegisterStaff, key) => postJson<unknown>('/balancer/staff', person, { key }),
    () => queries.invalidateQueries({ queryKey }),
  )
}

export function useEndStaff(id: string) {
  const queries = useQueryClient()
  return useSending(
    (end: EndWithReason, key) => postJson<unknown>(`/balancer/staff/${id}/end`, end, { key }),
    () => queries.invalidateQueries({ queryKey }),
  )
}
