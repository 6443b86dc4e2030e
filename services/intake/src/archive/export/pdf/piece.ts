/** A piece of a picture as a PDF image: the entries of its dictionary, and the bytes as they go in. */
export type Piece = {
  readonly entries: string
  readonly bytes: Uint8Array
  /** Where its first line stands in the picture and how many it has, in lines. */
  readonly top: number
  readonly height: number
}
type Entries = {
  readonly width: number
  readonly height: number
  readonly bits: number
  /** A name without its slash, or an array as PDF writes it. */
  readonly space: string
  readonly filter: string
  readonly parameters?: string
}

/** The entries of an image's dictionary. */
export function toEntries({ width, height, bits, space, filter, parameters }: Entries): { entries: string } {
  const shape = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent ${bits}`
  const colours = `/ColorSpace${space.startsWith('[') ? space : `/${space}`}`
  return { entries: `${shape}${colours}/Filter/${filter}${parameters ? `/DecodeParms<<${parameters}>>` : ''}` }
}
