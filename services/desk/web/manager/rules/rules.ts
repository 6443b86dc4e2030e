import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RuleList, RuleVersion, WriteRule } from '@tasain/contracts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { reasonTexts } from '../../shell/reasons/texts.ts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'
import { managerTexts } from '../texts.ts'
import { nameScope, sayRule } from './rule-words.ts'

export function useRules() {
  return useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => getJson<RuleList>('/balancer/rules', { signal }),
    refetchInterval: polling.live,
  })
}

/** All versions of one rule, newest first. */
export function useRuleVersions(id: string) {
  return useQuery({
    queryKey: ['rules', id],
    queryFn: ({ signal }) => getJson<RuleList>(`/balancer/rules/${id}/versions`, { signal }),
    refetchInterval: polling.live,
  })
}

/** Writes a new rule, or with an id a new version of that rule. */
export function useWriteRule(id: string | undefined) {
  return useRuleWrite<WriteRule>(id === undefined ? '' : `/${id}/versions`)
}

export function useEndRule(id: string) {
  return useRuleWrite<{ reason: string }>(`/${id}/end`)
}

export function useRestoreRule(id: string) {
  return useRuleWrite<{ version: number; reason: string }>(`/${id}/restore`)
}

export function useApproveRule(id: string) {
  return useRuleWrite<{ version: number }>(`/${id}/approve`)
}

/** Names a rule by what plans call it, `<id>@<version>`: where it holds and what it says. */
export function useRuleNames(places: Places): (id: string) => string {
  const t = useTexts(managerTexts)
  const { ruleUnknown } = useTexts(reasonTexts)
  const { language } = useLanguage()
  const rules = useRules().data?.rules ?? []
  return (name) => {
    const rule = rules.find(({ id }) => id === name.split('@')[0])
    return rule ? `${nameScope(rule.scope, places, t)}: ${sayRule(rule.value, t, language)}` : ruleUnknown
  }
}

function useRuleWrite<Input>(path: string) {
  const queries = useQueryClient()
  return useSending(
    (input: Input, key) => postJson<RuleVersion>(`/balancer/rules${path}`, input, { key }),
    async () => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      await queries.invalidateQueries({ queryKey: ['load'] })
    },
  )
}
