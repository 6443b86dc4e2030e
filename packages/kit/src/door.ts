import {
  type Caller,
  cancelRequestPath,
  cancelRequest as cancelRequestShape,
  findReach,
  type Reach,
  type Role,
} from '@tasain/contracts'
import { isId, newId } from '@tasain/vocabulary'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { Kysely } from 'kysely'
import type { AccessLog, Seen } from './access-log.ts'
import { isOutage, type Read, type Tx } from './database.ts'
import { getWorkHealth } from './health.ts'
import { cancelRequest, onceOnly } from './idempotency.ts'
import type { Log } from './log.ts'
import { listBareTexts, type Parsed, parseShape, type Shape } from './parse-shape.ts'
import { Refusal, refusalBody, refuse } from './refuse.ts'
import { createRefusedAccess } from './refused-access.ts'
import { readCaller, type Signer } from './token.ts'

type Method = 'get' | 'head' | 'post' | 'patch' | 'delete'
type Grants = Partial<Record<Role, Reach>>

/** What a guarded handler gets: who asks, how far their right reaches, and the parsed request. */
export type Asked<Q extends Shape = undefined, B extends Shape = undefined> = {
  caller: Caller
  reach: Reach
  params: Record<string, string>
  query: Parsed<Q>
  body: Parsed<B>
  header: (name: string) => string | undefined
}
/** What a view or a write answers; `seen` goes to the access log in the same transaction. */
export type Answer = { status?: number; body: unknown; seen: readonly Seen[] }

/** A route by its path with what is asked of it; an app lists its own in `app.locals.routes`. */
export type Route = { path: string; query?: Shape; body?: Shape }

export type Door<S, A extends string> = {
  app: Express
  /** A list or figure that shows no person's data: reads only. */
  list: <Q extends Shape = undefined>(
    path: string,
    action: A,
    shapes: { query?: Q },
    handle: (asked: Asked<Q>, read: Read<S>) => Promise<unknown>,
  ) => void
  /**
   * A look at a person's data: what was seen is logged before the answer leaves. With a shape for its body it is asked for
   * by POST, where what is asked must not stand in an address. `prepare` runs before the transaction begins, for what may
   * wait for another service: no database connection is held meanwhile.
   */
  view: <Q extends Shape = undefined, B extends Shape = undefined, P = undefined>(
    path: string,
    action: A,
    shapes: { query?: Q; body?: B; prepare?: (asked: Asked<Q, B>) => Promise<P> },
    handle: (asked: Asked<Q, B> & { prepared: P }, tx: Tx<S>) => Promise<Answer>,
  ) => void
  /**
   * A change, logged with what it touched: one transaction, and with an idempotency key one effect however often it is sent.
   * `prepare` as in a view.
   */
  write: <B extends Shape = undefined, P = undefined>(
    method: 'post',
    path: string,
    action: A,
    shapes: { body?: B; prepare?: (asked: Asked<undefined, B>) => Promise<P> },
    handle: (asked: Asked<undefined, B> & { prepared: P }, tx: Tx<S>) => Promise<Answer>,
  ) => void
  /** A route that reads or writes a stream itself; guarded all the same. */
  raw: (
    methods: Method[],
    path: string,
    action: A,
    handle: (asked: Asked, request: Request, response: Response) => Promise<void>,
  ) => void
  /** Ends the list of routes: what was not mounted by now is refused as unknown, and every fault becomes an answer. */
  close: () => Express
}

type Options<S, A extends string> = {
  db: Kysely<S>
  log: Log
  actions: Record<A, Grants>
  /** Public keys of those whose word about a caller counts. */
  trusted: Partial<Record<Signer, string>>
  accessLog: AccessLog
  /** Resolves when what the service leans on answers; rejects otherwise. */
  checkReady: () => Promise<void>
  /** What else `/ready` says: how things are that the service can do without. */
  describeState?: () => Record<string, unknown>
}

