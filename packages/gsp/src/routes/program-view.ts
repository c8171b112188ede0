import type { DERControl, DERControlBase, DERCurve, DefaultDERControl, DERProgram } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { Recorder } from '../store/recorder.ts'
import type { Row } from '../store/row.ts'
import { countOf, type Only } from './list.ts'

/** EventStatus.currentStatus of an event that holds now. */
export const active = 1

/** A program as an assigned device sees it: below its own EndDevice. */
export async function programView(
  { href, body }: Row<'DERProgram'>,
  device: string,
  { read, only }: Readonly<{ read: Recorder; only?: Only<'DERControl'> | undefined }>,
): Promise<DERProgram> {
  const controls = { kind: 'DERControl', parent: hrefs.controls(href) } as const
  const curves = hrefs.curves(href)
  const defaultControl = hrefs.defaultControl(href)
  const hasDefault = await read.get('DefaultDERControl', defaultControl)
  return {
    ...body,
    href: device + href,
    ActiveDERControlListLink: {
      href: `${device}${hrefs.activeControls(href)}`,
      all: await countOf(read, { ...controls, states: [active] }, only),
    },
    ...(hasDefault && { DefaultDERControlLink: { href: device + defaultControl } }),
    DERControlListLink: { href: device + controls.parent, all: await countOf(read, controls, only) },
    DERCurveListLink: { href: device + curves, all: await countOf(read, { kind: 'DERCurve', parent: curves }) },
  }
}

/** Responses to an event go to the device's own list; `replyTo` and `responseRequired` come together or not at all. */
export function controlView({ href, body }: Row<'DERControl'>, device: string): DERControl {
  return {
    ...body,
    href: device + href,
    ...(body.responseRequired !== undefined && { replyTo: hrefs.responses(device) }),
    DERControlBase: modesView(body.DERControlBase, device),
  }
}

export function defaultControlView({ href, body }: Row<'DefaultDERControl'>, device: string): DefaultDERControl {
  return { ...body, href: device + href, DERControlBase: modesView(body.DERControlBase, device) }
}

export function curveView({ href, body }: Row<'DERCurve'>, device: string): DERCurve {
  return { ...body, href: device + href }
}

/** Leads the links to curves through the device too. */
function modesView(modes: DERControlBase, device: string): DERControlBase {
  const entries = Object.entries(modes).map(([name, mode]: [string, unknown]) => [
    name,
    isCurveLink(mode) ? { ...mode, href: device + mode.href } : mode,
  ])
  return Object.fromEntries(entries) as DERControlBase
}

function isCurveLink(mode: unknown): mode is Readonly<{ href: string }> {
  return typeof mode === 'object' && mode !== null && 'href' in mode
}
