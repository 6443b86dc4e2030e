import {
  COMING_DAYS,
  type PlanComing,
  type PlanRule,
  type PlanSnapshot,
  type PlanWork,
  planSnapshotSchema,
} from '@tasain/contracts/plan'

/** A snapshot that cannot be planned on; `field` is the path of the first offending value, `rules[3].scope` for one. */
export class SnapshotError extends Error {
  readonly field: string
  constructor(field: string, problem: string) {
    super(`snapshot: ${field}: ${problem}`)
    this.name = 'SnapshotError'
    this.field = field
  }
}

const { shape } = planSnapshotSchema
const restSchema = planSnapshotSchema.omit({ work: true, coming: true })

/** Checks shape and references, those of work to offices apart. Throws SnapshotError naming the field. */
export function parseSnapshot(value: unknown): PlanSnapshot {
  const rest = parse(restSchema, value, [])
  const { work, coming }: { work?: unknown; coming?: unknown } = Object(value)
  const snapshot: PlanSnapshot = { ...rest, work: parseRows('work', work, shape.work, isWork) }
  if (coming !== undefined) snapshot.coming = parseRows('coming', coming, shape.coming.unwrap(), isComing)
  const places = checkPlaces(snapshot)
  snapshot.pools.forEach((pool, i) => {
    checkKnown(places.office, pool.office, `pools[${i}].office`, 'office')
  })
  snapshot.used?.forEach((spent, i) => {
    if (spent.office !== undefined) checkKnown(places.office, spent.office, `used[${i}].office`, 'office')
  })
  checkRules(snapshot.rules, places)
  return snapshot
}

/**
 * Work that lies in no office of the snapshot is set aside, and the rest can be planned: one bad row stops nobody. What is
 * still to come there is left out.
 */
export function setStraysAside(snapshot: PlanSnapshot): { snapshot: PlanSnapshot; strays: PlanWork[] } {
  const offices = new Set(snapshot.offices.map(({ id }) => id))
  const isKnown = ({ office }: { office: string }) => offices.has(office)
  const { work, coming = [] } = snapshot
  if (work.every(isKnown) && coming.every(isKnown)) return { snapshot, strays: [] }
  const rest = { ...snapshot, work: work.filter(isKnown), coming: coming.filter(isKnown) }
  return { snapshot: rest, strays: work.filter((row) => !isKnown(row)) }
}

type Parser<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false; error: Failure } }
type Failure = { issues: readonly { path: readonly PropertyKey[]; message: string }[] }

function parse<T>(schema: Parser<T>, value: unknown, at: readonly PropertyKey[]): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new SnapshotError(writePath([...at, ...(issue?.path ?? [])]), issue?.message ?? 'is not a snapshot')
}

/** Rows are by far the most of a snapshot: they are looked at in place, and only one that looks wrong is parsed. */
function parseRows<Row>(
  key: 'work' | 'coming',
  rows: unknown,
  list: Parser<Row[]> & { element: Parser<Row> },
  isRow: (row: unknown) => row is Row,
): Row[] {
  if (!Array.isArray(rows)) return parse(list, rows, [key])
  return rows.every(isRow) ? rows : rows.map((row, i) => (isRow(row) ? row : parse(list.element, row, [key, i])))
}

function isWork(row: unknown): row is PlanWork {
  if (!isAnyRow(row)) return false
  const { tasks, movable }: { tasks?: unknown; movable?: unknown } = row
  return isCount(tasks) && (movable === undefined || typeof movable === 'boolean')
}

function isComing(row: unknown): row is PlanComing {
  if (!isAnyRow(row)) return false
  const { inDays }: { inDays?: unknown } = row
  return isCount(inDays) && Number(inDays) >= 1 && Number(inDays) <= COMING_DAYS
}

/** What both kinds of rows have. */
function isAnyRow(row: unknown): row is object {
  if (typeof row !== 'object' || row === null) return false
  const { office, benefit, language, slackDays, minutes, protected: isProtected }: Partial<PlanComing> = row
  return (
    isId(office) &&
    isId(benefit) &&
    isId(language) &&
    Number.isSafeInteger(slackDays) &&
    isCount(minutes) &&
    (isProtected === undefined || typeof isProtected === 'boolean')
  )
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

type Places = { office: Set<string>; district: Set<string>; region: Set<string> }

function checkPlaces(snapshot: PlanSnapshot): Places {
  const office = new Set<string>()
  const regionOf = new Map<string, string>()
  snapshot.offices.forEach((each, i) => {
    if (office.has(each.id)) throw new SnapshotError(`offices[${i}].id`, `"${each.id}" is there twice`)
    office.add(each.id)
    const region = regionOf.get(each.district) ?? each.region
    if (region !== each.region)
      throw new SnapshotError(`offices[${i}].region`, `district "${each.district}" lies in "${region}" as well`)
    regionOf.set(each.district, region)
  })
  const district = new Set(regionOf.keys())
  const region = new Set(regionOf.values())
  snapshot.offices.forEach((each, i) => {
    for (const key of ['district', 'region'] as const)
      if (office.has(each[key])) throw new SnapshotError(`offices[${i}].${key}`, `"${each[key]}" is an office's id too`)
    if (region.has(each.district))
      throw new SnapshotError(`offices[${i}].district`, `"${each.district}" is a region's id too`)
  })
  return { office, district, region }
}

function checkRules(rules: readonly PlanRule[], places: Places): void {
  const ids = new Set<string>()
  rules.forEach((rule, i) => {
    const at = `rules[${i}]`
    if (ids.has(rule.id)) throw new SnapshotError(`${at}.id`, `"${rule.id}" is there twice`)
    ids.add(rule.id)
    for (const [kind, place] of Object.entries(rule.scope ?? {}))
      if (kind === 'office' || kind === 'district' || kind === 'region')
        checkKnown(places[kind], place, `${at}.scope.${kind}`, kind)
    if (rule.from !== undefined && rule.to !== undefined && rule.from > rule.to)
      throw new SnapshotError(`${at}.to`, 'lies before "from"')
    if (rule.kind === 'quota')
      for (const end of ['giver', 'receiver'] as const) {
        const known = [places.office, places.district, places.region].some((set) => set.has(rule[end]))
        if (!known) throw new SnapshotError(`${at}.${end}`, `no office, district or region "${rule[end]}"`)
      }
  })
  checkLifts(rules)
}

/** Rules that lift each other in a circle would leave nobody able to say which of them holds. */
function checkLifts(rules: readonly PlanRule[]): void {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const done = new Set<string>()
  const open = new Set<string>()
  const visit = (rule: PlanRule): void => {
    if (done.has(rule.id)) return
    const at = `rules[${rules.indexOf(rule)}].lifts`
    if (open.has(rule.id)) throw new SnapshotError(at, `"${rule.id}" is lifted in a circle`)
    open.add(rule.id)
    for (const id of rule.lifts ?? []) {
      const lifted = byId.get(id)
      if (lifted !== undefined) visit(lifted)
    }
    open.delete(rule.id)
    done.add(rule.id)
  }
  rules.forEach(visit)
}

function checkKnown(known: ReadonlySet<string>, id: string, field: string, what: string): void {
  if (!known.has(id)) throw new SnapshotError(field, `no ${what} "${id}"`)
}

function writePath(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return written === '' ? '(root)' : written.replace(/^\./, '')
}
