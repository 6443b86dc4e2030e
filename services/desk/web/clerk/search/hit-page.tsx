import type { SearchResult } from '@tasain/contracts'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { Viewer } from '../../shell/papers/viewer.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { useApplication } from '../checking/checking.ts'
import { clerkTexts } from '../texts.ts'

type Hit = SearchResult['hits'][number]

/** The page a hit stands on, with the words marked, and ways on from it. */
export function HitPage({ hit }: { hit: Hit }) {
  const t = useTexts(clerkTexts).search
  return (
    <section aria-label={t.page}>
      <p className="row">
        {hit.applicationId && <Link to={`/check/${hit.applicationId}`}>{t.toCheck}</Link>}
        <Link to={`/batches/${hit.batchId}`}>{t.toBatch}</Link>
      </p>
      {hit.applicationId && <HitViewer hit={hit} applicationId={hit.applicationId} />}
    </section>
  )
}

function HitViewer({ hit, applicationId }: { hit: Hit; applicationId: string }) {
  const query = useApplication(applicationId)
  const [shown, setShown] = useState<number>()
  return (
    <QueryView query={query}>
      {({ pages }) => {
        const place =
          shown ??
          Math.max(
            0,
            pages.findIndex(({ id }) => id === hit.pageId),
          )
        const boxes = pages[place]?.id === hit.pageId ? hit.boxes : []
        return <Viewer pages={pages} shown={place} onShow={setShown} boxes={boxes} />
      }}
    </QueryView>
  )
}
