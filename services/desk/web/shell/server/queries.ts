import { QueryClient } from '@tanstack/react-query'
import { onLineBack } from './line.ts'
import { ServerRefusal } from './refusal.ts'

/** How often live figures are asked for again, in milliseconds. */
export const polling = { fast: 1_500, live: 4_000, calm: 15_000 } as const

/**
 * The one cache of the page. Only what may pass by itself is asked for again. Nothing waits for a network that the browser
 * believes to be away: a question fails in words, and a write must never leave later than it was meant to.
 */
export function createQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 1_000,
        retry: (failures, thrown) => failures < 2 && thrown instanceof ServerRefusal && thrown.mayPass,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  // What never goes stale is under somebody's hands.
  onLineBack(() => void queries.refetchQueries({ type: 'active', stale: true }))
  return queries
}
