import { Device, Group, Program } from '@gridloom/contracts'
import type { Admin } from './admin.ts'
import type { IssuedGrid } from './grid-folder.ts'
import type { GridPlan } from './plan.ts'

/** Enters groups, their programs and the devices with their PINs through the admin API, as an operator would. */
export async function provision(admin: Admin, plan: GridPlan, { devices }: IssuedGrid): Promise<void> {
  for (const { name, level, primacy } of plan.groups) {
    await admin.post('/groups', { name, level }, Group)
    await admin.post('/programs', { description: name, group: name, primacy }, Program)
  }
  for (const { name, pin, credentials } of devices) {
    const groups = plan.groups.filter(({ members }) => members.includes(name)).map((group) => group.name)
    await admin.post('/devices', { lfdi: credentials.lfdi, pin, groups }, Device)
  }
}
