// A large hourglass between two columns, in which coins fall instead of sand.
import { INK, chance, circle, ellipse, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(52)
  const coin = (x, y, r, turn, flat = 0.5) => at(x, y, `
    ${solid(path(`M${-r} 0A${r} ${r * flat} 0 0 1 ${r} 0V9A${r} ${r * flat} 0 0 1 ${-r} 9Z`), INK.umber)}
      ${solid(ellipse(0, 0, r, r * flat), INK.gold)}
    ${line(ellipse(0, 0, r * 0.68, r * flat * 0.66), INK.ochre, 4)}`, { turn })

  const glass = path(`M-196 -372C-200 -150 -34 -90 -26 0C-34 90 -200 150 -196 372H196C200 150 34 90 26 0C34 -90 200
    -150 196 -372Z`)
  const above = Array.from({ length: 90 }, () => {
    const t = random()
    const y = -30 - t * 190
    return [(random() - 0.5) * 2 * (24 + t * 150), y - (1 - t) * 6, (random() - 0.5) * 50]
  }).filter(([x, y]) => y > -232 + 50 - Math.abs(x) * 0.5 - 30).sort((a, b) => b[1] - a[1]).reverse()
  const below = Array.from({ length: 150 }, () => {
    const y = 362 - random() * 220
    return [(random() - 0.5) * 2 * (30 + (y - 140) * 0.86), y, (random() - 0.5) * 50]
  }).sort((a, b) => a[1] - b[1])

  const hourglass = `
    ${solid(glass, INK.mist, { shade: INK.teal, angle: 0, from: 0.4, strength: 0.75 })}
    ${within(glass, `
      ${solid(path('M-180 -226Q0 -150 180 -226L120 -100L24 -20V0H-24V-20L-120 -100Z'), INK.ochre)}
        ${times(9, n => coin(-150 + n * 37, -206 + 26 * Math.sin(n / 8 * Math.PI), 30, n * 31 % 40 - 20))}
      ${above.map(([x, y, t]) => coin(x, y, 30, t)).join('')}
      ${times(7, n => coin((n % 2 ? 6 : -6), 12 + n * 24, 20, n * 47 + 20, 0.6))}
      ${solid(path('M-210 380Q-120 250 0 150Q120 250 210 380Z'), INK.ochre)}
        ${below.map(([x, y, t]) => coin(x, y, 30, t)).join('')}
      ${line(path('M-168 -350C-168 -190 -90 -130 -58 -70M-168 350C-168 270 -140 210 -104 160'), INK.white, 14)}`)}
    ${line(glass, INK.pine, 9)}
    ${times(2, n => `${solid(rect(-262 + n * 484, -380, 40, 760), n ? INK.brick : INK.red, { shade: INK.night,
      angle: 0, from: 0.4, strength: 0.6 })}
      ${[-300, -20, 20, 300].map(y => solid(rect(-272 + n * 484, y - 10, 60, 22, 8), INK.brick)).join('')}`)}
    ${[-1, 1].map(s => `${solid(rect(-310, s * 396 - 30, 620, 54, 10), INK.red, { shade: INK.brick, angle: 0,
      from: 0.3, strength: 1 })}
      ${solid(rect(-280, s * 432 - 16, 560, 32, 8), INK.brick)}${solid(rect(-310, s * 396 - 8, 620, 8), INK.gold)}`)
        .join('')}`

  const column = x => at(x, 0, `
    ${solid(rect(-104, 150, 208, 720), INK.cream, { shade: INK.teal, angle: 0, from: 0.35, strength: 0.9 })}
    ${line(path(times(6, n => `M${-78 + n * 31} 176V844`)), INK.sand, 9)}
    ${solid(path('M-150 60H150V92H-150ZM-118 128H118V156H-118Z'), INK.cream)}
    ${solid(path('M-132 92H132Q150 128 118 128H-118Q-150 128 -132 92Z'), INK.sand)}
    ${solid(path('M-120 862H120V892H-120ZM-146 892H146V936H-146Z'), INK.cream)}
      ${solid(rect(-104, 156, 208, 14), INK.clay)}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 270, from: 0.1, strength: 1 })}
    ${solid(path('M420 936V520A380 400 0 0 1 1180 520V936Z'), INK.navy, { shade: INK.night, from: 0.3 })}
    ${dust(circle(800, 500, 420), INK.gold, { round: true, strength: 0.9 })}
    ${line(path('M420 936V520A380 400 0 0 1 1180 520V936'), INK.sage, 14)}
    ${solid(rect(0, 0, 1600, 62), INK.cream, { shade: INK.sage, from: 0.2 })}${line(path('M0 62H1600'), INK.pine, 6)}
    ${solid(path(times(41, n => `M${n * 40} 26h22v24h-22Z`)), INK.teal)}
    ${solid(rect(0, 930, 1600, 60), INK.sage, { shade: INK.teal, from: 0.2 })}
      ${solid(rect(0, 984, 1600, 83), INK.pine, { shade: INK.night, from: 0.1 })}
    ${dust(ellipse(840, 968, 420, 28), INK.night, { round: true, strength: 1 })}
    ${column(240)}${column(1360)}
    ${at(800, 542, hourglass, { scale: 0.88 })}
    ${coin(500, 986, 44, -6, 0.36)}${coin(506, 972, 44, 4, 0.36)}${coin(1130, 996, 44, 8, 0.36)}
      ${coin(420, 1020, 40, 0, 0.36)}
  `
}
