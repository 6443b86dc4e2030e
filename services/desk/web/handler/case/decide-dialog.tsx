import { BodyLong, Button, Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { listKeys, shellTexts } from '../../shell/texts.ts'
import { useAct } from '../tasks.ts'
import type { HandlerTexts } from '../texts.fi.ts'
import { handlerTexts } from '../texts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

type Outcome = keyof HandlerTexts['outcomes']

/** Päätä: outcome and grounds, then a second look before it is final. */
export function DecideDialog({ task, open, onClose, onDone }: ActDialogProps) {
  const t = useTexts(handlerTexts)
  const { form } = useTexts(shellTexts)
  const act = useAct(task, 'decision')
  const [outcome, setOutcome] = useState<Outcome>()
  const [grounds, setGrounds] = useState('')
  const [isReviewing, setIsReviewing] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const isComplete = outcome !== undefined && grounds.trim() !== ''
  const submit = () => {
    setIsTried(true)
    if (!isComplete) return
    if (isReviewing) act.mutate({ outcome, grounds: grounds.trim() }, { onSuccess: onDone })
    else setIsReviewing(true)
  }
  return (
    <ActDialog
      heading={isReviewing ? t.decide.reviewHeading : t.decide.heading}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isReviewing ? t.decide.confirm : t.decide.review}
      busy={act.isPending}
      refusal={act.error}
      extra={
        isReviewing && (
          <Button type="button" size="small" variant="secondary" onClick={() => setIsReviewing(false)}>
            {t.decide.edit}
          </Button>
        )
      }
    >
      {isReviewing && outcome ? (
        <>
          <dl className="facts">
            <div>
              <dt>{t.decide.outcome}</dt>
              <dd>{t.outcomes[outcome]}</dd>
            </div>
          </dl>
          <BodyLong size="small" className="grounds">
            {grounds}
          </BodyLong>
          <BodyLong size="small">{t.decide.reviewBody}</BodyLong>
        </>
      ) : (
        <>
          <RadioGroup
            size="small"
            legend={t.decide.outcome}
            value={outcome ?? ''}
            onChange={(value: Outcome) => setOutcome(value)}
            error={isTried && outcome === undefined && form.required}
          >
            {listKeys(t.outcomes).map((key) => (
              <Radio key={key} value={key}>
                {t.outcomes[key]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea
            size="small"
            label={t.decide.grounds}
            description={t.decide.groundsHelp}
            value={grounds}
            onChange={({ target }) => setGrounds(target.value)}
            maxLength={4000}
            minRows={4}
            error={isTried && grounds.trim() === '' && form.required}
          />
        </>
      )}
    </ActDialog>
  )
}
