import { expect, it } from 'vitest'
import { freshLfdi, testAdmin } from '../testing/test-admin.ts'

it('tells of every device with what it reported, page by page', async () => {
  const admin = await testAdmin()
  await admin.call('POST', '/groups', { name: 'feeder 7', level: 'feeder' })
  const lfdis = [freshLfdi(), freshLfdi(), freshLfdi()]
  for (const lfdi of lfdis) await admin.call('POST', '/devices', { lfdi, pin: 111_115, groups: ['feeder 7'] })
  const { body } = await admin.call('GET', '/fleet?limit=2')
  expect(body.all).toBeGreaterThanOrEqual(3)
  expect(body.items).toHaveLength(2)
  const rest = await admin.call('GET', '/fleet?start=2&after=0')
  const all = [...body.items, ...rest.body.items].filter(({ device }) => lfdis.includes(device.lfdi))
  expect(all).toHaveLength(3)
  for (const survey of all) {
    expect(survey).toMatchObject({ device: { groups: [{ name: 'feeder 7' }] }, power: [], responses: [] })
  }
})

it('refuses a moment that is none', async () => {
  const admin = await testAdmin()
  expect(await admin.call('GET', '/fleet?after=soon')).toMatchObject({ status: 400 })
})
