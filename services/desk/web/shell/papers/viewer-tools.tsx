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
        <Tool label={t.previous} icon={<ChevronLeftIcon aria-hidden />} onClick={() => onStep(-1)} off={place === 0} />
      )}
      <span className="viewer-place">{t.page(place + 1, count)}</span>
      {count > 1 && (
        <Tool
          label={t.next}
          icon={<ChevronRightIcon aria-hidden />}
          onClick={() => onStep(1)}
          off={place === count - 1}
        />
      )}
    </div>
  )
}

type ToolProps = { label: string; icon: ReactNode; onClick: () => void; off?: boolean }

function Tool({ label, icon, onClick, off = false }: ToolProps) {
  return (
    <Button
      type="button"
      size="small"
      variant="tertiary"
      data-color="neutral"
      icon={icon}
      title={label}
      aria-label={label}
      disabled={off}
      onClick={onClick}
    />
  )
}
