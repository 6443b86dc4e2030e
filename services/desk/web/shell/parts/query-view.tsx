import { Alert, Skeleton } from '@navikt/ds-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { showTime } from '../language/format.ts'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { useReportAge } from './data-age.tsx'
import { RefusalAlert } from './refusal-alert.tsx'

type Props<T> = {
  query: UseQueryResult<T>
  rows?: number
  /** What somebody works on keeps as it was fetched: its age says nothing. */
  isWorkedOn?: boolean
  children: (data: T) => ReactNode
}

/** What came of asking: a skeleton, then the data, or why not; data that can no longer be renewed stays under a banner. */
export function QueryView<T>({ query, rows = 5, isWorkedOn = false, children }: Props<T>) {
  useReportAge(isWorkedOn || query.data === undefined ? undefined : query.dataUpdatedAt)
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <StaleBanner since={query.dataUpdatedAt} />}
        {children(query.data)}
      </>
    )
  if (query.isError) return <RefusalAlert refusal={query.error} onRetry={() => void query.refetch()} />
  return <ListSkeleton rows={rows} />
}

function StaleBanner({ since }: { since: number }) {
  const t = useTexts(shellTexts).states
  return (
    <Alert variant="warning" size="small" className="gap-below" role="status">
      {t.stale(showTime(since))}
    </Alert>
  )
}

function ListSkeleton({ rows }: { rows: number }) {
  const t = useTexts(shellTexts).states
  return (
    <div role="status" aria-label={t.loading}>
      <Skeleton variant="rounded" height={rows * 36} />
    </div>
  )
}
