import { parseLfdi, type EndDevice, type EndDeviceList, type Lfdi, type Sfdi } from '@gridloom/sep2030'

/** The own entry: by LFDI, and by SFDI among the entries of a server that leaves LFDIs out. */
export function findSelf(lfdi: Lfdi, sfdi: Sfdi): (list: EndDeviceList) => EndDevice | undefined {
  return ({ EndDevice: devices = [] }) =>
    devices.find((device) => device.lFDI !== undefined && sameLfdi(device.lFDI, lfdi)) ??
    devices.find((device) => device.lFDI === undefined && device.sFDI === Number(sfdi))
}

// Some peers write hex values without their leading zeros.
function sameLfdi(written: string, lfdi: Lfdi): boolean {
  return parseLfdi(written.padStart(lfdi.length, '0')) === lfdi
}