/** Opens the one door of a service: no route stands here without an action that says who may use it. */
export function openDoor<S, A extends string>(options: Options<S, A>): Door<S, A> {
  const app = express().disable('x-powered-by').disable('etag')
  app.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    next()
  })
  app.get('/health', (_request, response) => void response.json({ ok: true }))
  app.get('/ready', async (_request, response) => {
    await options.checkReady()
    // Work that keeps failing is no reason to stop the service: others can still be served.
    response.json({ ok: true, ...options.describeState?.(), degraded: getWorkHealth(options.log).listFailing() })
  })

  const identify = async (request: Request): Promise<Caller> => {
    const token = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1]
    const caller = token && (await readCaller(options.trusted, token))
    if (!caller) throw refuse('session.none')
    return caller
  }
  const refused = createRefusedAccess(options)
  const guard = async (request: Request, action: A): Promise<Asked> => {
    const caller = await identify(request)
    const params = Object.fromEntries(Object.entries(request.params).map(([key, value]) => [key, String(value)]))
    refused.note(request, { caller, action, id: params['id'] })
    const reach = findReach(options.actions[action], caller.roles)
    if (!reach) throw refuse('right.missing')
    // What cannot be an id is not there; the database need not be asked, nor choke on it.
    if (params['id'] !== undefined && !isId(params['id'])) throw refuse('request.not_found')
    return { caller, reach, params, query: undefined, body: undefined, header: (name) => request.get(name) }
  }
  const routes: Route[] = []
  app.locals['routes'] = routes
  const requireAction = (path: string, action: A, shapes: { query?: Shape; body?: Shape } = {}) => {
    routes.push({ path, ...shapes })
    if (!Object.hasOwn(options.actions, action))
      throw new Error(`the route ${path} has no action in the table of rights`)
    const faults = [shapes.query, shapes.body].flatMap((shape) => (shape ? listBareTexts(shape) : []))
    if (faults.length > 0) throw new Error(`the route ${path} takes what it should not: ${faults.join('; ')}`)
  }
  const json = express.json({ limit: '100kb' })
  // No action guards this route: whoever may send a request may take back their own.
  app.post(cancelRequestPath, json, async (request, response) => {
    const { subject } = await identify(request)
    const { key } = parseShape(cancelRequestShape, request.body ?? {})
    response.json(await cancelRequest(options.db, subject, key))
  })

  return {
    app,
    list(path, action, shapes, handle) {
      requireAction(path, action, shapes)
      app.get(path, async (request, response) => {
        const asked = { ...(await guard(request, action)), query: parseShape(shapes.query, request.query) }
        response.json(await handle(asked, options.db))
      })
    },
    view(path, action, shapes, handle) {
      requireAction(path, action, shapes)
      app[shapes.body ? 'post' : 'get'](path, json, async (request: Request, response: Response) => {
        const asked = {
          ...(await guard(request, action)),
          query: parseShape(shapes.query, request.query),
          body: parseShape(shapes.body, request.body ?? {}),
        }
        const prepared = await prepare(shapes.prepare, asked)
        const answer = await options.db.transaction().execute(async (tx) => {
          const result = await handle({ ...asked, prepared }, tx)
          await options.accessLog.append(tx, asked.caller, action, result.seen)
          return result
        })
        response.status(answer.status ?? 200).json(answer.body)
      })
    },
    write(method, path, action, shapes, handle) {
      requireAction(path, action, shapes)
      app[method](path, json, async (request: Request, response: Response) => {
        const asked = { ...(await guard(request, action)), body: parseShape(shapes.body, request.body ?? {}) }
        const prepared = await prepare(shapes.prepare, asked)
        const answer = await options.db.transaction().execute((tx) =>
          onceOnly(tx, asked, `${method} ${request.originalUrl}`, request.body, async () => {
            const result = await handle({ ...asked, prepared }, tx)
            await options.accessLog.append(tx, asked.caller, action, result.seen)
            return { status: result.status ?? 200, body: result.body }
          }),
        )
        response.status(answer.status).json(answer.body)
      })
    },
    raw(methods, path, action, handle) {
      requireAction(path, action)
      for (const method of methods)
        app[method](path, async (request: Request, response: Response) => {
          await handle(await guard(request, action), request, response)
        })
    },
    close() {
      app.use(() => {
        throw refuse('request.not_found')
      })
      app.use(async (error: unknown, request: Request, response: Response, next: NextFunction) => {
        const [refusal, reference] = [findRefusal(error), newId()]
        await refused.record(request, refusal, reference)
        answerFault(options.log, { error, refusal, reference }, request, response, next)
      })
      return app
    },
  }
}

/** Without a step to prepare there is nothing that a handler could use. */
async function prepare<T, P>(step: ((asked: T) => Promise<P>) | undefined, asked: T): Promise<P> {
  return step ? await step(asked) : (undefined as P)
}

type Fault = { error: unknown; refusal: Refusal; reference: string }

function answerFault(log: Log, fault: Fault, request: Request, response: Response, next: NextFunction): void {
  const { error, refusal, reference } = fault
  if (response.headersSent) {
    next(error)
    return
  }
  // One too many is no fault of ours, and whoever asks too much must not fill the log.
  if (refusal.status >= 500 && refusal.code !== 'service.busy')
    log.error({ error, reference, method: request.method, path: request.route?.path }, 'a request failed')
  if (refusal.status === 503) response.set('Retry-After', '5')
  response.status(refusal.status).json(refusalBody(refusal, reference))
}

function findRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (isOutage(error)) return refuse('service.unavailable')
  // Express and its parsers put the status of a fault in what was sent on the error they throw.
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500)
    return refuse(error.status === 413 ? 'request.too_large' : 'request.invalid')
  return refuse('internal')
}
