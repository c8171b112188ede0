import type { DeviceSchedule, MappedEvent, Quantity } from '@gridloom/contracts'
import type { Engine, Output } from '../domain/engine/engine.ts'
import type { Board, Place } from './board.ts'
import { type Fate, isSameSchedule, type Mapped, mappedSchedules, statusOf } from './mapped.ts'

/** The schedules that stand for the events of IEEE 2030.5 programs, beside those of the SCL file. */
export type Followed = Readonly<{
  /** Brings the engine to what a DCM decided; the outputs that changed. */
  take(decided: DeviceSchedule, scene: Scene): readonly Output[]
  /** What the DCM of a device said last. */
  decided(device: string): DeviceSchedule | undefined
  /** Notes that a schedule decides: its event has started. */
  decides(ref: string): void
  placeOf(ref: string): Place | undefined
  find(device: string, quantity: Quantity, id: string): Place | undefined
  places(device: string, quantity: Quantity): readonly Place[]
  events(device: string, now: number): readonly MappedEvent[]
}>

type Scene = Readonly<{ board: Board; engine: Engine; now: number }>

// of each device, for those who ask how an event went
const mostRemembered = 200

export function createFollowed(): Followed {
  const mapped = new Map<string, Mapped>()
  const fates = new Map<string, Map<string, Fate>>()
  const latest = new Map<string, DeviceSchedule>()

  const placesOf = (device: string, quantity: Quantity): readonly Place[] =>
    [...mapped.values()].map(({ place }) => place).filter((one) => one.device === device && one.quantity === quantity)

  const note = ({ device, events }: DeviceSchedule): void => {
    const known = fates.get(device) ?? new Map<string, Fate>()
    fates.set(device, known)
    const listed = new Set(events.map(({ mRID }) => mRID))
    for (const [mRID, fate] of known) if (!listed.has(mRID)) known.set(mRID, { ...fate, isGone: true })
    for (const { mRID, start, duration } of events) {
      const wasActive = known.get(mRID)?.wasActive ?? false
      known.set(mRID, { mRID, start, end: start + duration, wasActive, isGone: false })
    }
    for (const mRID of [...known.keys()].slice(0, Math.max(0, known.size - mostRemembered))) known.delete(mRID)
  }
  const decides = (ref: string): void => {
    const place = mapped.get(ref)?.place
    const known = place && fates.get(place.device)
    const fate = known?.get(place?.id ?? '')
    if (known && fate) known.set(fate.mRID, { ...fate, wasActive: true })
  }

  return {
    take(decided, { board, engine, now }) {
      latest.set(decided.device, decided)
      note(decided)
      const outputs: Output[] = []
      for (const [quantity, { ref: controller }] of board.device(decided.device).controllers) {
        const wanted = mappedSchedules(decided, { device: decided.device, quantity, controller }, now)
        const refs = new Set(wanted.map(({ place }) => place.ref))
        for (const { ref } of placesOf(decided.device, quantity)) {
          if (refs.has(ref)) continue
          outputs.push(...engine.remove(ref, now))
          mapped.delete(ref)
        }
        for (const one of wanted) {
          const present = engine.life(one.place.ref)
          if (present && isSameSchedule(present, one.life)) continue
          mapped.set(one.place.ref, one)
          outputs.push(...engine.put(controller, { ref: one.place.ref, life: one.life }, now))
        }
      }
      return latestOf(outputs)
    },
    decided: (device) => latest.get(device),
    decides,
    placeOf: (ref) => mapped.get(ref)?.place,
    find: (device, quantity, id) => placesOf(device, quantity).find((place) => place.id === id),
    places: placesOf,
    events: (device, now) =>
      [...(fates.get(device)?.values() ?? [])].map((fate) => {
        const { mRID, start, end } = fate
        return { mRID, device, status: statusOf(fate, now), start, end }
      }),
  }
}

/** Only what it came to: a device is not told what held between two changes of one list. */
function latestOf(outputs: readonly Output[]): readonly Output[] {
  return [...new Map(outputs.map((output) => [output.controller, output])).values()]
}
