import { QueryClient } from '@tanstack/react-query'
import { ServerRefusal } from './refusal.ts'

/** How often live figures are asked for again, in milliseconds. */
export const polling = { fast: 1_500, live: 4_000, calm: 15_000 } as const

/** The one cache of the page. Only what may pass by itself is asked for again. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, thrown) => failures < 2 && thrown instanceof ServerRefusal && thrown.mayPass,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  })
}
