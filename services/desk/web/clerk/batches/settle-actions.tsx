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
  const settle = useSettleScan(scan.id)
  const isDuplicate = scan.pages.some(({ state }) => state === 'duplicate')
  const isAside = scan.pages.some(({ state }) => state === 'set_aside')
  if (!isDuplicate && !isAside) return null
  const told: Record<Settlement, string> = {
    new: t.settledNew,
    duplicate: t.settledDuplicate,
    read_again: t.settledAgain,
  }
  const act = (as: Settlement) => settle.send(as, (done) => announce(told[done]))
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
