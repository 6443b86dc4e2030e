import { useQuery } from '@tanstack/react-query'
import type { ApplicationDetail, HeldTask } from '@tasain/contracts'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { PdfDownload } from '../../shell/papers/pdf-download.tsx'
import { Viewer } from '../../shell/papers/viewer.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { getJson } from '../../shell/server/client.ts'
import { nameBenefit } from '../../shell/texts.ts'
import { useHeldTask } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'
import { CaseActions } from './case-actions.tsx'
import { CaseFields } from './case-fields.tsx'
import { CaseStory } from './case-story.tsx'
import { Clocks } from './clocks.tsx'
import { Lease } from './lease.tsx'
import { LostTask } from './lost-task.tsx'

/** Tapaus: the papers beside the fields, the clocks above, the acts below. */
export function CasePage() {
  const { id = '' } = useParams()
  const t = useTexts(handlerTexts)
  const { language } = useLanguage()
  const query = useHeldTask(id)
  // What was in hand stays known after it has gone, so that a dialog with words in it does not vanish.
  const [task, setTask] = useState<HeldTask>()
  if (query.data && query.data !== task) setTask(query.data)
  const [lostEpoch, setLostEpoch] = useState<number>()
  const isLost = query.data === null || (task !== undefined && lostEpoch === task.epoch)
  return (
    <Page
      title={task ? t.case.title(nameBenefit(task.benefit, language)) : t.case.loading}
      lead={task && !isLost && `${t.case.why}: ${t.pickedBecause[task.pickedBecause]}`}
      wide
    >
      {isLost && <LostTask />}
      <QueryView query={query}>{() => !isLost && task && <Case task={task} />}</QueryView>
      {task && <CaseActions key={task.epoch} task={task} isLost={isLost} onLost={() => setLostEpoch(task.epoch)} />}
    </Page>
  )
}

function Case({ task }: { task: HeldTask }) {
  const t = useTexts(handlerTexts).case
  const query = useQuery({
    queryKey: ['case', task.applicationId],
    queryFn: ({ signal }) =>
      getJson<ApplicationDetail>(`/intake/applications/${task.applicationId}`, { signal, grant: task.viewGrant }),
    enabled: task.hasApplication,
    staleTime: 120_000,
    gcTime: 0,
  })
  return (
    <>
      <div className="card case-top gap-below">
        <Clocks task={task} />
        <Lease task={task} />
      </div>
      {task.hasApplication ? (
        <QueryView query={query} rows={14}>
          {(detail) => <CasePapers task={task} detail={detail} />}
        </QueryView>
      ) : (
        <div className="stack">
          <Empty>{t.noApplication}</Empty>
          <CaseStory taskId={task.id} />
        </div>
      )}
    </>
  )
}

function CasePapers({ task, detail }: { task: HeldTask; detail: ApplicationDetail }) {
  const t = useTexts(handlerTexts).case
  const [shown, setShown] = useState(0)
  const [chosen, setChosen] = useState<string>()
  const field = detail.fields.find(({ name }) => name === chosen)
  const page = detail.pages[shown]
  const choose = (name: string) => {
    setChosen(name)
    const pageId = detail.fields.find((one) => one.name === name)?.pageId
    const place = detail.pages.findIndex(({ id }) => id === pageId)
    if (place >= 0) setShown(place)
  }
  return (
    <div className="split">
      {detail.pages.length === 0 ? (
        <Empty>{t.noPapers}</Empty>
      ) : (
        <Viewer
          pages={detail.pages}
          shown={shown}
          onShow={setShown}
          boxes={field?.box && field.pageId === page?.id ? [field.box] : []}
          grant={task.viewGrant}
        />
      )}
      <div className="stack">
        <CaseFields detail={detail} chosen={chosen} onChoose={choose} />
        {detail.pages.length > 0 && <PdfDownload applicationId={detail.application.id} grant={task.viewGrant} />}
        <CaseStory taskId={task.id} />
      </div>
    </div>
  )
}
