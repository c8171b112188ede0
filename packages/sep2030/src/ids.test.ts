import { X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { formatSfdi, lfdiOf, makeMrid, parseLfdi, parseMrid, parsePin, parseSfdi, pinOf, sfdiOf } from './ids.ts'

const certificate = `-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIUUTplRzWNg/rH0NoHfUiJiIvYIJYwCgYIKoZIzj0EAwIwKzEQMA4GA1UECgwHRXhhbXBsZTEXMBUG
A1UEAwwOd29ya2VkIGV4YW1wbGUwIBcNMjYxMTIwMTcyOTI3WhgPMjEyNjEwMjcxNzI5MjdaMCsxEDAOBgNVBAoMB0V4YW1w
bGUxFzAVBgNVBAMMDndvcmtlZCBleGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWOsDsh+k96XXBrJrnf0X0C8p
wsFA4U7sK2eND1Dw9nGaEawgAly66PZGqDNfN8++jLvAPahdbToIdruLUg9z0KNTMFEwHQYDVR0OBBYEFI1aupTD02iNRtgH
k2Io3AWVGsSKMB8GA1UdIwQYMBaAFI1aupTD02iNRtgHk2Io3AWVGsSKMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SAAwRQIgEbukPCaZZvSfBVtGb0gTfUTCxiyEl6Y6agLtkDyv+HQCIQDoncxOjCkPv8mUv3OFyG6AmQWjJQ+G3Z21mNOzhJ1A
ig==
-----END CERTIFICATE-----`

it('derives the LFDI of a certificate and the SFDI of the LFDI', () => {
  const lfdi = lfdiOf(new X509Certificate(certificate))
  expect(lfdi).toBe('311D386DD717FB8FF90ADE0E4EF82E028D7611E8')
  expect(sfdiOf(lfdi)).toBe(131_839_771_811)
})

it('derives the SFDI of an LFDI in any case', () => {
  expect(sfdiOf(parseLfdi('3e4f45ab31edfe5b67e343e5e4562e31984e23e5'))).toBe(167_261_211_391)
  expect(sfdiOf(parseLfdi('F'.repeat(40)))).toBe(687_194_767_357)
})

it('reads an SFDI as machines and as people write it', () => {
  expect(parseSfdi('167-261-211-391')).toBe(167_261_211_391)
  expect(formatSfdi(parseSfdi(19))).toBe('000-000-000-019')
})

it.each(['167261211392', '687194767360', '-19', '', 'abc', 1.9])(
  'refuses an SFDI whose check digit or size is wrong: %s',
  (text) => {
    expect(() => parseSfdi(text)).toThrow(`not an SFDI: "${text}"`)
  },
)

it('makes a PIN of five digits and refuses one with a wrong check digit', () => {
  expect(pinOf(11_111)).toBe(111_115)
  expect(parsePin('000019')).toBe(19)
  expect(() => parsePin(111_116)).toThrow('not a PIN: "111116"')
  expect(() => pinOf(100_000)).toThrow('not a number of five digits')
})

it('makes an mRID that ends with the number of its maker', () => {
  expect(makeMrid(40_732, Buffer.alloc(12, 0xab))).toBe('ABABABABABABABABABABABAB00009F1C')
  expect(() => makeMrid(-1, Buffer.alloc(12))).toThrow('not a private enterprise number')
  expect(() => makeMrid(1, Buffer.alloc(11))).toThrow('12 bytes')
  expect(() => parseMrid('AB')).toThrow('not an mRID: "AB"')
})
