import { existsSync } from 'node:fs'
import type { Language } from '@tasain/vocabulary'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { describe } from 'vitest'
import { people } from '../../infra/demo/people.ts'
import type { TestStack } from '../support/stack.ts'
import { watch } from './watch.ts'
import { words } from './words.ts'

const chromiumFile = '/usr/bin/chromium'
const isHere = existsSync(chromiumFile)
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Stories in a real browser; where there is none, says that they are skipped and how to get one. */
export function describeInBrowser(name: string, tell: () => void): void {
  if (!isHere) console.warn(`Skipped: ${name}. It needs ${chromiumFile} (Debian: apt-get install chromium).`)
  describe.skipIf(!isHere)(name, tell)
}

export async function openChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumFile, args: flags })
}

export type Visitor = {
  page: Page
  context: BrowserContext
  language: Language
  /** What was wrong behind the page so far: console errors, breaches of its policy, requests to foreign hosts. */
  faults: string[]
  /** Paths of what the pages sent to the houses so far, uploads and drafts aside. */
  writes: string[]
  /** From now on an answer of this status to this path is part of the story and no fault. */
  expectStatus: (status: number, path: RegExp) => void
  /** From now on a request to this path may find the line cut. */
  expectLost: (path: RegExp) => void
  close: () => Promise<void>
}

export const wide = { width: 1360, height: 900 }

type Place = { browser: Browser; stack: TestStack }

/** Opens the desk in a browser window of its own, with nothing kept from before; over the proxy given, if any. */
export async function visit({ browser, stack }: Place, language: Language, proxy?: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: stack.address,
    locale: language === 'fi' ? 'fi-FI' : 'sv-FI',
    timezoneId: 'Europe/Helsinki',
    viewport: wide,
    reducedMotion: 'reduce',
    ...(proxy !== undefined && { proxy: { server: proxy } }),
  })
  context.setDefaultTimeout(20_000)
  const { faults, expectStatus, expectLost } = await watch(context, stack)
  const writes: string[] = []
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.method() === 'POST' && /^\/api\/(?!intake\/uploads|drafts\/)/.test(pathname)) writes.push(pathname)
  })
  const page = await context.newPage()
  return { page, context, language, faults, writes, expectStatus, expectLost, close: () => context.close() }
}

/** From the desk's front page by the identity provider's to the first page of the person's role. */
export async function signIn(visitor: Visitor, subject: string, path = '/'): Promise<void> {
  const { page, language } = visitor
  await page.goto(path)
  await choosePerson(visitor, subject)
  await page.getByRole('button', { name: words[language].shell.header.signOut }).waitFor()
}

/** What one does on the sign-in page that stands open, and then at the identity provider. */
async function choosePerson({ page, language }: Visitor, subject: string): Promise<void> {
  const { title, action } = words[language].shell.signIn
  const tongue = { name: language === 'fi' ? 'Suomeksi' : 'På svenska' }
  await page.getByRole('radio', tongue).click()
  await page.getByRole('heading', { name: title }).waitFor()
  await page.getByText(action).click()
  await chooseAtProvider(page, subject)
}

export async function chooseAtProvider(page: Page, subject: string): Promise<void> {
  await page.getByRole('button', { name: getPerson(subject).name }).click()
}

export async function signOut({ page, language }: Visitor): Promise<void> {
  await page.getByRole('button', { name: words[language].shell.header.signOut }).click()
}

export function getPerson(subject: string) {
  const person = people.find((one) => one.subject === subject)
  if (!person) throw new Error(`nobody in the demo is called ${subject}`)
  return person
}
