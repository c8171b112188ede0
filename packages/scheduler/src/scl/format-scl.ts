import type { Quantity } from '@gridloom/contracts'
import { typeLines } from './format-types.ts'

/** A reserve schedule over the hour: values in watts, or booleans, that fill it. */
export type Reserve = Readonly<{ values: readonly (number | boolean)[]; minutes: number }>

export type SclOptions = Readonly<{
  ied: string
  /** Absent in an .icd: a template without a place in a network. */
  address?: string
  devices: readonly Readonly<{ name: string; reserve: Readonly<Partial<Record<Quantity, Reserve>>> }>[]
  /** Ordinary schedules of each quantity. */
  schedules?: number
  /** Values of a schedule. */
  entries?: number
  /** Power of ten of the watts in the file: 3 for kW. */
  multiplier?: 0 | 3
}>

/** Writes an SCL file with schedules and their controllers, as `readPlant` reads it (scheduling.md §5). */
export function formatScl({ ied, address, devices, ...sizes }: SclOptions): string {
  const { schedules = 10, entries = 100, multiplier = 0 } = sizes
  const communication = address === undefined ? [] : networkLines(ied, address)
  const hosts = devices.flatMap((device) => hostLines(device, { schedules, multiplier }))
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<SCL xmlns="http://www.iec.ch/61850/2003/SCL" version="2007" revision="B" release="4">',
    `  <Header id="${ied}" nameStructure="IEDName"/>`,
    ...communication,
    `  <IED name="${ied}" manufacturer="Gridloom" type="scheduler" configVersion="1">`,
    '    <AccessPoint name="AP1">',
    '      <Server>',
    '        <Authentication none="true"/>',
    ...hosts,
    '      </Server>',
    '    </AccessPoint>',
    '  </IED>',
    ...templateLines(schedules + 1, entries, multiplier),
    '</SCL>',
  ]
  return `${lines.join('\n')}\n`
}

const quantities = ['ActPow', 'MaxPow', 'OnOff'] as const satisfies readonly Quantity[]
const targets = { ActPow: 'AnOut1', MaxPow: 'AnOut1', OnOff: 'SPCSO1' } as const

function networkLines(ied: string, address: string): readonly string[] {
  return [
    '  <Communication>',
    '    <SubNetwork name="plant" type="8-MMS">',
    `      <ConnectedAP iedName="${ied}" apName="AP1">`,
    `        <Address><P type="IP">${address}</P></Address>`,
    '      </ConnectedAP>',
    '    </SubNetwork>',
    '  </Communication>',
  ]
}

type Sizes = Readonly<{ schedules: number; multiplier: number }>

function hostLines({ name, reserve }: SclOptions['devices'][number], sizes: Sizes): readonly string[] {
  return [
    `        <LDevice inst="${name}" ldName="${name}">`,
    '          <LN0 lnClass="LLN0" inst="" lnType="LLN0"/>',
    ...quantities.flatMap((quantity) => quantityLines(name, quantity, reserve[quantity], sizes)),
    '        </LDevice>',
  ]
}

function quantityLines(
  device: string,
  quantity: Quantity,
  reserve: Reserve | undefined,
  { schedules, multiplier }: Sizes,
): readonly string[] {
  const kind = quantity === 'OnOff' ? 'Boolean' : 'Number'
  const names = Array.from({ length: schedules }, (_, index) => `${quantity}_FSCH${padded(index + 1, 2)}`)
  const all = reserve ? [...names, `${quantity}_Res_FSCH01`] : names
  const node = (prefix: string, lnClass: string, inst: string, type: string): string =>
    `          <LN prefix="${prefix}" lnClass="${lnClass}" inst="${inst}" lnType="${type}"`
  const target = `${device}/${quantity}_GGIO1.${targets[quantity]}`
  return [
    `${node(`${quantity}_`, 'GGIO', '1', `GGIO_${kind}`)}/>`,
    ...names.map((_, index) => `${node(`${quantity}_`, 'FSCH', padded(index + 1, 2), `FSCH_${kind}`)}/>`),
    ...(reserve
      ? [`${node(`${quantity}_Res_`, 'FSCH', '01', `FSCH_${kind}`)}>`, ...reserveLines(reserve, multiplier), close]
      : []),
    `${node(`${quantity}_`, 'FSCC', '1', `FSCC_${kind}`)}>`,
    doi('CtlEnt', dai('setSrcRef', target)),
    ...all.map((name, index) => doi(`Schd${padded(index + 1, 2)}`, dai('setSrcRef', `${device}/${name}`))),
    close,
  ]
}

