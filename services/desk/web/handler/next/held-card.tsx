import { BodyShort, Button } from '@navikt/ds-react'
import type { HeldTask } from '@tasain/contracts'
import { Link } from 'react-router'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { nameBenefit } from '../../shell/texts.ts'
import { Clocks } from '../case/clocks.tsx'
import { LeaseLeft } from '../case/lease.tsx'
import { handlerTexts } from '../texts.ts'

/** The task in hand, why it was picked, and its clocks. */
export function HeldCard({ task }: { task: HeldTask }) {
  const t = useTexts(handlerTexts)
  const { language } = useLanguage()
  return (
    <article className="card held">
      <div className="row">
        <strong>{nameBenefit(task.benefit, language)}</strong>
        <LeaseLeft until={task.leaseUntil} />
      </div>
      <BodyShort size="small">
        {t.case.why}: {t.pickedBecause[task.pickedBecause]}
      </BodyShort>
      <Clocks task={task} />
      <div>
        <Button as={Link} to={`/tasks/${task.id}`} size="small" variant="secondary">
          {t.next.open}
        </Button>
      </div>
    </article>
  )
}
