import { abortOrphans, reassign } from './assignment.ts'
import { accepted, refused } from './device-answer.ts'
import type { Draft } from './draft.ts'
import type { Draw } from './draws.ts'
import { keyOf, type EventCopy } from './event.ts'
import { takeIn } from './intake.ts'
import { optIn, optOut, override, resume } from './participation.ts'
import { refresh } from './refresh.ts'
import type { ScheduleInput } from './schedule.ts'
import { begin } from './settle.ts'

const acts = { optOut, optIn, override, resume, accepted, refused } as const

/** Takes in all that came at one instant, in order; nothing starts or ends by time yet (D1, D12). */
export function deliver(draft: Draft, inputs: readonly ScheduleInput[], draw: Draw): void {
  for (const input of inputs) {
    switch (input.type) {
      case 'see':
        see(draft, input.copy, draw)
        break
      case 'programs':
        reassign(draft, [...draft.programs.filter(({ server }) => server !== input.server), ...input.programs])
        break
      case 'removeProgram':
        reassign(
          draft,
          draft.programs.filter(({ id }) => id !== input.program),
        )
        abortOrphans(draft)
        break
      case 'restart':
        wakeUp(draft)
        break
      default: {
        const event = draft.live.get(input.event)
        if (event) acts[input.type](draft, event)
      }
    }
  }
  // only now: an event of a program that is gone may have been read through another one in the same poll
  if (inputs.some(({ type }) => type === 'programs')) abortOrphans(draft)
}

function see(draft: Draft, copy: EventCopy, draw: Draw): void {
  const key = keyOf(copy)
  const event = draft.live.get(key)
  if (event) refresh(draft, event, copy)
  else if (!draft.ended.has(key)) takeIn(draft, copy, draw)
}

/** What should have started meanwhile starts late, if at all; a device that answers is asked again for what runs. */
function wakeUp(draft: Draft): void {
  begin(draft, draft.now - 1)
  if (!draft.device.confirms) return
  for (const event of draft.live.values()) if (event.state === 'Active') event.tryAt = draft.now
}
