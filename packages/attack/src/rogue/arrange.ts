import type { Config, Deps } from '@gridloom/dcm'
import type { Device } from '@gridloom/devices'
import type { Client, Clock, Pki } from '@gridloom/kit'

/** What a misbehaving DCM is made from. */
export type RogueContext = Readonly<{
  config: Config
  clock: Clock
  /** Whether it misbehaves at this moment. */
  isOn: () => boolean
  /** The authorities of the attacked grid, for those who stand between. */
  pki?: Pki | undefined
  /** What is opened here ends with the rogue. */
  stack: AsyncDisposableStack
  say: (text: string) => void
}>

/** Where a misbehaving DCM differs from an honest one. */
export type Arrangement = Readonly<
  { config?: Partial<Config> } & Partial<Pick<Deps, 'openDevice' | 'connect' | 'through'>>
>

export type Arrange = (context: RogueContext) => Arrangement | Promise<Arrangement>

/** A device that is the given one but for some of its doings. */
export function deviceLike(device: Device, changed: Partial<Pick<Device, 'status' | 'apply'>>): Device {
  return {
    get capability() {
      return device.capability
    },
    get settings() {
      return device.settings
    },
    status: changed.status ?? (() => device.status()),
    apply: changed.apply ?? ((setpoint) => device.apply(setpoint)),
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  }
}

/** A client whose every request takes another way. */
export function clientLike(client: Client, request: Client['request']): Client {
  return {
    ...client,
    request,
    get: (path, signal) => request({ method: 'GET', path }, signal),
    put: (path, body, signal) => request({ method: 'PUT', path, body }, signal),
    post: (path, body, signal) => request({ method: 'POST', path, body }, signal),
    delete: (path, signal) => request({ method: 'DELETE', path }, signal),
  }
}
