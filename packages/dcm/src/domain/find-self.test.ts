import type { Lfdi, Sfdi } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { findSelf } from './find-self.ts'

const lfdi = '0A'.padEnd(40, '3') as Lfdi
const find = findSelf(lfdi, 167_261_211_391 as Sfdi)

it('finds itself by LFDI, in either case and without leading zeros', () => {
  const written = [lfdi, lfdi.toLowerCase(), lfdi.replace(/^0+/, '')]
  expect(written.map((lFDI) => find(listOf({ lFDI }))?.href)).toEqual(['/edev/9', '/edev/9', '/edev/9'])
})

it('falls back to the SFDI where the server leaves the LFDI out', () => {
  expect(find(listOf({ sFDI: 167_261_211_391 }))?.href).toBe('/edev/9')
})

it('is not taken for another device with its SFDI', () => {
  expect(find(listOf({ lFDI: 'F'.repeat(40), sFDI: 167_261_211_391 }))).toBeUndefined()
})

function listOf(device: { lFDI?: string; sFDI?: number }) {
  const entry = { href: '/edev/9', changedTime: 0, sFDI: 1, ...device }
  return { all: 2, results: 2, EndDevice: [{ href: '/edev/1', changedTime: 0, sFDI: 2, lFDI: 'E'.repeat(40) }, entry] }
}
