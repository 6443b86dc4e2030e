import { Checkbox, Select, TextField } from '@navikt/ds-react'
import { type Channel, newObject } from '@tasain/contracts'
import { benefits, isBenefit, isLanguage, judgeArrival, languages } from '@tasain/vocabulary'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { getToday } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { DateField } from '../../shell/parts/date-field.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { listKeys, nameBenefit, shellTexts } from '../../shell/texts.ts'
import { useOpenBatch } from '../batches/batches.ts'
import { readCount } from '../batches/tally-card.tsx'
import { clerkTexts } from '../texts.ts'
import { ArrivalQuestion } from './arrival-question.tsx'

type Cover = {
  channel: Channel
  benefit: string
  spoken: string
  arrivedOn: string | null
  sheets: string
  bothSides: boolean
}

/** The cover of a batch: how and when the papers came, and what is known of all of them. */
export function OpenBatchForm() {
  const t = useTexts(clerkTexts).scan
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const navigate = useNavigate()
  const open = useOpenBatch()
  const draft = useDraft<Cover>(['batch', newObject], {
    channel: 'office_paper',
    benefit: '',
    spoken: '',
    arrivedOn: getToday(),
    sheets: '',
    bothSides: false,
  })
  const { channel, benefit, spoken, arrivedOn, sheets, bothSides } = draft.value
  const [confirmedOld, setConfirmedOld] = useState<string>()
  const [isAsked, setIsAsked] = useState(false)
  const count = readCount(sheets)
  const arrival = arrivedOn === null ? 'good' : judgeArrival(arrivedOn, getToday())
  const isConfirmed = arrival === 'good' || (arrival === 'old' && confirmedOld === arrivedOn)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsAsked(!isConfirmed)
    if (count === undefined || arrivedOn === null || !isConfirmed) return
    const cover = {
      channel,
      benefit: isBenefit(benefit) ? benefit : null,
      language: isLanguage(spoken) ? spoken : null,
      arrivedOn,
      ...(arrival === 'old' && { confirmOld: true }),
      sheetsCounted: count,
      bothSides,
    }
    open.send(cover, ({ id }) => {
      draft.done()
      return navigate(`/scan/${id}`)
    })
  }
  return (
    <form onSubmit={submit} className="stack">
      <div className="form-grid">
        <Select
          size="small"
          label={t.channel}
          value={channel}
          onChange={({ target }) =>
            draft.change({ channel: listKeys(shell.channels).find((key) => key === target.value) ?? channel })
          }
        >
          {listKeys(shell.channels).map((key) => (
            <option key={key} value={key}>
              {shell.channels[key]}
            </option>
          ))}
        </Select>
        <DateField
          key={draft.state.revision}
          label={t.arrivedOn}
          value={arrivedOn}
          onChange={(day) => draft.change({ arrivedOn: day })}
          max={getToday()}
          required
        />
        <Select
          size="small"
          label={t.benefit}
          value={benefit}
          onChange={({ target }) => draft.change({ benefit: target.value })}
        >
          <option value="">{t.unknown}</option>
          {benefits.map((code) => (
            <option key={code} value={code}>
              {nameBenefit(code, language)}
            </option>
          ))}
        </Select>
        <Select
          size="small"
          label={t.language}
          value={spoken}
          onChange={({ target }) => draft.change({ spoken: target.value })}
        >
          <option value="">{t.unknown}</option>
          {languages.map((code) => (
            <option key={code} value={code}>
              {shell.languages[code]}
            </option>
          ))}
        </Select>
        <TextField
          size="small"
          label={t.sheets}
          inputMode="numeric"
          value={sheets}
          onChange={({ target }) => draft.change({ sheets: target.value })}
          error={count === undefined && t.sheetsWrong}
          autoComplete="off"
        />
        <Checkbox
          size="small"
          checked={bothSides}
          onChange={({ target }) => draft.change({ bothSides: target.checked })}
        >
          {t.bothSides}
        </Checkbox>
      </div>
      <ArrivalQuestion
        arrivedOn={arrivedOn}
        arrival={arrival}
        isConfirmed={isConfirmed}
        isAsked={isAsked}
        onConfirm={(isRight) => setConfirmedOld(isRight ? (arrivedOn ?? undefined) : undefined)}
      />
      <p className="quiet hint">
        {t.coverHelp} {t.sheetsHelp}
      </p>
      <DraftNote draft={draft} />
      {open.error && <RefusalAlert refusal={open.error} />}
      <div>
        <SendButton type="submit" size="small" isBusy={open.isBusy}>
          {t.open}
        </SendButton>
      </div>
    </form>
  )
}
