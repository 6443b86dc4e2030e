import { TrashIcon } from '@navikt/aksel-icons'
import { Alert, BodyShort, Button, FileUpload, Heading, Loader } from '@navikt/ds-react'
import type { FormDraft } from '@tasain/contracts'
import { useTexts } from '../../shell/language/language.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { FormRefusal } from './form-refusal.tsx'
import { TrialPage } from './trial-page.tsx'
import type { Trial, useTrials } from './trials.ts'

type Props = { trials: ReturnType<typeof useTrials>; draft: FormDraft }

/** Filled copies read by the form as it stands, for a look before it is published. */
export function TrialPanel({ trials, draft }: Props) {
  const t = useTexts(adminTexts).trial
  return (
    <div className="stack">
      <BodyShort size="small">{t.lead}</BodyShort>
      <FileUpload.Dropzone
        label={t.drop}
        description={t.dropHelp}
        multiple
        onSelect={(files) => trials.add(files.map(({ file }) => file))}
      />
      {trials.trials.map((trial) => (
        <TrialResult key={trial.id} trial={trial} draft={draft} onRemove={() => trials.remove(trial.id)} />
      ))}
    </div>
  )
}

type ResultProps = { trial: Trial; draft: FormDraft; onRemove: () => void }

function TrialResult({ trial: { name, result, refusal }, draft, onRemove }: ResultProps) {
  const t = useTexts(adminTexts).trial
  const { states } = useTexts(shellTexts)
  const isUnderWay = result === undefined && refusal === undefined
  return (
    <section className="card trial" aria-label={name}>
      <div className="row gap-below">
        <Heading level="3" size="xsmall">
          {name}
        </Heading>
        <span className="bar-space" />
        {!isUnderWay && (
          <Button
            type="button"
            size="xsmall"
            variant="tertiary"
            icon={<TrashIcon aria-hidden />}
            aria-label={`${t.remove}: ${name}`}
            title={t.remove}
            onClick={onRemove}
          />
        )}
      </div>
      {isUnderWay && (
        <div className="row" role="status">
          <Loader size="small" title={states.loading} />
          <BodyShort size="small">{t.reading(name)}</BodyShort>
        </div>
      )}
      {refusal !== undefined && <FormRefusal refusal={refusal} own={t.refusals} />}
      {result?.pages.map((page) => (
        <TrialPage key={page.page} name={t.page(name, page.page)} page={page} draft={draft} />
      ))}
      {result && result.left > 0 && (
        <Alert variant="info" size="small">
          {t.left(result.left)}
        </Alert>
      )}
    </section>
  )
}
