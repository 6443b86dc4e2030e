import { Alert, BodyShort, Checkbox, Heading, TextField } from '@navikt/ds-react'
import type { Batch } from '@tasain/contracts'
import { type FormEvent, useState } from 'react'
import { showNumber } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { listKeys } from '../../shell/texts.ts'
import type { ClerkTexts } from '../texts.fi.ts'
import { clerkTexts } from '../texts.ts'
import { isOff, useCountSheets } from './batches.ts'

/** Whether the pages stored are those of the sheets counted in, where each of them is, and what waits for the clerk. */
export function TallyCard({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts).tally
  return (
    <section className="card stack">
      <Heading level="2" size="small">
        {t.title}
      </Heading>
      <SheetCount batch={batch} />
      {batch.closedBecause !== null && (
        <BodyShort size="small">
          {t.closedBecause} {batch.closedBecause}
        </BodyShort>
      )}
      <OpenPages batch={batch} />
      <dl className="facts tally">
        {listKeys(t.places).map((place) => (
          <div key={place}>
            <dt>{t.places[place]}</dt>
            <dd>{showNumber(batch.tally[place])}</dd>
          </div>
        ))}
      </dl>
      {batch.closedAt === null && <CountForm key={`${batch.sheetsCounted} ${batch.bothSides}`} batch={batch} />}
    </section>
  )
}

/** Whether as many pages are stored as were counted in; in words where they are not. */
export function SheetCount({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts)
  if (batch.sheetsCounted === null) return <BodyShort size="small">{t.tally.uncounted}</BodyShort>
  return isOff(batch) ? (
    <Alert variant="warning" size="small">
      {describeDifference(batch, t)}
    </Alert>
  ) : (
    <Alert variant="success" size="small">
      {t.batches.matches(batch.sheetsCounted, batch.counts.pages)}
    </Alert>
  )
}

/** What is missing or too many, and what to do about it. */
export function describeDifference(
  { sheetsCounted, bothSides, counts, tally }: Batch,
  { tally: t }: ClerkTexts,
): string {
  const difference = tally.difference ?? 0
  const sheets = (bothSides ? t.countedBoth : t.counted)(sheetsCounted ?? 0)
  return difference < 0 ? t.missing(-difference, sheets, counts.pages) : t.over(difference, sheets, counts.pages)
}

/** Pages that are on their way, or wait for the clerk's word. */
export function OpenPages({ batch: { counts, tally } }: { batch: Batch }) {
  const t = useTexts(clerkTexts).tally
  const lines = [counts.asked > 0 && t.asked(counts.asked), tally.unread > 0 && t.unread(tally.unread)]
  const words = lines.filter((line) => line !== false).join(' ')
  return words === '' ? null : (
    <Alert variant="info" size="small">
      {words}
    </Alert>
  )
}

function CountForm({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts)
  const [sheets, setSheets] = useState(batch.sheetsCounted === null ? '' : String(batch.sheetsCounted))
  const [bothSides, setBothSides] = useState(batch.bothSides)
  const save = useCountSheets(batch.id)
  const sheetsCounted = readCount(sheets)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (sheetsCounted !== undefined) save.send({ sheetsCounted, bothSides }, () => announce(t.tally.saved))
  }
  return (
    <form className="row" onSubmit={submit}>
      <TextField
        size="small"
        label={t.tally.sheets}
        inputMode="numeric"
        htmlSize={6}
        value={sheets}
        onChange={({ target }) => setSheets(target.value)}
        error={sheetsCounted === undefined && t.scan.sheetsWrong}
        autoComplete="off"
      />
      <Checkbox size="small" checked={bothSides} onChange={({ target }) => setBothSides(target.checked)}>
        {t.tally.bothSides}
      </Checkbox>
      <SendButton type="submit" size="small" variant="secondary" isBusy={save.isBusy}>
        {t.tally.save}
      </SendButton>
      {save.error && <RefusalAlert refusal={save.error} />}
    </form>
  )
}

/** The number of sheets written, null when the field is empty, undefined when it is no such number. */
export function readCount(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const count = Number(text)
  return Number.isInteger(count) && count >= 1 && count <= 10_000 ? count : undefined
}
