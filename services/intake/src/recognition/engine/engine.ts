import { CannotRead } from '../failure.ts'
import { type Grey, toPgm } from '../picture/grey.ts'
import type { Core, TessBaseApi } from './core.ts'

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
}

const layouts = { line: '7', block: '6', page: '4' } as const

/** Where the engine comes from: its program, and its models by name, unpacked. */
export type EngineParts = { readonly core: () => Promise<Core>; readonly model: (name: string) => Uint8Array }

/**
 * An engine on Tesseract's WebAssembly, all models in one memory: run one by one they share what a page takes. A model is
 * loaded when first needed. Reading holds the thread; a hanging one is ended by killing the process.
 */
export function openEngine(parts: EngineParts): Engine {
  const apis = new Map<string, TessBaseApi>()
  let loading: Promise<Core> | undefined
  const getCore = () => {
    loading ??= parts.core()
    return loading
  }
  const getApi = (core: Core, model: Model): TessBaseApi => {
    const api = apis.get(model) ?? startApi(core, model, parts.model(model), 1)
    apis.set(model, api)
    return api
  }

  return {
    async read(image, options) {
      const core = await getCore()
      const api = getApi(core, options.model)
      // Every setting is given every time: what one call sets must not be left for the next.
      api.SetVariable('tessedit_pageseg_mode', layouts[options.layout])
      api.SetVariable('tessedit_char_whitelist', options.only ?? '')
      api.SetVariable('thresholding_method', options.threshold === 'local' ? '2' : '0')
      api.SetVariable('user_defined_dpi', String(Math.round(options.dpi)))
      showImage(core, api, image)
      try {
        api.Recognize(null)
        return parseTsv(api.GetTSVText(0))
      } finally {
        api.Clear()
      }
    },
    async findTurn(image) {
      // Seldom needed, and what it takes a memory never gives back: in one of its own, which is dropped with it.
      const core = await parts.core()
      const api = startApi(core, 'osd', parts.model('osd'), 0)
      showImage(core, api, image)
      const results = new core.OSResults()
      if (!api.DetectOS(results)) return { degrees: 0, confidence: 0 }
      const { orientation_id: quarter, oconfidence: confidence } = results.best_result
      return { degrees: ([0, 270, 180, 90] as const)[quarter] ?? 0, confidence }
    },
  }
}

function startApi(core: Core, model: string, data: Uint8Array, mode: 0 | 1): TessBaseApi {
  const file = `./${model}.traineddata`
  core.FS.writeFile(file, data)
  const api = new core.TessBaseAPI()
  const status = api.Init(null, model, mode)
  core.FS.unlink(file)
  if (status === -1) throw new CannotRead('scan.not_readable', `the reading engine cannot use its model ${model}`)
  return api
}

function showImage(core: Core, api: TessBaseApi, image: Grey): void {
  core.FS.writeFile('/input', toPgm(image))
  const status = api.SetImageFile(1, 0)
  core.FS.unlink('/input')
  if (status === 1) throw new CannotRead('scan.not_readable', 'the reading engine cannot take the picture')
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
