import { expect, it } from 'vitest'
import { decodeFrames } from './decode-file.ts'

it('reads a vector set, a list and plain lines alike', () => {
  const hex = '08 01 00 02 01 1E CF 5B'
  const texts = [JSON.stringify({ frames: [{ id: '1', hex }] }), JSON.stringify([hex]), `# a shed\n${hex}\n\n`]
  for (const text of texts)
    expect(decodeFrames(text)).toMatchObject([
      { id: '1', valid: true, linkReply: '06 00', appReply: '08 01 00 02 03 01 04 42' },
    ])
})

it('names what is no frame', () => {
  expect(() => decodeFrames('08 0G')).toThrow('"08 0G"')
  expect(() => decodeFrames('{"transcripts":[]}')).toThrow('frames')
  expect(() => decodeFrames('[{"id":"f7"}]')).toThrow('f7')
})
