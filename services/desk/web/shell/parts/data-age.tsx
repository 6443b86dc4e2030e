import { ExclamationmarkTriangleFillIcon } from '@navikt/aksel-icons'
import { BodyShort } from '@navikt/ds-react'
import { createContext, useContext, useEffect, useId, useState } from 'react'
import { showTime } from '../language/format.ts'
import { useTexts } from '../language/language.tsx'
import { useLine } from '../server/line.ts'
import { shellTexts } from '../texts.ts'

/** By part of the page, when what it shows came from the server, in milliseconds since the epoch. */
export type Ages = Readonly<Record<string, number>>
type Report = (part: string, at: number | undefined) => void

export const AgeContext = createContext<Report>(() => undefined)

const tickMs = 5_000
const youngMs = 60_000

/** Collects what the parts of a page report about their age. */
export function useAges(): [Ages, Report] {
  const [ages, setAges] = useState<Ages>({})
  const [report] = useState<Report>(() => (part: string, at: number | undefined) => {
    setAges(({ [part]: _before, ...others }) => (at === undefined ? others : { ...others, [part]: at }))
  })
  return [ages, report]
}

/** Reports to the page when a part of it was last renewed; undefined while it shows nothing. */
export function useReportAge(at: number | undefined): void {
  const report = useContext(AgeContext)
  const part = useId()
  useEffect(() => report(part, at), [report, part, at])
  useEffect(() => () => report(part, undefined), [report, part])
}

/** How old the oldest of what a page shows is: the time alone while it is renewed, and how long ago once it is not. */
export function DataAge({ ages }: { ages: Ages }) {
  const t = useTexts(shellTexts).line
  const { downSince } = useLine()
  const now = useNow()
  const times = Object.values(ages)
  if (times.length === 0) return null
  const at = Math.min(...times)
  const minutes = Math.floor((now - at) / 60_000)
  const isOld = now - at >= youngMs
  return (
    <BodyShort as="div" size="small" className={downSince === null ? 'quiet' : 'state-doubt'}>
      {downSince !== null && <ExclamationmarkTriangleFillIcon aria-hidden />} {t.at(showTime(at))}
      {isOld && `, ${t.ago(minutes)}`}
      {downSince !== null && `. ${t.old}`}
    </BodyShort>
  )
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