const close = '          </LN>'

function reserveLines({ values, minutes }: Reserve, multiplier: number): readonly string[] {
  return [
    doi('NumEntr', dai('setVal', values.length)),
    doi('SchdIntv', dai('setVal', minutes) + sdi('units', dai('SIUnit', 'min'))),
    doi('SchdPrio', dai('setVal', 10)),
    ...values.map((value, index) =>
      typeof value === 'boolean'
        ? doi(`ValSPG${padded(index + 1, 3)}`, dai('setVal', value))
        : doi(`ValASG${padded(index + 1, 3)}`, sdi('setMag', dai('f', value / 10 ** multiplier))),
    ),
    doi(
      'StrTm01',
      dai('setTm', '1970-01-01T00:00:01Z') +
        sdi('setCal', dai('occ', 1) + dai('occType', 'Time') + dai('occPer', 'Hour') + dai('mn', 0)),
    ),
  ]
}

function doi(name: string, inner: string): string {
  return `            <DOI name="${name}">${inner}</DOI>`
}

function sdi(name: string, inner: string): string {
  return `<SDI name="${name}">${inner}</SDI>`
}

function dai(name: string, value: string | number | boolean): string {
  return `<DAI name="${name}"><Val>${value}</Val></DAI>`
}

function templateLines(listed: number, entries: number, multiplier: number): readonly string[] {
  const many = (count: number, line: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => line(index + 1))
  const schedule = (id: string, value: string, entry: string): readonly string[] => [
    `    <LNodeType id="${id}" lnClass="FSCH">`,
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['SchdSt', 'SchdSt_ENS'],
      ['SchdEnaErr', 'SchdEnaErr_ENS'],
      ['SchdEntr', 'INS'],
      [value, value === 'ValMV' ? 'MV' : 'SPS'],
      ['ActStrTm', 'TCS'],
      ['NxtStrTm', 'TCS'],
      ['EnaReq', 'SPC'],
      ['DsaReq', 'SPC'],
      ['SchdPrio', 'ING'],
      ['NumEntr', 'ING'],
      ['SchdIntv', 'Interval_ING'],
    ]),
    ...many(entries, (index) => object(`${entry}${padded(index, 3)}`, entry === 'ValASG' ? 'ASG' : 'SPG')),
    ...many(16, (index) => object(`StrTm${padded(index, 2)}`, 'TSG')),
    ...objects([
      ['EvTrg', 'SPG'],
      ['InSyn', 'ORG'],
      ['SchdReuse', 'SPG'],
    ]),
    '    </LNodeType>',
  ]
  const controller = (id: string, value: string, type: string): readonly string[] => [
    `    <LNodeType id="${id}" lnClass="FSCC">`,
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['ActSchdRef', 'ORS'],
      [value, type],
      ['CtlEnt', 'ORG'],
    ]),
    ...many(listed, (index) => object(`Schd${padded(index, 2)}`, 'ORG')),
    '    </LNodeType>',
  ]
  return [
    '  <DataTypeTemplates>',
    '    <LNodeType id="LLN0" lnClass="LLN0">',
    object('Beh', 'Beh_ENS'),
    '    </LNodeType>',
    '    <LNodeType id="GGIO_Number" lnClass="GGIO">',
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['AnOut1', 'Power_APC'],
    ]),
    '    </LNodeType>',
    '    <LNodeType id="GGIO_Boolean" lnClass="GGIO">',
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['SPCSO1', 'SPC'],
    ]),
    '    </LNodeType>',
    ...schedule('FSCH_Number', 'ValMV', 'ValASG'),
    ...schedule('FSCH_Boolean', 'ValSPS', 'ValSPG'),
    ...controller('FSCC_Number', 'ValMV', 'MV'),
    ...controller('FSCC_Boolean', 'ValSPS', 'SPS'),
    ...typeLines(multiplier),
    '  </DataTypeTemplates>',
  ]
}

function objects(list: readonly (readonly [name: string, type: string])[]): readonly string[] {
  return list.map(([name, type]) => object(name, type))
}

function object(name: string, type: string): string {
  return `      <DO name="${name}" type="${type}"/>`
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
