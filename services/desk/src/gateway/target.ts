export type GatewayHouse = 'intake' | 'balancer'
/** Which allowance a request draws on. */
export type Bucket = 'upload' | 'search' | 'other'
export type Target = { house: GatewayHouse; prefix: string; path: string; bucket: Bucket }

// What a browser may reach. Everything else of the houses (their verification, readiness, hand-over log) is between us.
const rooms: Record<GatewayHouse, string[]> = {
  intake: ['batches', 'uploads', 'scans', 'applications', 'pages', 'search', 'forms', 'requests', 'work'],
  balancer: [
    'tasks',
    'load',
    'offices',
    'rules',
    'moves',
    'plans',
    'alarms',
    'queues',
    'conflicts',
    'staff',
    'requests',
    'work',
  ],
}

/**
 * Where a request below `/api` goes, or undefined when it goes nowhere. The path is passed on as it is, so only plain
 * ones pass: no dots that climb, no escapes that a house might read differently.
 */
export function findTarget(method: string, url: string): Target | undefined {
  const match = /^\/(intake|balancer)(\/([a-z]+)((?:\/[A-Za-z0-9_-]+)*))(\?.*)?$/.exec(url)
  if (!match) return undefined
  const [, house, path = '', room = '', rest = '', query = ''] = match
  if (house !== 'intake' && house !== 'balancer') return undefined
  if (!rooms[house].includes(room)) return undefined
  return { house, prefix: `/api/${house}`, path: path + query, bucket: chooseBucket(method, house, room, rest) }
}

function chooseBucket(method: string, house: GatewayHouse, room: string, rest: string): Bucket {
  if (house === 'intake' && room === 'search') return 'search'
  const isWhole = (room === 'uploads' || room === 'forms') && rest === ''
  const isUpload = method === 'POST' && (isWhole || /^\/[^/]+\/(scans|trials)$/.test(rest))
  return isUpload ? 'upload' : 'other'
}
