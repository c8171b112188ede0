import { ServerInfo, ServerSettings, ServerSettingsChange } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { EventState } from '../domain/event-status.ts'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { Kind } from '../store/row.ts'
import type { PollRates, Settings } from '../store/settings.ts'
import type { AdminContext } from './context.ts'

/** What the operator sets while the server runs, and what the server says of itself. */
export function settingsRoutes(app: JsonApp, context: AdminContext): void {
  const tags = ['server']
  app.get(
    '/settings',
    { schema: { tags, summary: 'Poll and post rates, in-band registration', response: { 200: ServerSettings } } },
    async () => plain(await settingsOf(context)),
  )
  app.patch(
    '/settings',
    {
      schema: {
        tags,
        summary: 'Change settings; devices see them with their next read',
        body: ServerSettingsChange,
        response: { 200: ServerSettings },
      },
    },
    async ({ body: { pollRate = {}, postRate, inBandRegistration } }) => {
      const known = await settingsOf(context)
      const settings = {
        pollRate: withRates(known.pollRate, pollRate),
        postRate: postRate ?? known.postRate,
        inBandRegistration: inBandRegistration ?? known.inBandRegistration,
      }
      await context.store.write([{ put: newRow('Settings', { href: hrefs.settings, parent: '' }, settings) }])
      return plain(settings)
    },
  )
  app.get('/info', { schema: { tags, summary: 'Who this server is', response: { 200: ServerInfo } } }, () =>
    infoOf(context),
  )
}

async function settingsOf({ store, config }: AdminContext): Promise<Settings> {
  const { pollRate, postRate, inBandRegistration } = config
  return (await store.get('Settings', hrefs.settings))?.body ?? { pollRate, postRate, inBandRegistration }
}

type RateChange = NonNullable<ServerSettingsChange['pollRate']>

function withRates(known: PollRates, change: RateChange): PollRates {
  const given = Object.entries(change).filter(([, rate]) => rate !== undefined)
  return { ...known, ...Object.fromEntries(given) }
}

function plain({ pollRate, postRate, inBandRegistration }: Settings): ServerSettings {
  return { pollRate: { ...pollRate }, postRate, inBandRegistration }
}

async function infoOf({ store, config, clock, lfdi, url }: AdminContext): Promise<ServerInfo> {
  const countOf = async (kind: Kind, states?: readonly number[]): Promise<number> =>
    (await store.page({ kind, limit: 0, ...(states && { states }) })).all
  const address = url()
  return {
    name: 'gsp',
    lfdi,
    profile: config.profile,
    time: clock.now(),
    ...(address !== undefined && { url: address }),
    counts: {
      devices: await countOf('EndDevice'),
      aggregators: await countOf('Aggregator'),
      groups: await countOf('Group'),
      programs: await countOf('DERProgram'),
      controls: await countOf('DERControl', Object.values(EventState)),
    },
  }
}
