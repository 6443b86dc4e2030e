import { useQuery } from '@tanstack/react-query'
import type { OfficeList, RuleScope } from '@tasain/contracts'
import { useLanguage } from '../language/language.tsx'
import { getJson } from '../server/client.ts'

export type Places = {
  list: OfficeList
  /** The name of an office, district or region in the reader's language; its id while names are not known. */
  name: (id: string) => string
}

const none: OfficeList = { regions: [], districts: [], offices: [] }

/** The nation's offices, districts and regions; they change seldom. */
export function usePlaces(): Places {
  const { language } = useLanguage()
  const { data } = useQuery({
    queryKey: ['offices'],
    queryFn: ({ signal }) => getJson<OfficeList>('/balancer/offices', { signal }),
    staleTime: 600_000,
  })
  const list = data ?? none
  const name = (id: string) => {
    const place = [...list.offices, ...list.districts, ...list.regions].find((one) => one.id === id)
    return place ? (language === 'sv' ? place.nameSv : place.nameFi) : id
  }
  return { list, name }
}

/** The id a rule's scope names, or undefined for the whole nation. */
export function findScopeId(scope: RuleScope): string | undefined {
  if ('office' in scope) return scope.office
  if ('district' in scope) return scope.district
  return 'region' in scope ? scope.region : undefined
}
