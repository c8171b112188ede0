import { bytesOf, encodeFrame, hexOf } from './frame.ts'
import { judgeBurst } from './judge.ts'
import type { Fault, Message } from './message.ts'

/** One line of `gridloom cta2045 decode`: what a default receiver makes of a burst. */
export type DecodedFrame = Readonly<{
  id: string
  valid: boolean
  fault: Fault | null
  decoded: Message | null
  linkReply: string | null
  appReply: string | null
}>

/** Decodes the frames of a file: a vector set, a JSON list of `{ id, hex }` or of hex strings, or one burst in hex a line. */
export function decodeFrames(text: string): DecodedFrame[] {
  return burstsOf(text).map(({ id, hex }) => {
    const { fault, decoded, linkReply, appReply } = judgeBurst(bytesOf(hex))
    return {
      id,
      valid: fault === null,
      fault,
      decoded,
      linkReply: linkReply && hexOf(encodeFrame(linkReply)),
      appReply: appReply && hexOf(appReply),
    }
  })
}

type Burst = Readonly<{ id: string; hex: string }>

function burstsOf(text: string): readonly Burst[] {
  if (!/^\s*[[{]/.test(text)) return numbered(text.split(/\r?\n/).filter((line) => /^\s*[^#\s]/.test(line)))
  const found: unknown = JSON.parse(text)
  const list: unknown = Array.isArray(found) ? found : (found as Readonly<{ frames?: unknown }>).frames
  if (!Array.isArray(list)) throw new TypeError('found no list "frames"')
  return numbered(list)
}

function numbered(list: readonly unknown[]): readonly Burst[] {
  return list.map((one, index) => {
    if (typeof one === 'string') return { id: String(index + 1), hex: one }
    const { id = String(index + 1), hex } = one as Partial<Burst>
    if (typeof hex !== 'string') throw new TypeError(`frame "${id}" has no hex`)
    return { id, hex }
  })
}
