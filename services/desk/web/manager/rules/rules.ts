import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RuleList, RuleVersion, WriteRule } from '@tasain/contracts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { reasonTexts } from '../../shell/reasons/texts.ts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
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
  return useRuleWrite((rule: WriteRule) =>
    postJson<RuleVersion>(id === undefined ? '/balancer/rules' : `/balancer/rules/${id}/versions`, rule),
  )
}

export function useEndRule(id: string) {
  return useRuleWrite((reason: string) => postJson<RuleVersion>(`/balancer/rules/${id}/end`, { reason }))
}

export function useRestoreRule(id: string) {
  return useRuleWrite((restored: { version: number; reason: string }) =>
    postJson<RuleVersion>(`/balancer/rules/${id}/restore`, restored),
  )
}

export function useApproveRule(id: string) {
  return useRuleWrite((version: number) => postJson<RuleVersion>(`/balancer/rules/${id}/approve`, { version }))
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

function useRuleWrite<T>(write: (input: T) => Promise<RuleVersion>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      await queries.invalidateQueries({ queryKey: ['load'] })
    },
  })
}
