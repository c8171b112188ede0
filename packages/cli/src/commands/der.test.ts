import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { runCommand } from '../run-command.ts'

const head = 'case,step,t_s,f_hz,v_a_v,v_b_v,v_c_v,p_avl_in_w,p_out_w'
/** Three phases of 240 V. */
const nominal = '138.56,138.56,138.56'

afterEach(() => {
  vi.restoreAllMocks()
})

it('prints the inputs as they stand and the outputs computed', async () => {
  const { code, out } = await runDer({ settings: { NP_EFFICIENCY: 0.5 } }, [`0,0,1,60,${nominal},4e4,`])
  expect(code).toBe(0)
  expect(out).toBe(`${head}\n0,0,1,60,${nominal},4e4,20000\n`)
})

it('takes settings in the order in which they are written', async () => {
  const q = async (settings: object) => {
    const { out } = await runDer(
      { settings: { ...settings, UV1_TRIP_V: 0 } },
      [`0,0,1,60,100,100,100,4e4,`],
      'q_volt_var_pu',
    )
    return out.trim().split(',').at(-1)
  }
  expect(await q({ QV_CURVE_Q1: 0.3, NP_NORMAL_OP_CAT: 'CAT_A' })).toBe('0.25')
  expect(await q({ NP_NORMAL_OP_CAT: 'CAT_A', QV_CURVE_Q1: 0.3 })).toBe('0.3')
})

it('adds every output when the inputs come without one', async () => {
  const { out } = await runDer({}, [`0,0,1,60,${nominal},4e4`], '')
  const columns = out.split('\n')[0]?.split(',') ?? []
  expect([columns[8], columns.at(-1)]).toEqual(['v_meas_pu', 'v_out_c_rad'])
})

it.each([
  [{ kind: 'WIND' }, 'at cases[0].kind'],
  [{ settings: { QV_MOD: true } }, 'Unrecognized key: "QV_MOD"'],
  [{ settings: { CONST_PF: 0 } }, 'at cases[0].settings.CONST_PF'],
  [{ settings: { QV_CURVE: { x: [1, 0.9], y: [0, 0.4] } } }, 'x does not rise'],
  [{ events: [{ step: 1, set: { AP_LIMIT: 'half' } }] }, 'at cases[0].events[0].set.AP_LIMIT'],
])('says what is wrong in a scenario, and where: %j', async (fault, message) => {
  const { code, out, err } = await runDer(fault, [])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain(message)
})

it.each([
  [`7,0,1,60,${nominal},4e4,`, 'line 2: there is no case "7"'],
  [`0,0,1,sixty,${nominal},4e4,`, 'line 2: f_hz is "sixty"'],
  [`0,0,0,60,${nominal},4e4,`, 'line 2: t_s is "0"'],
  ['0,0,1,60,138,-1,138,4e4,', 'line 2: v_b_v is "-1"'],
  ['0,0,1,60,138,,138,4e4,', 'line 2: v_b_v is ""'],
])('says what is wrong in a row, and prints nothing: %s', async (row, message) => {
  const { code, out, err } = await runDer({}, [row])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain(message)
})

it('asks for a file with exit code 2', async () => {
  expect((await captured(['der', 'run'])).code).toBe(2)
  expect((await captured(['der', 'walk', 'x.json'])).code).toBe(2)
})

async function runDer(fault: object, rows: readonly string[], output = 'p_out_w') {
  const name = join(mkdtempSync(join(tmpdir(), 'der-')), 'one')
  const scenario = { mode: 'dynamic', cases: [{ case: 0, kind: 'PV', settings: {}, ...fault }] }
  writeFileSync(`${name}.json`, JSON.stringify(scenario))
  writeFileSync(`${name}.csv`, [headOf(output), ...rows].join('\n'))
  return captured(['der', 'run', `${name}.json`])
}

function headOf(output: string): string {
  return head.replace(',p_out_w', output ? `,${output}` : '')
}

async function captured(argv: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0)
  const code = await runCommand(argv)
  return { code, out: out.join(''), err: err.join('') }
}
