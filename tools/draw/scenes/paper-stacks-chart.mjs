// Stacks of paper of different heights like a chart, with red or teal bands, from above at an angle.
import { INK, chance, ellipse, path, polygon, rect, times } from '../ink.mjs'

// Heights in reams; the back row first. Negative ones bear a teal band.
const STACKS = [
  [14, 19, 24, -12, -16, -12],
  [20, 25, 9, -20, -8, -18],
  [24, 10, 21, -8, -25, -14],
  [12, 22, 13, -17, -11, -23],
  [21, 8, 16, 6, -18, -9],
  [9, 15, 5, -11, -5, -7],
]

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(21)
  const [A, THICK] = [106, 11]
  const spot = (i, j) => [800 + (j - i) * A, 392 + (i + j) * A / 2]
  const stack = (value, w = 68) => {
    const [count, high, h] = [Math.abs(value), Math.abs(value) * THICK, w / 2]
    const [band, deep] = value > 0 ? [INK.red, INK.brick] : [INK.teal, INK.pine]
    const slips = Array.from({ length: count }, () => Math.round((random() - 0.5) * 7))
    const middle = Math.max(1, Math.floor(count * 0.62)) * THICK
    const left = (from, to) => polygon(`${-w},${-from} 0,${h - from} 0,${h - to} ${-w},${-to}`)
    const right = (from, to) => polygon(`0,${h - from} ${w},${-from} ${w},${-to} 0,${h - to}`)
    return `
      ${solid(path(slips.map((s, n) => `M${-w + s} ${-n * THICK}L${s}
        ${h - n * THICK}V${h - (n + 1) * THICK}L${-w + s} ${-(n + 1) * THICK}Z`).join('')), INK.cream)}
      ${solid(path(slips.map((s, n) => `M${s} ${h - n * THICK}L${w + s} ${-n * THICK}V${-(n + 1) * THICK}L${s}
        ${h - (n + 1) * THICK}Z`).join('')), INK.sand)}
      ${solid(path(slips.map((s, n) => `M${-w + s} ${-n * THICK}L${s} ${h - n * THICK}L${w + s} ${-n * THICK}v-3L${s}
        ${h - n * THICK - 3}L${-w + s} ${-n * THICK - 3}Z`).join('')), INK.clay)}
      ${dust(right(0, high), INK.umber, { angle: 90, from: 0, strength: 0.9 })}
      ${solid(polygon(`${-w},${-high} 0,${-high - h} ${w},${-high} 0,${h - high}`), INK.white)}
      ${solid(left(middle - 8, middle + 14), band)}${solid(right(middle - 8, middle + 14), deep)}
      ${line(path(`M${-w * 0.55} ${-high - h * 0.08}L${-w * 0.08} ${-high - h * 0.55}M${-w * 0.36}
        ${-high + h * 0.1}L${-w * 0.2} ${-high - h * 0.06}`), INK.sand, 5)}
      ${solid(ellipse(w * 0.16, -high + h * 0.06, 23, 12.5), band)}
      ${solid(ellipse(w * 0.16, -high + h * 0.06, 12, 6.5), INK.white)}`
  }
  // The sun stands at the left: each stack's shadow falls to the right and backwards.
  const shadow = (i, j) => {
    const [x, y] = spot(i, j)
    const long = Math.abs(STACKS[i][j]) * 4
    return `M${x} ${y + 38}L${x + 68} ${y}L${x + 68 + long} ${y + long * 0.3}L${x + long} ${y + 38 + long * 0.3}Z`
  }
  const each = make => STACKS.map((row, i) => row.map((_, j) => make(i, j)).join('')).join('')
  const ordered = Array.from({ length: 11 }, (_, sum) => STACKS.flatMap((row, i) => row.flatMap((value, j) =>
    (i + j === sum ? [at(...spot(i, j), stack(value))] : [])))).flat().join('')
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.red, angle: 330, from: 0.4, strength: 0.8 })}
    ${dust(rect(0, 0, 900, 1067), INK.cream, { angle: 150, from: 0.45, strength: 0.8 })}
    ${at(0, -46, `${dust(polygon('100,690 800,1050 1600,690 1600,900 1160,1120 700,1120'),
      INK.umber, { angle: 0, from: -0.1, strength: 1 })}
    ${solid(polygon('60,660 800,1032 800,1066 60,696'), INK.night)}
    ${solid(polygon('1540,660 800,1032 800,1066 1540,694'), INK.blue)}
    ${solid(polygon('60,660 800,288 1540,660 800,1032'),
      INK.navy, { shade: INK.blue, angle: 200, from: 0.3, strength: 0.9 })}
    ${line(path(times(7, n => {
      const [[ax, ay], [bx, by], [cx, cy],
        [dx, dy]] = [spot(n - 0.5, -0.5), spot(n - 0.5, 5.5), spot(-0.5, n - 0.5), spot(5.5, n - 0.5)]
      return `M${ax} ${ay}L${bx} ${by}M${cx} ${cy}L${dx} ${dy}`
    })), INK.blue, 4)}
    ${solid(path(each(shadow)), INK.night)}
    ${ordered}`)}
  `
}
