import { createWorker, type Worker } from 'tesseract.js'
import { CannotRead, describe } from '../failure.ts'
import { type Grey, toPgm } from '../picture/grey.ts'

/**
 * What an engine reads with. `fin` knows no å, é and @; `swe` no @; only `eng` has @. Both `fin` and `swe` in one engine
 * read no better than `swe` alone, and cost a hundred megabytes more.
 */
export type Model = 'fin' | 'swe' | 'eng'

export type ReadOptions = {
  readonly model: Model
  /** One line, one block of lines, or a page whose columns are found first. */
  readonly layout: 'line' | 'block' | 'page'
  readonly only?: string
  readonly dpi: number
  /** `local` thresholds by the surroundings: better in shadow, worse in noise. */
  readonly threshold?: 'global' | 'local'
}

/** `box` in pixels of the image given; confidence 0 to 1; `line` counts the lines from 0. */
export type ReadWord = {
  readonly text: string
  readonly confidence: number
  readonly box: [number, number, number, number]
  readonly line: number
}

/** Reads text from images. It runs one recognition at a time; a hanging one is ended by killing its process. */
export type Engine = {
  read(image: Grey, options: ReadOptions): Promise<ReadWord[]>
  /** How many degrees clockwise the page must be turned to stand upright, and how sure that is (above 2 is fair). */
  findTurn(image: Grey): Promise<{ degrees: 0 | 90 | 180 | 270; confidence: number }>
  close(): Promise<void>
}

const layouts = { line: '7', block: '6', page: '4' } as const

/** Gives `work` a folder that holds the models of these languages, for as long as it runs. */
type WithModels = <T>(languages: readonly string[], work: (folder: string) => Promise<T>) => Promise<T>

/** An engine on tesseract.js. Its models are loaded when first needed, from the folder given, never from a network. */
export function openEngine(withModels: WithModels): Engine {
  const workers = new Map<string, Promise<Worker>>()
  const startWorker = (language: string) => withModels([language], (folder) => startIn(folder, language))

  const getWorker = (languages: string): Promise<Worker> => {
    const existing = workers.get(languages)
    if (existing !== undefined) return existing
    const starting = startWorker(languages)
    workers.set(languages, starting)
    return starting
  }

  return {
    async read(image, options) {
      const worker = await getWorker(options.model)
      // Every setting is given every time: what one call sets must not be left for the next.
      const settings = {
        tessedit_pageseg_mode: layouts[options.layout],
        tessedit_char_whitelist: options.only ?? '',
        thresholding_method: options.threshold === 'local' ? '2' : '0',
        user_defined_dpi: String(Math.round(options.dpi)),
      }
      await worker.setParameters(settings as unknown as Parameters<Worker['setParameters']>[0])
      const { data } = await worker.recognize(Buffer.from(toPgm(image)), {}, { text: false, tsv: true })
      return parseTsv((data as unknown as { tsv: string | null }).tsv ?? '')
    },
    async findTurn(image) {
      // Seldom needed and a hundred megabytes large: started for the one question and ended again.
      const worker = await startWorker('osd')
      try {
        const { data } = await worker.detect(Buffer.from(toPgm(image)))
        const degrees = ([0, 90, 180, 270] as const).find((known) => known === data.orientation_degrees) ?? 0
        return { degrees, confidence: data.orientation_confidence ?? 0 }
      } finally {
        await worker.terminate()
      }
    },
    async close() {
      for (const worker of workers.values()) await (await worker).terminate()
      workers.clear()
    },
  }
}

/** Settles even when the models cannot be loaded, which the engine reports to its error handler alone. */
function startIn(folder: string, languages: string): Promise<Worker> {
  const forTurning = languages === 'osd'
  const legacy = forTurning ? { legacyCore: true, legacyLang: true } : {}
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) =>
      reject(new CannotRead('scan.not_readable', `the reading engine did not start: ${describe(error)}`))
    const options = { cacheMethod: 'none', langPath: folder, gzip: true, errorHandler: refuse, ...legacy }
    createWorker(languages, forTurning ? 0 : 1, options).then(resolve, refuse)
  })
}

/** The words of the engine's table, in reading order. */
function parseTsv(tsv: string): ReadWord[] {
  const words: ReadWord[] = []
  const lines = new Map<string, number>()
  for (const row of tsv.split('\n')) {
    const [level, , block, paragraph, line, , left, top, width, height, confidence, text] = row.split('\t')
    if (level !== '5' || text === undefined || text.trim() === '') continue
    const key = `${block}/${paragraph}/${line}`
    if (!lines.has(key)) lines.set(key, lines.size)
    words.push({
      text: text.trim(),
      confidence: Math.max(0, Number(confidence)) / 100,
      box: [Number(left), Number(top), Number(width), Number(height)],
      line: lines.get(key) ?? 0,
    })
  }
  return words
}
