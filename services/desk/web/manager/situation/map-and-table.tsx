import { Button, ToggleGroup } from '@navikt/ds-react'
import type { LoadTable as LoadFigures } from '@tasain/contracts'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { managerTexts } from '../texts.ts'
import { findChoice, isChosen } from './choice.ts'
import { FinlandMap } from './finland-map.tsx'
import { chooseBounds } from './levels.ts'
import { sumByDistrict, toRow } from './load.ts'
import { LoadTable } from './load-table.tsx'
import { nameArea } from './outline.ts'

/** The queue days of the nation on a map and in a table; what is chosen in one is shown in both. */
export function MapAndTable({ figures }: { figures: LoadFigures }) {
  const t = useTexts(managerTexts).situation
  const places = usePlaces()
  const { language } = useLanguage()
  const [byOffice, setByOffice] = useState(false)
  const offices = figures.offices.map(toRow)
  const choice = findChoice(
    useSearchParams()[0],
    offices.map(({ district }) => district),
  )
  const shown = choice ? offices.filter(({ district }) => isChosen(choice, district)) : offices
  const bounds = chooseBounds(figures.nationQueueDays)
  return (
    <>
      <div className="row">
        <ToggleGroup
          size="small"
          aria-label={t.show}
          value={byOffice ? 'offices' : 'districts'}
          onChange={(value) => setByOffice(value === 'offices')}
        >
          <ToggleGroup.Item value="districts">{t.districts}</ToggleGroup.Item>
          <ToggleGroup.Item value="offices">{t.offices}</ToggleGroup.Item>
        </ToggleGroup>
        {choice && (
          <>
            <span>{t.chosen('area' in choice ? nameArea(choice.area, language) : places.name(choice.district))}</span>
            {!byOffice && (
              <Button type="button" size="xsmall" variant="tertiary" onClick={() => setByOffice(true)}>
                {t.officesOf}
              </Button>
            )}
            <Button as={Link} to="?" replace preventScrollReset size="xsmall" variant="tertiary">
              {t.clear}
            </Button>
          </>
        )}
      </div>
      <div className="map-and-table">
        <FinlandMap rows={offices} bounds={bounds} places={places} choice={choice} />
        <LoadTable
          rows={byOffice ? shown : sumByDistrict(offices)}
          byOffice={byOffice}
          bounds={bounds}
          places={places}
          choice={choice}
        />
      </div>
    </>
  )
}
