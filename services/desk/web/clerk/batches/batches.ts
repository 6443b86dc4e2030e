import { useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ArrangeBatch,
  Batch,
  BatchDetail,
  batchList,
  CloseBatch,
  CountSheets,
  OpenBatch,
  settleScan,
} from '@tasain/contracts'
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
  return useBatchWrite((wanted: OpenBatch, key, signal) => postJson<Batch>('/intake/batches', wanted, { key, signal }))
}

export function useCloseBatch(id: string) {
  return useBatchWrite((how: CloseBatch, key, signal) =>
    postJson<unknown>(`/intake/batches/${id}/close`, how, { key, signal }),
  )
}

export function useCountSheets(id: string) {
  return useBatchWrite((count: CountSheets, key, signal) =>
    postJson<unknown>(`/intake/batches/${id}/count`, count, { key, signal }),
  )
}

/** Settles a file that was scanned before, or has pages that could not be read. */
export function useSettleScan() {
  return useBatchWrite(async ({ scanId, as }: { scanId: string; as: Settlement }, key, signal) => {
    await postJson<unknown>(`/intake/scans/${scanId}/settle`, { as }, { key, signal })
    return as
  })
}

export function useArrange(id: string) {
  return useBatchWrite((wish: ArrangeBatch, key, signal) =>
    postJson<unknown>(`/intake/batches/${id}/arrange`, wish, { key, signal }),
  )
}

export function useUndo(id: string) {
  return useBatchWrite((changeId: string, key, signal) =>
    postJson<unknown>(`/intake/batches/${id}/undo`, { changeId }, { key, signal }),
  )
}

/** Whether other pages are stored than were counted in. */
export function isOff({ tally }: Batch): boolean {
  return tally.difference !== null && tally.difference !== 0
}

function isSettled({ batch, scans }: BatchDetail): boolean {
  return batch.closedAt !== null && scans.every(({ pages }) => pages.every(({ state }) => state !== 'stored'))
}

function useBatchWrite<Input, Answer>(write: (input: Input, key: string, signal: AbortSignal) => Promise<Answer>) {
  const queries = useQueryClient()
  return useSending(write, async () => {
    // Which pages an application has may have changed with the batch.
    await Promise.all(
      ['batches', 'application', 'check-list'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    )
  })
}
