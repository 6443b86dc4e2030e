import { BodyLong, Button, Modal } from '@navikt/ds-react'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

/** Stands over the page until the person has signed in again in another tab; what they were doing stays beneath it. */
export function SessionLost({ open }: { open: boolean }) {
  const t = useTexts(shellTexts).sessionLost
  const { language } = useLanguage()
  return (
    <Modal
      open={open}
      header={{ heading: t.heading, size: 'small', closeButton: false }}
      onClose={() => undefined}
      onBeforeClose={() => false}
      onCancel={(event) => event.preventDefault()}
      width={480}
    >
      <Modal.Body>
        <BodyLong size="small">{t.body}</BodyLong>
      </Modal.Body>
      <Modal.Footer>
        <Button
          as="a"
          size="small"
          href={`/sign-in?language=${language}&return=/signed-in`}
          target="_blank"
          rel="noreferrer"
        >
          {t.action}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}
