/** Certificate policies of IEEE 2030.5. */
export const policy = {
  genericDevice: '1.3.6.1.4.1.40732.1.1',
  mobileDevice: '1.3.6.1.4.1.40732.1.2',
  postManufactureDevice: '1.3.6.1.4.1.40732.1.3',
  test: '1.3.6.1.4.1.40732.2.1',
  selfSigned: '1.3.6.1.4.1.40732.2.2',
  serviceProvider: '1.3.6.1.4.1.40732.2.3',
  bulkIssued: '1.3.6.1.4.1.40732.2.4',
  any: '2.5.29.32.0',
} as const

export const extension = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

export const purpose = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const

export const hardwareModuleName = '1.3.6.1.5.5.7.8.4'
export const commonName = '2.5.4.3'
export const organizationName = '2.5.4.10'
export const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
