import { expect, it } from 'vitest'
import { linksOf } from './links.ts'

it('finds the links of a resource and of the members it holds', () => {
  const list = {
    href: '/edev',
    all: 1,
    EndDevice: [{ href: '/edev/1', DERListLink: { href: '/edev/1/der', all: 1 }, sFDI: 1 }],
  }
  expect(linksOf(list)).toEqual([{ name: 'DERListLink', href: '/edev/1/der', list: true }])
  expect(linksOf({ TimeLink: { href: '/tm' } })).toEqual([{ name: 'TimeLink', href: '/tm', list: false }])
  expect(linksOf('text')).toEqual([])
})
