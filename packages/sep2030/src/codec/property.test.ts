import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkDocument } from '../check.ts'
import { drawFrom, type Draw } from '../testing/draw.ts'
import { faults } from '../testing/faults.ts'
import { libxml2 } from '../testing/libxml2.ts'
import { drawSpelling, spell } from '../testing/spelling.ts'
import { drawTree, rootNamed, rootsOf, type Tree } from '../testing/tree.ts'
import { openXerces } from '../testing/xerces.ts'
import { decodeDocument } from './decode.ts'
import { encode } from './encode.ts'
import { profiles, type Profile } from './schema.ts'

const xerces = openXerces()
const judged = new Map<Profile, { document: string; valid: boolean }[]>(profiles.map((profile) => [profile, []]))

it.each(profiles)('reads, writes and reads again any value of any type: %s', (profile) => {
  for (const root of rootsOf(profile)) {
    const property = fc.property(fc.integer(), (seed) => {
      const draw = drawFrom(seed)
      const document = spell(drawTree(draw, root, profile), drawSpelling(draw))
      const read = decodeDocument(document, { profile })
      const written = encode(read.type, read.value, { profile })
      expect(decodeDocument(written, { profile })).toEqual(read)
      expect(libxml2(written, profile)).toBeUndefined()
      remember(profile, document, true)
      remember(profile, written.toString(), true)
    })
    fc.assert(property, { numRuns: profile === 'base' ? 3 : 1, endOnFailure: true })
  }
})

it.each(Object.keys(faults))('refuses what libxml2 refuses: %s', (name) => {
  const property = fc.property(fc.integer(), fc.constantFrom(...profiles), (seed, profile) => {
    const draw = drawFrom(seed)
    const tree = faultyTree(draw, profile, name)
    if (!tree) return
    const document = spell(tree, { ...drawSpelling(draw), declaration: false })
    const { valid } = checkDocument(document, { profile })
    expect({ document, valid }).toEqual({ document, valid: libxml2(document, profile) === undefined })
    expect(valid).toBe(false)
    remember(profile, document, false)
  })
  fc.assert(property, { numRuns: 20, endOnFailure: true })
})

it.runIf(xerces).each(profiles)('judges all these documents as Xerces does (needs a JDK): %s', (profile) => {
  const documents = judged.get(profile) ?? []
  const verdicts =
    xerces?.(
      documents.map(({ document }) => document),
      profile,
    ) ?? []
  const wrong = documents.filter(({ valid }, i) => (verdicts[i] === undefined) !== valid)
  expect(wrong).toEqual([])
})

/** A tree with a fault of this class, of one of the types that have a place for it; a few tries are enough for most. */
function faultyTree(draw: Draw, profile: Profile, name: string): Tree | undefined {
  for (let attempt = 0; attempt < 100; attempt++) {
    const tree = drawTree(
      draw,
      draw.chance(20) ? rootNamed(profile, 'Notification') : draw.pick(rootsOf(profile)),
      profile,
    )
    if (faults[name]?.(tree, draw, profile)) return tree
  }
  return undefined
}

function remember(profile: Profile, document: string, valid: boolean): void {
  if (document.startsWith('<?')) return
  judged.get(profile)?.push({ document, valid })
}
