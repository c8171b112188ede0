import { expect, it } from 'vitest'
import { formatPkcs12, parsePkcs12 } from './pkcs12.ts'
import { createPki, issueDevice } from './pki.ts'

it('carries key, chain and trust anchor of an EC credential', () => {
  const device = issueDevice(createPki(), { serial: 'PV-1' })
  const read = parsePkcs12(formatPkcs12(device, 'secret'), 'secret')
  expect(read.lfdi).toBe(device.lfdi)
  expect(read.key.equals(device.key)).toBe(true)
  expect(read.chain.map(String)).toEqual(device.chain.map(String))
  expect(read.anchors.map(String)).toEqual(device.anchors.map(String))
})

it('reads what OpenSSL wrote, with its certificates encrypted', () => {
  const { certificate, chain } = parsePkcs12(Buffer.from(opensslFile, 'base64'), 'secret')
  expect(certificate.subject).toBe('CN=openssl')
  expect(chain).toHaveLength(1)
})

it('refuses a wrong password', () => {
  const file = formatPkcs12(issueDevice(createPki(), { serial: 'PV-1' }), 'secret')
  expect(() => parsePkcs12(file, 'guess')).toThrow('password')
})

it('refuses a password whose bytes programs do not agree on', () => {
  expect(() => parsePkcs12(Buffer.of(), 'geheimnüs')).toThrow('ASCII')
})

// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 …; openssl pkcs12 -export …
const opensslFile = `
MIIEDAIBAzCCA8IGCSqGSIb3DQEHAaCCA7MEggOvMIIDqzCCAmIGCSqGSIb3DQEHBqCCAlMwggJPAgEAMIICSAYJKoZIhvcNAQcB
MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjMiVJ/AZwyHwICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELcK
qVGnbHBVhDFxjQra/KeAggHg7K0Z9bMSBWyJ/HJYNz3n/4TfeJ7bbEw/MND9EKvXqIjZGXKEJWCCE2YprHaZS9+0y6w84J7xmYh0
93D6lLBvrBl/bp/cKr79bhj2EVvWNRRSzJzaM75Nodxfhs6Bq//L6yuPaIBw+t/72XIrtoov8fvPIgIlkbXEza3Naz5uyCKj2baN
XjB8i4W3eENR3PN0JeCSKjQpeiitSyArRbHFNIZ89Q5doSO+IjwaC1JedpNus3j5SrtmB2v/hBXhSkz6kTMcTyKVhki1X2RSpHcI
wug9mLZz8Wu5MOHiyMJ9zwZdpE57vlwI0iCAreOvIfRl6Otpm15z1w93PxafOaTgb5D3/bYJEssrzAPWEE+yWwKpUJ4Niz4NZa1A
MyULCIw5pXd/mNqeUPRne0AmR+vhvjTuX9eewd45xj3+jADB4ZVYVt3H2KyhDF3A6/lCEz3/qn7q/3ARqq0Xn2t3oE44nlxN20HK
LsC9fW4LbkN5zBXfs6lON5Ta6cQDWLViuK0U3vhqQjvIaceSwfTZd517poXNEDNfsxS9IQbnaMltPdVqpBT9vL6AfcLl25oTFmXY
t/WoApJUzLSzgppIGQWawdKvXMiwA736qtDDsFzVS6/Wi4uDqwba2wBUJsMdcyqyMIIBQQYJKoZIhvcNAQcBoIIBMgSCAS4wggEq
MIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECI7pC8gagIH4AgIIADAMBggqhkiG
9w0CCQUAMB0GCWCGSAFlAwQBKgQQ+5VL2oFNqhoM+DLxPbQTwwSBkNhVQDFjcUkLiA0HAPJYN+k0h4Ql+/tCSphVKfIzci0IuaRJ
e6wMgWKcikbqDlkFL7z06UltoJ6fBD6NXE9STmgykyqvDrmdZOfyPKeXUQFLPqqO8aYP3aXR15OmX2ghGf4N0XOhc6ROujGgdLRD
jVYZYUzwclzO+2Ee2BFaETvr1JZGAT+7HyEXp2ol2ue8WDElMCMGCSqGSIb3DQEJFTEWBBRmCH+1GeYDTDtdg1+hEM9qo9XQNTBB
MDEwDQYJYIZIAWUDBAIBBQAEIAeyI22B5eqz/jsVgsYnqeL9MtOw6sM+Y5MqjvCqJsMmBAhmXHJeWDtQnQICCAA=
`
