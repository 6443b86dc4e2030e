import { useQuery } from '@tanstack/react-query'
import type { AlarmList } from '@tasain/contracts'
import { getJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'

/** Work that waits for nobody, and work that is late or soon will be; of a manager's own district. */
export function useAlarms() {
  return useQuery({
    queryKey: ['alarms'],
    queryFn: ({ signal }) => getJson<AlarmList>('/balancer/alarms', { signal }),
    refetchInterval: polling.calm,
  })
}
