import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Batch, BatchDetail, batchList, OpenBatch, settleScan } from '@tasain/contracts'
import type * as z from 'zod'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'

export type Settlement = z.output<typeof settleScan>['as']

export function useBatches() {
  return useQuery({
    queryKey: ['batches'],
    queryFn: ({ signal }) => getJson<z.output<typeof batchList>>('/intake/batches', { signal }),
    refetchInterval: polling.live,
  })
}

/** One batch with its scans, asked for again all the time while something in it is still on its way. */
export function useBatch(id: string) {
  return useQuery({
    queryKey: ['batches', id],
    queryFn: ({ signal }) => getJson<BatchDetail>(`/intake/batches/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? polling.live : polling.fast),
  })
}

export function useOpenBatch() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wanted: OpenBatch) => postJson<Batch>('/intake/batches', wanted),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['batches'] }),
  })
}

export function useCloseBatch(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => postJson<unknown>(`/intake/batches/${id}/close`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['batches'] }),
  })
}

export function useSettleScan() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ scanId, as }: { scanId: string; as: Settlement }) =>
      postJson<unknown>(`/intake/scans/${scanId}/settle`, { as }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['batches'] }),
  })
}

/** Whether fewer pages are stored than sheets were counted in. */
export function lacksPages({ sheetsCounted, counts }: Batch): boolean {
  return sheetsCounted !== null && counts.pages < sheetsCounted
}

function isSettled({ batch, scans }: BatchDetail): boolean {
  return batch.closedAt !== null && scans.every(({ pages }) => pages.every(({ state }) => state !== 'stored'))
}
