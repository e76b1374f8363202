// Stacks of coins that rise and then fall; a red line with nodes runs above them.
import { INK, circle, ellipse, path, rect, times } from '../ink.mjs'

const HIGH = [3, 4, 4, 6, 9, 13, 12, 9, 7]
const THICK = 38

export const draw = ({ solid, dust, line, at }) => {
  const x = n => 152 + n * 162
  const top = n => 872 - HIGH[n] * THICK
  const side = 'M-66 -38V0A66 21 0 0 0 66 0V-38A66 21 0 0 1 -66 -38Z'
  const face = colours => `${solid(ellipse(0, -38, 66, 21), colours[0])}${line(ellipse(0, -38, 49, 14), colours[1], 4)}
    ${solid(path('M-16 -38L-5 -41L0 -48L5 -41L16 -38L5 -35L0 -28L-5 -35Z'), colours[1])}`
  const GOLD = [INK.gold, INK.ochre]
  const SILVER = [INK.cream, INK.sand]
  const stack = n => {
    const coins = times(HIGH[n], k => {
      const colours = (k * 5 + n * 3) % 7 === 2 ? SILVER : GOLD
      const slip = ((k * 7 + n * 5) % 5 - 2) * 2.4
      return at(slip, -k * THICK, `${solid(path(side), colours[0])}
        ${line(path(times(11, m => {
          const a = -58 + m * 11.6
          const d = 21 * Math.sqrt(1 - (a / 66) ** 2) - 38
          return `M${a.toFixed(1)} ${(d + 9).toFixed(1)}v20`
        })), colours[1], 3.5)}${line(path('M-66 0A66 21 0 0 0 66 0'), INK.umber, 4)}
        ${k === HIGH[n] - 1 ? face(colours) : solid(ellipse(0, -38, 66, 21), colours[1])}`)
    })
    const height = HIGH[n] * THICK
    return at(x(n), 910, `${coins}
      ${dust(path(`M-2 18V${-height + 20}A66 21 0 0 0 64 ${-height}V0A68 22 0 0 1 -2 21Z`),
        INK.umber, { angle: 0, from: 0, strength: 1 })}`)
  }
  const shadow = n => dust(path(`M${x(n) - 40} 924L${x(n) + 60} 905L${x(n) + 130 + HIGH[n] * 12}
    ${925 + HIGH[n] * 9}L${x(n) + 10 + HIGH[n] * 12} ${945 + HIGH[n] * 9}Z`),
    INK.night, { angle: 20, from: -0.6, strength: 1 })
  const nodes = HIGH.map((_, n) => [x(n), top(n) - 98])
  const ends = [[-20, nodes[0][1] + 12], ...nodes, [1630, nodes[8][1] + 46]]
  const curve = ends.slice(1).reduce((d, [px, py], n) => {
    const [qx, qy] = ends[n]
    const middle = (px + qx) / 2
    return `${d}C${middle} ${qy} ${middle} ${py} ${px} ${py}`
  }, `M${ends[0].join(' ')}`)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 300, from: 0.2, strength: 1 })}
    ${dust(circle(960, 420, 620), INK.blue, { round: true, from: 0, strength: 0.75 })}
    ${line(path(times(5, n => `M0 ${120 + n * 150}H1600`) + times(9, n => `M${x(n)} 0V880`)),
      INK.blue, 3, 'stroke-dasharray="2 14"')}
    ${solid(rect(0, 862, 1600, 205), INK.teal, { shade: INK.pine, from: 0.1, strength: 1 })}
    ${line(path('M0 862H1600'), INK.sage, 5)}
    ${HIGH.map((_, n) => shadow(n)).join('')}
    ${HIGH.map((_, n) => stack(n)).join('')}
    ${at(10, 14, line(path(curve), INK.night, 16))}
    ${line(path(curve), INK.red, 14)}
    ${nodes.map(([px, py]) => `${solid(circle(px, py, 22), INK.white)}${solid(circle(px, py, 11), INK.red)}`).join('')}
    ${[[232, 1006, GOLD], [1392, 1020, SILVER], [1130, 1040, GOLD]].map(([px, py, colours]) =>
      `${dust(ellipse(px + 40, py + 14, 120, 24), INK.night, { round: true, strength: 1 })}
      ${at(px, py, `${solid(path('M-66 -20V0A66 21 0 0 0 66 0V-20Z'), colours[1])}
      ${at(0, 18, face(colours))}`)}`).join('')}
  `
}
