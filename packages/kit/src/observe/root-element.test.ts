import { expect, it } from 'vitest'
import { rootElementOf } from './root-element.ts'

it.for([
  ['<DERControlList xmlns="urn:ieee:std:2030.5:ns" all="0"/>', 'DERControlList'],
  ['<?xml version="1.0"?>\n<!-- a -->\n<sep:Time xmlns:sep="urn:x">', 'Time'],
  ['  <EndDevice>', 'EndDevice'],
  ['{"no":"xml"}', undefined],
  ['', undefined],
])('%s begins with %s', ([text, name]) => {
  expect(rootElementOf(Buffer.from(text ?? ''))).toBe(name)
})
