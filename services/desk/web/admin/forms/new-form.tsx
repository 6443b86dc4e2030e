import { Alert, BodyShort, Button, FileUpload, Heading, Loader, Select, TextField } from '@navikt/ds-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { FormRefusal } from './form-refusal.tsx'
import { useMakeForm } from './forms.ts'

/** A draft made of one page of a file that has more. */
type Made = { id: string; file: File; page: number; pages: number }

/** Where a blank form is dropped; what the product finds on it opens as a draft. */
export function NewForm() {
  const t = useTexts(adminTexts).forms
  const { states } = useTexts(shellTexts)
  const navigate = useNavigate()
  const make = useMakeForm()
  const [written, setWritten] = useState('1')
  const [name, setName] = useState('')
  const [made, setMade] = useState<Made>()
  const page = Number(written)
  const isPage = Number.isInteger(page) && page >= 1 && page <= 300
  const send = (file: File | undefined, from: number) => {
    if (!file || !isPage) return
    setName(file.name)
    setMade(undefined)
    make.send({ file, page: from }, ({ id, pages = 1 }) =>
      pages > 1 ? setMade({ id, file, page: from, pages }) : navigate(`/forms/${id}`),
    )
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
          {made && <OnePage made={made} onMake={(other) => send(made.file, other)} />}
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
            onSelect={(files) => send(files[0]?.file, page)}
          />
        </>
      )}
      {make.error && !make.isBusy && <FormRefusal refusal={make.error} own={t.refusals} />}
    </section>
  )
}

/** Says which page of a file a draft was made of, and makes one of another. */
function OnePage({ made: { id, file, page, pages }, onMake }: { made: Made; onMake: (page: number) => void }) {
  const t = useTexts(adminTexts).forms
  const [chosen, setChosen] = useState(page === pages ? 1 : page + 1)
  const others = Array.from({ length: pages }, (_, index) => index + 1).filter((one) => one !== page)
  return (
    <Alert variant="info" size="small" role="status">
      <BodyShort size="small" spacing>
        {t.pageOf(file.name, page, pages)}
      </BodyShort>
      <div className="row row-low">
        <Button as={Link} to={`/forms/${id}`} size="small">
          {t.openDraft}
        </Button>
        <Select
          size="small"
          label={t.otherPage}
          value={chosen}
          onChange={({ target }) => setChosen(Number(target.value))}
        >
          {others.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
        <SendButton size="small" variant="secondary" isBusy={false} onClick={() => onMake(chosen)}>
          {t.fromPage(chosen)}
        </SendButton>
      </div>
    </Alert>
  )
}
