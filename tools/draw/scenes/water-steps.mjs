// Glass tanks on steps that climb to the right: a pipe fills the lowest, a pump lifts its overflow to the next.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const left = n => 112 + n * 350
  const floor = n => 962 - n * 140
  const [wide, high] = [244, 290]

  const step = n => `
    ${solid(rect(n ? left(n) : -20, floor(n), n < 3 ? 484 : 600, 700), INK.red, { shade: INK.brick, angle: 90,
      from: 0, strength: 1 })}
    ${solid(rect(n ? left(n) - 10 : -20, floor(n), n < 3 ? 484 : 600, 20), INK.clay)}
    ${dust(rect(n ? left(n) : -20, floor(n) + 20, n < 3 ? 484 : 600, 26), INK.night, { angle: 270, strength: 0.9 })}
    ${line(path(times(4, k => `M${left(n) + 40 + (k % 2) * 110} ${floor(n) + 72 + k * 60}h${90 + (k % 3) * 30}`)),
      INK.brick, 6)}
    ${n ? dust(rect(left(n), floor(n) + 20, 60, 700), INK.night, { angle: 180, from: 0.1, strength: 0.8 }) : ''}`

  // A tank stands on its origin; `level` of it is water, 1 up to the overflow.
  const tank = level => {
    const body = rect(0, -high, wide, high - 12, 8)
    const surface = -16 - level * (high - 44)
    return `
      ${dust(ellipse(wide / 2 + 16, 0, 160, 16), INK.night, { round: true, strength: 1 })}
      <g opacity="0.6">${solid(body, INK.mist)}</g>
      ${level ? within(body, `${solid(rect(0, surface, wide, high), INK.teal, { shade: INK.pine, from: 0.2,
        strength: 1 })}${solid(rect(0, surface, wide, 14), INK.sage)}`) : ''}
      ${line(path(`M34 ${-high + 50}V-70`), INK.white, 13)}
      ${line(path(`M64 ${-high + 50}v64`), INK.white, 8)}
      ${line(path(`M0 ${-high}V-10H${wide}V${-high}`), INK.navy, 13)}
      ${solid(rect(-14, -high - 10, 44, 20, 6), INK.navy)}${solid(rect(wide - 30, -high - 10, 44, 20, 6), INK.navy)}
      ${solid(rect(-16, -22, wide + 32, 24, 5), INK.navy, { shade: INK.blue, angle: 0, from: 0.4 })}`
  }

  // From the overflow of tank n by a pump upwards, and over the rim of the next.
  const lift = (n, wet) => {
    const [x, y] = [left(n) + wide, floor(n) - high + 44]
    const pipe = path(`M${x - 26} ${y} H${x + 53} V${y - 250} Q${x + 53} ${y - 300} ${x + 103} ${y - 300}
      H${x + 140} Q${x + 182} ${y - 300} ${x + 182} ${y - 258} V${y - 236}`)
    return `${line(pipe, INK.navy, 36, 'style="stroke-linecap:butt"')}
      ${line(pipe, wet ? INK.sage : INK.blue, 16, 'style="stroke-linecap:butt"')}
      ${solid(rect(x + 156, y - 248, 52, 20, 5), INK.navy)}${solid(rect(x + 27, y - 150, 52, 20, 5), INK.navy)}
      ${solid(rect(x - 36, y - 26, 20, 52, 5), INK.navy)}
      ${solid(circle(x + 53, y, 43), wet ? INK.red : INK.clay, { shade: wet ? INK.brick : INK.umber, angle: 60,
        from: 0.3 })}
      ${line(circle(x + 53, y, 43), INK.navy, 8)}
      ${wet ? line(path(`M${x + 53} ${y + 20}V${y - 18}m-18 18l18 -18l18 18`), INK.white, 9)
        : solid(circle(x + 53, y, 12), INK.navy)}`
  }
  const stream = (x, top, bottom) => `
    ${solid(path(`M${x - 15} ${top}h30l6 ${bottom - top}h-42Z`), INK.teal)}
    ${line(path(`M${x - 4} ${top + 8}V${bottom - 8}`), INK.mist, 6)}
    ${solid(path(`M${x - 52} ${bottom + 6}q20 -34 36 -8q16 -26 32 0q18 -26 36 8Z`), INK.mist)}`
  const [feed, next] = [left(0) + 122, left(1) + 76]

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.cream, { shade: INK.sand, angle: 90, from: 0.1, strength: 1 })}
    ${solid(circle(800, 440, 350), INK.gold, { shade: INK.ochre, angle: 90, from: 0.25 })}
    ${times(4, step)}
    ${stream(feed, floor(0) - high - 60, floor(0) - high + 30)}
    ${stream(next, floor(1) - high - 52, floor(1) - 150)}
    ${times(4, n => at(left(n), floor(n), tank([1, 0.52, 0, 0][n])))}
    ${stream(feed, floor(0) - high - 60, floor(0) - high + 24)}
    ${stream(next, floor(1) - high - 52, floor(1) - 148)}
    ${times(3, n => lift(n, !n))}
    ${line(path(`M-40 ${floor(0) - high - 160}H${feed - 50}q50 0 50 50v50`), INK.navy, 62,
      'style="stroke-linecap:butt"')}
    ${line(path(`M-40 ${floor(0) - high - 172}H${feed - 56}`), INK.blue, 12)}
    ${solid(rect(feed - 42, floor(0) - high - 72, 84, 24, 6), INK.blue)}
    ${solid(rect(40, floor(0) - high - 200, 28, 80, 6), INK.blue)}
    ${solid(rect(110, floor(0) - high - 236, 16, 50), INK.navy)}
    ${solid(rect(66, floor(0) - high - 252, 104, 24, 12), INK.red)}
  `
}
