import { BodyShort } from '@navikt/ds-react'
import type { ScanSummary } from '@tasain/contracts'
import { Link } from 'react-router'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { clerkTexts } from '../texts.ts'
import { type Settlement, useSettleScan } from './batches.ts'

/** What to do with a duplicate or with pages that were set aside. */
export function SettleActions({ scan }: { scan: ScanSummary }) {
  const t = useTexts(clerkTexts).batches
  const settle = useSettleScan()
  const isDuplicate = scan.pages.some(({ state }) => state === 'duplicate') && scan.settledAs === null
  const isConfirmed = scan.settledAs === 'duplicate'
  const isAside = scan.pages.some(({ state }) => state === 'set_aside')
  if (!isDuplicate && !isConfirmed && !isAside) return null
  const told: Record<Settlement, string> = {
    new: t.settledNew,
    duplicate: t.settledDuplicate,
    undecided: t.settledUndecided,
    read_again: t.settledAgain,
  }
  const act = (as: Settlement) => settle.send({ scanId: scan.id, as }, (done) => announce(told[done]))
  const { isBusy, answer: settled, error } = settle
  return (
    <div className="scan-settle">
      {isDuplicate && scan.duplicateOf && (
        <BodyShort size="small">
          {t.twin}{' '}
          <Link to={`/batches/${scan.duplicateOf.batchId}`}>{t.twinLink(showMoment(scan.duplicateOf.storedAt))}</Link>
        </BodyShort>
      )}
      <div className="row">
        {isDuplicate && (
          <>
            <SendButton size="xsmall" variant="secondary" isBusy={isBusy} onClick={() => act('duplicate')}>
              {t.settleDuplicate}
            </SendButton>
            <SendButton size="xsmall" variant="tertiary" isBusy={isBusy} onClick={() => act('new')}>
              {t.settleNew}
            </SendButton>
          </>
        )}
        {isConfirmed && (
          <SendButton size="xsmall" variant="tertiary" isBusy={isBusy} onClick={() => act('undecided')}>
            {t.undoDuplicate}
          </SendButton>
        )}
        {isAside && (
          <SendButton size="xsmall" variant="secondary" isBusy={isBusy} onClick={() => act('read_again')}>
            {t.readAgain}
          </SendButton>
        )}
      </div>
      {settled && (
        <BodyShort size="small" className="quiet">
          {told[settled]}
        </BodyShort>
      )}
      {error && <RefusalAlert refusal={error} />}
    </div>
  )
}
