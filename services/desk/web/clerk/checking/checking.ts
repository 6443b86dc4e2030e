import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApplicationDetail, ApplicationList, CheckedField, CorrectFields } from '@tasain/contracts'
import { formatDate, isIsoDate } from '@tasain/vocabulary'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'

/** Applications the clerk passed over since the page was loaded; they come last. */
const passedOver = new Set<string>()

export function useCheckList(batch: string | null) {
  return useQuery({
    queryKey: ['check-list', batch],
    queryFn: ({ signal }) => listToCheck(batch, signal),
    refetchInterval: polling.live,
  })
}

/** An application with its fields and pages; asked for again only while its pages are still being read. */
export function useApplication(id: string) {
  return useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) => getJson<ApplicationDetail>(`/intake/applications/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.application.state === 'reading' ? polling.fast : false),
    // Anything fresher would be pulled from under the hands of whoever is typing; the version catches a collision.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  })
}

export function useCorrection(id: string) {
  const queries = useQueryClient()
  return useSending(
    (correction: CorrectFields, key, signal) =>
      postJson<unknown>(`/intake/applications/${id}/corrections`, correction, { key, signal }),
    () => queries.invalidateQueries({ queryKey: ['check-list'] }),
  )
}

export function passOver(id: string): void {
  passedOver.add(id)
}

/** The oldest application to check other than this one; those passed over come last. */
export async function findNextToCheck(current: string, batch: string | null): Promise<string | undefined> {
  const { applications } = await listToCheck(batch)
  const others = applications.map(({ id }) => id).filter((id) => id !== current)
  return others.find((id) => !passedOver.has(id)) ?? others[0]
}

/** Whether a person must look at the field before the application can go on. */
export function needsLook({ status, required }: CheckedField): boolean {
  return status === 'doubtful' || status === 'invalid' || (status === 'missing' && required)
}

/** A value as people write it; dates may come as `2023-06-24`. */
export function showValue({ value }: Pick<CheckedField, 'value'>): string {
  return isIsoDate(value) ? formatDate(value) : value
}

async function listToCheck(batch: string | null, signal?: AbortSignal): Promise<ApplicationList> {
  const path = `/intake/applications?state=to_check${batch === null ? '' : `&batch=${batch}`}`
  return await getJson<ApplicationList>(path, { signal })
}
