import {
  responseName,
  type FleetDevice,
  type GridEvent,
  type GridReady,
  type GridSummary,
  type GridTrade,
  type GridTrust,
} from '@gridloom/contracts'
import { createTrades, type Trades } from './grid-trades.ts'
import { table } from './table.ts'

/** Where a running grid shows itself: JSON lines, a live table, or a line per change of state. */
export type Screen = Readonly<{
  progress(step: string): void
  ready(grid: GridReady, seconds: number): void
  event(event: GridEvent): void
  summary(summary: GridSummary): void
}>

export function createScreen(json: boolean): Screen {
  if (json) return jsonScreen()
  return process.stdout.isTTY ? liveScreen() : lineScreen()
}

const print = (line: string) => process.stdout.write(`${line}\n`)
const progress = (step: string) => process.stderr.write(`${step} …\n`)

function jsonScreen(): Screen {
  const printJson = (value: unknown) => print(JSON.stringify(value))
  return { progress, ready: printJson, event: printJson, summary: printJson }
}

/** One line per change of state: readable in a log. */
function lineScreen(): Screen {
  const names = new Map<string, string>()
  const shown = new Map<string, string>()
  const levels = new Map<string, number>()
  return {
    progress,
    ready(grid, seconds) {
      for (const { lfdi, name } of grid.certs.devices) names.set(lfdi, name)
      print(welcome(grid, seconds))
    },
    event(event) {
      if (event.event === 'control') return void print(responseLine(event, names))
      if (event.event === 'trade') return void print(tradeLine(event))
      if (event.event === 'trust') {
        if (isNews(levels.get(event.subject), event)) print(trustLine(event))
        return void levels.set(event.subject, event.level)
      }
      const state = `${event.state} ${event.control ?? ''}`
      if (shown.get(event.lfdi) === state) return
      shown.set(event.lfdi, state)
      print(`${event.name} ${event.state}${event.control ? ` ${event.control}` : ''}, ${Math.round(event.watts)} W`)
    },
    summary: (summary) => void print(farewell(summary)),
  }
}

const framesPerSecond = 4
const recentLines = 8

/** A table of the devices that stays in place, what happened last below it. */
function liveScreen(): Screen {
  const names = new Map<string, string>()
  const devices = new Map<string, FleetDevice>()
  const trust = new Map<string, GridTrust>()
  const trades = createTrades()
  const recent: string[] = []
  let head = ''
  let due: NodeJS.Timeout | undefined
  return {
    progress: (step) => (head ? note(step) : progress(step)),
    ready(grid, seconds) {
      head = welcome(grid, seconds)
      for (const { lfdi, name } of grid.certs.devices) names.set(lfdi, name)
      draw()
    },
    event(event) {
      take(event)
      refresh()
    },
    summary(summary) {
      clearTimeout(due)
      print(`\n${farewell(summary)}`)
    },
  }

  function note(line: string): void {
    recent.push(line)
    refresh()
  }

  function refresh(): void {
    recent.splice(0, recent.length - recentLines)
    due ??= setTimeout(draw, 1000 / framesPerSecond)
  }

  function take(event: GridEvent): void {
    switch (event.event) {
      case 'device':
        return void devices.set(event.lfdi, event)
      case 'control':
        return void recent.push(responseLine(event, names))
      case 'trade':
        if (event.side === 'BUY') recent.push(tradeLine(event))
        return trades.add(event)
      case 'trust':
        if (isNews(trust.get(event.subject)?.level, event)) recent.push(trustLine(event))
        return void trust.set(event.subject, event)
      default:
        return event satisfies never
    }
  }

  function draw(): void {
    due = undefined
    const room = (process.stdout.rows ?? 40) - head.split('\n').length - recentLines - 5
    const ordered = [...devices.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    const hidden = ordered.length - room
    const more = hidden > 0 ? [`… and ${hidden} more`] : []
    const shown = deviceTable(ordered.slice(0, Math.max(room, 1)), trust, trades)
    const lines = [head, '', shown, ...more, '', ...recent]
    process.stdout.write(`\u001B[H\u001B[J${lines.join('\n')}\n`)
  }
}

function deviceTable(devices: readonly FleetDevice[], trust: ReadonlyMap<string, GridTrust>, trades: Trades): string {
  return table(
    ['device', 'kind', 'state', 'control', 'set point', 'W', 'var', 'V', 'SOC', 'trust', 'level', 'price', 'position'],
    devices.map(({ lfdi, name, kind, state, control = '', setpoint, watts, vars, volts, soc, source, at }) => [
      name,
      kind,
      state,
      (source ?? control).slice(0, 12),
      setpointText(setpoint),
      Math.round(watts),
      Math.round(vars),
      volts.toFixed(1),
      soc === undefined ? '' : `${Math.round(soc * 100)} %`,
      trust.get(lfdi)?.Te.toFixed(2) ?? '',
      trust.get(lfdi)?.level ?? '',
      trades.of(name, at)?.price ?? '',
      trades.of(name, at)?.position ?? '',
    ]),
  )
}

function setpointText(setpoint: FleetDevice['setpoint']): string {
  const parts = Object.entries(setpoint).map(([name, value]) => `${name}=${valueText(value)}`)
  return parts.join(' ').slice(0, 40)
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000)
  return typeof value === 'object' ? '…' : String(value)
}

function responseLine(
  { mRID, lfdi, status, at }: Extract<GridEvent, { event: 'control' }>,
  names: ReadonlyMap<string, string>,
) {
  return `${timeOf(at)} ${names.get(lfdi) ?? lfdi} → ${mRID.slice(0, 12)}… ${responseName(status)}`
}

/** Whether somebody has lost trust or won it back; below level 2 nothing follows from it. */
function isNews(before = 0, { level }: GridTrust): boolean {
  return level !== before && Math.max(level, before) >= 2
}

function trustLine({ at, name, role, level, Te }: GridTrust): string {
  return `${timeOf(at)} trust: ${name} (${role}) is at level ${level}, ${Te.toFixed(2)}`
}

function tradeLine({ partyId, side, quantity, price, start }: GridTrade): string {
  return `${timeOf(start)} market: ${partyId} ${side === 'BUY' ? 'buys' : 'sells'} ${quantity} at ${price}`
}

function timeOf(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 19)
}

function welcome({ actors, data }: GridReady, seconds: number): string {
  const faces = actors.flatMap(({ actor, url, admin, metrics }) => [
    [actor, url],
    ...(admin ? [[`${actor} admin`, admin]] : []),
    ...(metrics ? [[`${actor} metrics`, metrics]] : []),
  ])
  const lines = faces.map(([face = '', address]) => `  ${face.padEnd(14)} ${address}`)
  const hint = `  keys, logs and grid.json are in ${data}; "pnpm gridloom control --help" acts on this grid`
  return [`grid ready after ${seconds.toFixed(1)} s`, ...lines, hint].join('\n')
}

function farewell({ seconds, devices, controls, responses, trades, distrusted }: GridSummary): string {
  const counts = Object.entries(responses).map(([name, count]) => `${count} ${name}`)
  return `ran ${seconds} s, ${devices} devices, ${controls} controls; responses: ${counts.join(', ') || 'none'}; ${trades} trades; distrusted: ${distrusted.join(', ') || 'nobody'}`
}
