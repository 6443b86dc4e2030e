import { BodyShort, FileUpload, Heading, Loader, TextField } from '@navikt/ds-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { useMakeForm } from './forms.ts'

/** Where a blank form is dropped; what the product finds on it opens as a draft. */
export function NewForm() {
  const t = useTexts(adminTexts).forms
  const { states } = useTexts(shellTexts)
  const navigate = useNavigate()
  const make = useMakeForm()
  const [written, setWritten] = useState('1')
  const [name, setName] = useState('')
  const page = Number(written)
  const isPage = Number.isInteger(page) && page >= 1 && page <= 300
  const send = (file: File | undefined) => {
    if (!file || !isPage) return
    setName(file.name)
    make.send({ file, page }, ({ id }) => navigate(`/forms/${id}`))
  }
  return (
    <section className="card stack" aria-labelledby="new-form">
      <Heading level="2" size="small" id="new-form">
        {t.newHeading}
      </Heading>
      {make.isBusy ? (
        <div className="row" role="status">
          <Loader size="medium" title={states.loading} />
          <BodyShort size="small">{t.proposing(name)}</BodyShort>
        </div>
      ) : (
        <>
          <TextField
            size="small"
            type="number"
            inputMode="numeric"
            className="number-field"
            label={t.page}
            value={written}
            min={1}
            max={300}
            error={isPage ? undefined : t.pageWrong}
            onChange={({ target }) => setWritten(target.value)}
          />
          <FileUpload.Dropzone
            label={t.drop}
            description={t.dropHelp}
            multiple={false}
            onSelect={(files) => send(files[0]?.file)}
          />
        </>
      )}
      {make.error && !make.isBusy && <RefusalAlert refusal={make.error} />}
    </section>
  )
}
