import { Device, Group, pageOf, Program, type GridReady } from '@gridloom/contracts'
import { readCredentials } from '@gridloom/kit'
import { createAdmin, type Admin } from './admin.ts'
import type { z } from 'zod'
import type { GridPlan, PlannedGroup } from './plan.ts'

/**
 * Enters groups, their programs and the devices with their PINs through the GSP's admin API, as an operator would.
 * What is there already stays as it is.
 */
export async function provision({ actors, certs }: GridReady, { groups }: Pick<GridPlan, 'groups'>): Promise<void> {
  const address = actors.find(({ actor }) => actor === 'gsp')?.admin
  if (!address) throw new Error('the grid has no GSP with an admin face')
  await using admin = createAdmin(address, readCredentials({ ...certs.operator, ca: certs.ca }))
  const present = new Set((await everything(admin, '/groups', Group)).map(({ name }) => name))
  for (const group of groups) if (!present.has(group.name)) await enterGroup(admin, group)
  const registered = new Set((await everything(admin, '/devices', Device)).map(({ lfdi }) => lfdi))
  for (const { name, lfdi, pin } of certs.devices) {
    const memberOf = groups.filter(({ members }) => members.includes(name)).map((group) => group.name)
    if (!registered.has(lfdi)) await admin.post('/devices', { lfdi, pin, groups: memberOf }, Device)
  }
}

async function enterGroup(admin: Admin, { name, level, primacy }: PlannedGroup): Promise<void> {
  await admin.post('/groups', { name, level }, Group)
  await admin.post('/programs', { description: name, group: name, primacy }, Program)
}

async function everything<Item>(admin: Admin, path: string, item: z.ZodType<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  for (;;) {
    const { all, items } = await admin.get(`${path}?start=${found.length}&limit=1000`, pageOf(item))
    found.push(...items)
    if (items.length === 0 || found.length >= all) return found
  }
}
