import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { House } from '../house.ts'
import { renderSentence } from '../sign-in/page.ts'

/** Mounts what every answer says to the browser about how far it may be trusted. */
export function mountSecurityHeaders(app: Express, { config }: Pick<House, 'config'>): void {
  const isSecure = config.publicUrl.protocol === 'https:'
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'blob:', 'data:'],
          connectSrc: ["'self'"],
          fontSrc: ["'self'"],
          // Chromium holds the redirects that follow a form against this too.
          formAction: ["'self'", config.issuer.origin],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: isSecure && { maxAge: 31_536_000 },
      referrerPolicy: { policy: 'no-referrer' },
    }),
    (_request, response, next) => {
      response.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
      next()
    },
  )
}

/** Mounts the web client: its files, and its front page for every path that is a page of its own. */
export function mountClient(app: Express, { config }: Pick<House, 'config'>): void {
  const root = config.webDir
  app.use(
    chooseEncoding(root),
    express.static(root, {
      index: false,
      // The names of built files change with their content; what is not built is asked for again each time.
      setHeaders: (response, path) =>
        response.setHeader(
          'Cache-Control',
          path.startsWith(join(root, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    }),
  )
  app.get('/{*page}', (request, response, next) => {
    if (/\.\w+$/.test(request.path) || !request.accepts('html')) return next()
    if (!existsSync(join(root, 'index.html'))) {
      const language = request.acceptsLanguages('fi', 'sv') === 'sv' ? 'sv' : 'fi'
      return void response.status(503).type('html').send(renderSentence('noClient', language))
    }
    response.set('Cache-Control', 'no-cache')
    response.sendFile('index.html', { root, cacheControl: false })
  })
}

const endings = { br: '.br', gzip: '.gz' } as const

/** Of a built file, sends the smallest form that the browser reads; the build made them, so none is made for a request. */
function chooseEncoding(root: string): RequestHandler {
  return (request, response, next) => {
    const [path, ending] = /^\/assets\/[\w.-]+\.(js|css|svg)$/.exec(request.path) ?? []
    if (path === undefined || ending === undefined) return next()
    response.vary('Accept-Encoding')
    const encoding = (['br', 'gzip'] as const).find(
      (name) => request.acceptsEncodings(name) === name && existsSync(join(root, path + endings[name])),
    )
    if (encoding) {
      response.type(ending).set('Content-Encoding', encoding)
      request.url = path + endings[encoding]
    }
    next()
  }
}
