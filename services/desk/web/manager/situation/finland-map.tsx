import { Link } from 'react-router'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { reasonTexts } from '../moves/reason-texts.ts'
import { managerTexts } from '../texts.ts'
import { type Choice, isChosen, pathOfChoice } from './choice.ts'
import { type Bounds, judgeLevel } from './levels.ts'
import { type LoadRow, sumRows } from './load.ts'
import { Hatches, Legend } from './map-legend.tsx'
import { type Area, areas, attribution, locate, mapSize, nameArea } from './outline.ts'

type Props = { rows: readonly LoadRow[]; bounds: Bounds; places: Places; choice: Choice | undefined }

/** Queue days by area, coloured and hatched, with the offices as dots; the table beside it says the same. */
export function FinlandMap({ rows, bounds, places, choice }: Props) {
  const t = useTexts(managerTexts).situation
  const { language } = useLanguage()
  const chosen = choice && 'area' in choice ? choice.area : undefined
  return (
    <figure className="map">
      <svg viewBox={`0 0 ${mapSize.width} ${mapSize.height}`}>
        <title>{t.mapLabel}</title>
        <Hatches />
        {areas.map((area) => (
          <AreaShape key={area.name} area={area} rows={rows} bounds={bounds} isOne={area.name === chosen} />
        ))}
        {chosen && <path d={areas.find(({ name }) => name === chosen)?.path} className="area-outline" />}
        <g className="dots">
          {places.list.offices.map(({ id, lat, lon }) => {
            const point = locate(lat, lon)
            const row = rows.find((one) => one.id === id)
            return (
              row && (
                <circle
                  key={id}
                  cx={point.x}
                  cy={point.y}
                  r={isChosen(choice, row.district) ? 6 : 3}
                  className={`dot dot-${judgeLevel(row.queueDays, bounds)}`}
                />
              )
            )
          })}
        </g>
      </svg>
      <Legend bounds={bounds} />
      <figcaption className="quiet">{attribution[language]}</figcaption>
    </figure>
  )
}

type AreaProps = { area: Area; rows: readonly LoadRow[]; bounds: Bounds; isOne: boolean }

function AreaShape({ area, rows, bounds, isOne }: AreaProps) {
  const t = useTexts(managerTexts).situation
  const { days } = useTexts(reasonTexts)
  const { language } = useLanguage()
  const own = rows.filter(({ district }) => area.districts.includes(district))
  const { queueDays } = sumRows(area.name, area.name, own)
  const level = judgeLevel(queueDays, bounds)
  const label = t.area(nameArea(area.name, language), days(queueDays))
  return (
    <Link
      to={pathOfChoice(isOne ? undefined : { area: area.name })}
      replace
      preventScrollReset
      aria-label={label}
      aria-current={isOne}
      className="area"
    >
      <title>{label}</title>
      <path d={area.path} className={`area-fill area-${level}`} />
      <path d={area.path} className="area-hatch" fill={`url(#hatch-${level})`} />
    </Link>
  )
}
