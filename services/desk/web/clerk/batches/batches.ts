import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Batch, BatchDetail, batchList, OpenBatch, settleScan } from '@tasain/contracts'
import type * as z from 'zod'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'

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
  return useBatchWrite((wanted: OpenBatch, key) => postJson<Batch>('/intake/batches', wanted, { key }))
}

export function useCloseBatch(id: string) {
  return useBatchWrite((_none: undefined, key) => postJson<unknown>(`/intake/batches/${id}/close`, {}, { key }))
}

export function useSettleScan(scanId: string) {
  return useBatchWrite(async (as: Settlement, key) => {
    await postJson<unknown>(`/intake/scans/${scanId}/settle`, { as }, { key })
    return as
  })
}

/** Whether fewer pages are stored than sheets were counted in. */
export function lacksPages({ sheetsCounted, counts }: Batch): boolean {
  return sheetsCounted !== null && counts.pages < sheetsCounted
}

function isSettled({ batch, scans }: BatchDetail): boolean {
  return batch.closedAt !== null && scans.every(({ pages }) => pages.every(({ state }) => state !== 'stored'))
}

function useBatchWrite<Input, Answer>(write: (input: Input, key: string) => Promise<Answer>) {
  const queries = useQueryClient()
  return useSending(write, () => queries.invalidateQueries({ queryKey: ['batches'] }))
}
