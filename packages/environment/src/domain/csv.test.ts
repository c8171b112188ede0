import { expect, it } from 'vitest'
import { numberIn, parseCsv } from './csv.ts'

it('reads what spreadsheets write: BOM, CRLF, quotes, blank lines and rows that end early', () => {
  const { columns, rows } = parseCsv('\uFEFFtime,"a b",c\r\n\r\n1, "2" ,3\r\n"4,5"\r\n,,\r\n', 'x.csv', ['time'])
  expect(columns).toEqual(['time', 'a b', 'c'])
  expect(rows.map(({ cells, line }) => [line, Object.fromEntries(cells)])).toEqual([
    [3, { time: '1', 'a b': '2', c: '3' }],
    [4, { time: '4,5' }],
  ])
})

it.each([
  ['', 'x.csv is empty'],
  ['a,b\n', 'x.csv:1: there is no column "time"'],
  ['time,a,a\n', 'x.csv:1: there are two columns "a"'],
  ['time,a\n1,2,3\n', 'x.csv:2: "3" stands beyond the last column'],
])('says of %j what is wrong', (text, message) => {
  expect(() => parseCsv(text, 'x.csv', ['time'])).toThrow(message)
})

it.each([
  ['x', 'x.csv:2: a: "x" is not a number'],
  ['1e999', 'x.csv:2: a: "1e999" is not a number'],
  ['1.5', 'x.csv:2: a: "1.5" is not a whole number'],
  ['-1', 'x.csv:2: a: "-1" is below 0'],
  ['11', 'x.csv:2: a: "11" is above 10'],
])('refuses the number %s by file, line and column', (cell, message) => {
  const [row] = parseCsv(`a\n${cell}\n`, 'x.csv', []).rows
  expect(() => row && numberIn(row, 'a', { least: 0, most: 10, whole: true })).toThrow(message)
})
