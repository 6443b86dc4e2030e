import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Express } from 'express'
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
