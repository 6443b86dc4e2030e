import {
  ArrowRightLeftIcon,
  BarChartIcon,
  FileSearchIcon,
  FolderIcon,
  InboxDownIcon,
  InformationSquareIcon,
  MagnifyingGlassIcon,
  PersonIcon,
  TasklistIcon,
} from '@navikt/aksel-icons'
import type { Role } from '@tasain/contracts'
import type { ComponentType } from 'react'
import { NavLink } from 'react-router'
import { useTexts } from '../language/language.tsx'
import { useSession } from '../server/session.tsx'
import { shellTexts } from '../texts.ts'

export type PlaceName = keyof (typeof shellTexts)['fi']['places']
export const paths: Record<PlaceName, string> = {
  scan: '/scan',
  batches: '/batches',
  check: '/check',
  search: '/search',
  tasks: '/tasks',
  situation: '/situation',
  moves: '/moves',
  rules: '/rules',
  duties: '/duties',
}
const icons: Record<PlaceName, ComponentType<{ 'aria-hidden': boolean }>> = {
  scan: InboxDownIcon,
  batches: FolderIcon,
  check: TasklistIcon,
  search: MagnifyingGlassIcon,
  tasks: FileSearchIcon,
  situation: BarChartIcon,
  moves: ArrowRightLeftIcon,
  rules: InformationSquareIcon,
  duties: PersonIcon,
}
const byRole: Record<Role, PlaceName[]> = {
  clerk: ['scan', 'batches', 'check', 'search'],
  handler: ['tasks'],
  manager: ['situation', 'moves', 'rules'],
  auditor: ['duties', 'situation', 'moves', 'rules'],
  admin: ['duties', 'rules'],
  service: [],
}

/** Where the roles a person holds let them go, in order; everybody has somewhere. */
export function listPlaces(roles: readonly Role[]): PlaceName[] {
  const places = [...new Set(roles.flatMap((role) => byRole[role]))]
  return places.length === 0 ? ['duties'] : places
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
