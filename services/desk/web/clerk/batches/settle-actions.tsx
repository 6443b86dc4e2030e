import { BodyShort, Button } from '@navikt/ds-react'
import type { ScanSummary } from '@tasain/contracts'
import { Link } from 'react-router'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { clerkTexts } from '../texts.ts'
import { type Settlement, useSettleScan } from './batches.ts'

/** What to do with a duplicate or with pages that were set aside. */
export function SettleActions({ scan }: { scan: ScanSummary }) {
  const t = useTexts(clerkTexts).batches
  const settle = useSettleScan()
  const isDuplicate = scan.pages.some(({ state }) => state === 'duplicate')
  const isAside = scan.pages.some(({ state }) => state === 'set_aside')
  if (!isDuplicate && !isAside) return null
  const told: Record<Settlement, string> = {
    new: t.settledNew,
    duplicate: t.settledDuplicate,
    read_again: t.settledAgain,
  }
  const act = (as: Settlement) => settle.mutate({ scanId: scan.id, as }, { onSuccess: () => announce(told[as]) })
  const isBusy = settle.isPending
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
            <Button type="button" size="xsmall" variant="secondary" loading={isBusy} onClick={() => act('duplicate')}>
              {t.settleDuplicate}
            </Button>
            <Button type="button" size="xsmall" variant="tertiary" loading={isBusy} onClick={() => act('new')}>
              {t.settleNew}
            </Button>
          </>
        )}
        {isAside && (
          <Button type="button" size="xsmall" variant="secondary" loading={isBusy} onClick={() => act('read_again')}>
            {t.readAgain}
          </Button>
        )}
      </div>
      {settle.isSuccess && (
        <BodyShort size="small" className="quiet">
          {told[settle.variables.as]}
        </BodyShort>
      )}
      {settle.isError && <RefusalAlert refusal={settle.error} />}
    </div>
  )
}
