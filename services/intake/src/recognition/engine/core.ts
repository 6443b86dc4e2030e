/** What is used of Tesseract 5.1 compiled to WebAssembly (https://github.com/naptha/tesseract.js-core). */
export type Core = {
  readonly FS: {
    writeFile(path: string, data: Uint8Array): void
    unlink(path: string): void
  }
  readonly TessBaseAPI: new () => TessBaseApi
  readonly OSResults: new () => OrientationResults
}
export type TessBaseApi = {
  /** Takes `./MODEL.traineddata`. `mode`: 0 is the legacy engine, 1 the neural one. -1 when the model cannot be used. */
  Init(folder: null, model: string, mode: 0 | 1): number
  SetVariable(name: string, value: string): unknown
  /** Takes the picture from `/input`; 1 when it cannot be decoded. */
  SetImageFile(orientation: 1, angle: 0): number
  Recognize(monitor: null): number
  GetTSVText(page: 0): string
  DetectOS(results: OrientationResults): boolean
  /** Forgets the picture. */
  Clear(): void
  /** Gives back its memory. */
  End(): void
}
export type OrientationResults = {
  readonly best_result: { readonly orientation_id: number; readonly oconfidence: number }
}
