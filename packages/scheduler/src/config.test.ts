import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Config } from './config.ts'
import { testConfig } from './testing/test-scheduler.ts'

it('finds what is wrong in the SCL file, and names devices that are not there', () => {
  const config = testConfig()
  writeFileSync(config.scl, readFileSync(config.scl, 'utf8').replace('<Val>60</Val>', '<Val>50</Val>'))
  const dcms = [{ device: 'roof', url: 'https://localhost:9450' }]
  const issues = Config.safeParse({ ...config, dcms }).error?.issues
  expect(issues).toMatchObject([
    { path: ['scl'], message: expect.stringContaining('battery/MaxPow_Res_FSCH01.SchdIntv: leaves a gap') },
    { path: ['dcms', 0, 'device'], message: 'no device "roof"' },
  ])
})

it('needs a logical device for each of its own', () => {
  const config = testConfig()
  const issues = Config.safeParse({ ...config, devices: [{ name: 'roof' }] }).error?.issues
  expect(issues).toMatchObject([{ path: ['scl'], message: expect.stringContaining('no logical device "roof"') }])
})
