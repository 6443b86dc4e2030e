import { Button } from '@navikt/ds-react'
import { Link, useLocation } from 'react-router'
import { useLanguage, useTexts } from '../language/language.tsx'
import { useFilesUnderWay } from '../server/files-under-way.ts'
import { dismissLeftWrite, isOver, type LeftWrite, useLeftWrites } from '../server/left-writes.ts'
import { shellTexts } from '../texts.ts'

/**
 * What became of the writes that were cancelled, or whose page was left while they were under way, and what goes on being
 * sent; on every page.
 */
export function LeftWrites() {
  const writes = useLeftWrites()
  return (
    <div role="status" className="left-writes">
      <Files />
      {writes.map((write) => (
        <Told key={write.key} write={write} />
      ))}
    </div>
  )
}

function Files() {
  const t = useTexts(shellTexts).left
  const { count, path } = useFilesUnderWay()
  const { pathname } = useLocation()
  if (count === 0 || pathname === path) return null
  return (
    <p className="left-write">
      <Link to={path}>{t.files(count)}</Link>
    </p>
  )
}

function Told({ write }: { write: LeftWrite }) {
  const t = useTexts(shellTexts)
  const { language } = useLanguage()
  const what = t.writes[findKind(write.path, t.writes)]
  const words = t.left[write.state](what)
  return (
    <p className={`left-write left-write-${write.state}`}>
      <span>
        {words} {write.refusal?.words[language]}
      </span>
      {isOver(write) && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => dismissLeftWrite(write.key)}>
          {t.form.close}
        </Button>
      )}
    </p>
  )
}

type Kinds = (typeof shellTexts)['fi']['writes']

/** What a write does is the last part of its address. */
function findKind(path: string, kinds: Kinds): keyof Kinds {
  const last = path.split('?')[0]?.split('/').at(-1) ?? ''
  return Object.hasOwn(kinds, last) ? (last as keyof Kinds) : 'other'
}
