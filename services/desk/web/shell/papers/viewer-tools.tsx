import {
  ChevronLeftIcon,
  ChevronRightIcon,
  ExpandIcon,
  RotateRightIcon,
  ZoomMinusIcon,
  ZoomPlusIcon,
} from '@navikt/aksel-icons'
import { Button } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

type Props = {
  place: number
  count: number
  zoom: number
  onStep: (by: number) => void
  onZoom: (by: number) => void
  onFit: () => void
  onTurn: () => void
}

export function ViewerTools({ place, count, zoom, onStep, onZoom, onFit, onTurn }: Props) {
  const t = useTexts(shellTexts).viewer
  return (
    <div className="viewer-tools" role="toolbar" aria-label={t.tools}>
      <Tool label={t.zoomOut} icon={<ZoomMinusIcon aria-hidden />} onClick={() => onZoom(-1)} />
      <span className="viewer-zoom">{zoom} %</span>
      <Tool label={t.zoomIn} icon={<ZoomPlusIcon aria-hidden />} onClick={() => onZoom(1)} />
      <Tool label={t.fit} icon={<ExpandIcon aria-hidden />} onClick={onFit} />
      <Tool label={t.rotate} icon={<RotateRightIcon aria-hidden />} onClick={onTurn} />
      <span className="bar-space" />
      {count > 1 && (
        <Tool
          label={t.previous}
          icon={<ChevronLeftIcon aria-hidden />}
          onClick={place === 0 ? undefined : () => onStep(-1)}
        />
      )}
      <span className="viewer-place">{t.page(place + 1, count)}</span>
      {count > 1 && (
        <Tool
          label={t.next}
          icon={<ChevronRightIcon aria-hidden />}
          onClick={place === count - 1 ? undefined : () => onStep(1)}
        />
      )}
    </div>
  )
}

type ToolProps = { label: string; icon: ReactNode; onClick: (() => void) | undefined }

/** A tool in a bar above a paper; off while there is nothing it could do. */
export function Tool({ label, icon, onClick }: ToolProps) {
  return (
    <Button
      type="button"
      size="small"
      variant="tertiary"
      data-color="neutral"
      icon={icon}
      title={label}
      aria-label={label}
      disabled={onClick === undefined}
      onClick={onClick}
    />
  )
}
