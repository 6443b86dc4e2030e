import {
  ArrowRightLeftIcon,
  BarChartIcon,
  FileSearchIcon,
  FileTextIcon,
  FolderIcon,
  InboxDownIcon,
  InformationSquareIcon,
  MagnifyingGlassIcon,
  PersonCrossIcon,
  PersonGroupIcon,
  PersonIcon,
  TasklistIcon,
} from '@navikt/aksel-icons'
import type { ComponentType } from 'react'
import { NavLink } from 'react-router'
import { useTexts } from '../language/language.tsx'
import { useSession } from '../server/session.tsx'
import { shellTexts } from '../texts.ts'
import { listPlaces, type PlaceName, paths } from './place-rights.ts'

const icons: Record<PlaceName, ComponentType<{ 'aria-hidden': boolean }>> = {
  scan: InboxDownIcon,
  batches: FolderIcon,
  check: TasklistIcon,
  search: MagnifyingGlassIcon,
  tasks: FileSearchIcon,
  conflicts: PersonCrossIcon,
  situation: BarChartIcon,
  moves: ArrowRightLeftIcon,
  rules: InformationSquareIcon,
  staff: PersonGroupIcon,
  forms: FileTextIcon,
  duties: PersonIcon,
}
export function Navigation() {
  const t = useTexts(shellTexts)
  const { roles } = useSession()
  return (
    <nav className="side" aria-label={t.navigation}>
      <ul>
        {listPlaces(roles).map((place) => {
          const Icon = icons[place]
          return (
            <li key={place}>
              <NavLink to={paths[place]}>
                <Icon aria-hidden />
                <span>{t.places[place]}</span>
              </NavLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
