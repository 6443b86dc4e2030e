import { BodyLong, Button, Modal } from '@navikt/ds-react'
import { focusManager, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { getAwayMs } from '../server/presence.ts'
import { shellTexts } from '../texts.ts'

const warnAfterMs = 26 * 60_000

/**
 * A page left alone must not keep its session alive by asking for news: after a while it stops asking, warns, and goes
 * on when somebody answers.
 */
export function IdleWarning() {
  const t = useTexts(shellTexts).idle
  const queries = useQueryClient()
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    if (idle) return
    const timer = setInterval(() => {
      if (getAwayMs() < warnAfterMs) return
      focusManager.setFocused(false)
      setIdle(true)
    }, 15_000)
    return () => clearInterval(timer)
  }, [idle])
  const goOn = () => {
    focusManager.setFocused(undefined)
    setIdle(false)
    void queries.invalidateQueries()
  }
  return (
    <Modal open={idle} onClose={goOn} header={{ heading: t.heading, size: 'small', closeButton: false }} width={420}>
      <Modal.Body>
        <BodyLong size="small">{t.body}</BodyLong>
      </Modal.Body>
      <Modal.Footer>
        <Button type="button" size="small" onClick={goOn}>
          {t.action}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}
