import { BodyLong, Button, Heading, Loader } from '@navikt/ds-react'
import { type ComponentType, lazy, useEffect, useRef, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

const pauses = [500, 2_000]

/** Thrown by a page whose code did not come: the line was cut, or a newer version has taken the place of the files. */
export class PageNotLoaded extends Error {}

/** One page of a module that comes when it is first needed. While it does, `PageLoading` stands in its place. */
export function lazyPage<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  return lazyPart(load, name)
}

/** One part of a page that comes after it, within a `Suspense` that says what stands in its place. */
export function lazyPart<K extends string, P extends object>(
  load: () => Promise<Record<K, ComponentType<P>>>,
  name: K,
) {
  return lazy<ComponentType<P>>(async () => ({ default: (await loadPatiently(load))[name] }))
}

async function loadPatiently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  try {
    return await load()
  } catch (cause) {
    throw new PageNotLoaded('a page could not be loaded', { cause })
  }
}

export function PageLoading() {
  const t = useTexts(shellTexts).states
  return (
    <div className="page-loading" role="status">
      <Loader size="xlarge" title={t.loading} />
    </div>
  )
}

/**
 * Says that a page did not come. Trying again loads everything afresh, which brings a new version too; but only once the
 * server answers, for without it nothing at all would be left on the screen.
 */
export function NotLoaded() {
  const t = useTexts(shellTexts).notLoaded
  const [hasFailed, setFailed] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const retry = async () => {
    setFailed(false)
    const answer = await fetch('/', { cache: 'no-store' }).catch(() => undefined)
    if (answer?.ok) window.location.reload()
    else setFailed(true)
  }
  return (
    <section className="lone">
      <Heading level="1" size="medium" spacing ref={heading} tabIndex={-1}>
        {t.title}
      </Heading>
      <BodyLong size="small" spacing>
        {t.body}
      </BodyLong>
      <Button size="small" onClick={() => void retry()}>
        {t.action}
      </Button>
      <BodyLong size="small" role="status">
        {hasFailed && t.still}
      </BodyLong>
    </section>
  )
}
