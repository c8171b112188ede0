import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { replayEvents, type Expect } from './replay.ts'

const folder = new URL('../../../../test/vectors/events/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe('every event vector comes out as expected', () => {
  it.each(files)('%s', (name) => {
    const vector = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { expect: Expect }
    const { events, timeline, responses } = replayEvents(vector)
    expect(events).toEqual(vector.expect.events)
    expect(timeline).toEqual(vector.expect.timeline)
    expect(inOrder(responses)).toEqual(inOrder(vector.expect.responses))
  })
})

function inOrder(responses: Expect['responses']): Expect['responses'] {
  return responses.toSorted((a, b) => a.at - b.at || (a.event < b.event ? -1 : Number(a.event > b.event)))
}
