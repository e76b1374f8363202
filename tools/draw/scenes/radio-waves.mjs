// Over the roofs of a town at evening a lattice mast sends out rings of waves that fill the sky.
import { INK, circle, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(17)
  const rings = [[1160, INK.navy, INK.night], [980, INK.brick, INK.night], [810, INK.red, INK.brick], [650,
    INK.clay, INK.red], [500, INK.gold, INK.ochre],
    [360, INK.sand, INK.gold], [230, INK.cream, INK.sand], [112, INK.white, INK.sand]]
  const house = (x, w, y, wall, roof, kind) => `
    ${solid(rect(x, y, w, 1067 - y), wall)}
    ${kind === 'gable' ? solid(polygon(`${x - 14},${y} ${x + w / 2},${y - w * 0.52} ${x + w + 14},${y}`), roof,
      { shade: INK.night, angle: 0, from: 0.4, strength: 0.9 }) : ''}
    ${kind === 'flat' ? `${solid(rect(x - 8, y - 20, w + 16, 26), roof)}
      ${line(path(`M${x + w * 0.6} ${y - 20} v-70 m-26 10 h52 m-44 18 h36`), INK.night, 5)}` : ''}
    ${kind === 'shed' ? solid(polygon(`${x - 8},${y} ${x - 8},${y - w * 0.28} ${x + w + 8},${y}`), roof) : ''}
    ${kind === 'mansard' ? `${solid(path(`M${x - 10} ${y} L${x + w * 0.16} ${y - w * 0.42} H${x + w * 0.84}
      L${x + w + 10} ${y} Z`), roof, { shade: INK.night, angle: 0, from: 0.3, strength: 0.9 })}
      ${solid(rect(x + w * 0.4, y - w * 0.3, w * 0.2, w * 0.2, 3), INK.gold)}` : ''}
    ${kind === 'flat' ? '' : solid(rect(x + w * 0.7, y - w * 0.46, 26, w * 0.34), roof)}
    ${times(12, n => { const [c, r] = [n % 3, Math.floor(n / 3)]
      return `${solid(rect(x + w * (0.14 + c * 0.27), y + 36 + r * 84, w * 0.17, 48, 2),
        random() > 0.5 ? INK.gold : INK.night)}` })}`
  const dish = (x, y, turn) => at(x, y, `${line(path('M0 0 V50'), INK.night, 7)}
    ${solid(path('M-40 -20 A46 46 0 0 0 30 44 Z'), INK.cream)}${line(path('M-4 12 L18 -22'), INK.night, 5)}
      ${solid(circle(20, -26, 7), INK.red)}`, { turn })
  const half = y => 9 + (y - 250) * 0.142
  const levels = Array.from({ length: 13 }, (_, n) => 262 + n * (38 + n * 3))
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.night)}
    ${rings.map(([r, colour, shade]) => solid(circle(800, 262, r), colour, { shade, round: true, from: 0.62,
      strength: 0.75 })).join('')}
    ${times(7, n => line(circle(800, 262, 170 + n * 146), INK.cream, n < 4 ? 4 : 3,
      `stroke-dasharray="${18 + n * 6} ${26 + n * 6}"`))}
    ${line(path('M300 330 q18 -20 34 0 q16 -20 34 0 M390 390 q12 -14 24 0 q12 -14 24 0 M1240 420 q16 -18 30 0 q14 ' +
      '-18 30 0'), INK.navy, 6)}
    ${solid(path('M0 800 C200 690 420 720 620 790 C860 690 1180 700 1600 800 V1067 H0 Z'), INK.teal,
      { shade: INK.navy, angle: 90, from: 0, strength: 0.95 })}
    ${times(6, n => house([-20, 190, 420, 960, 1180, 1400][n], [190, 200, 190, 190, 200, 230][n], [770, 830, 790,
      810, 770, 820][n], INK.blue, INK.navy,
      ['mansard', 'gable', 'flat', 'gable', 'mansard', 'gable'][n]))}
    ${line(path(`M${800 - half(250)} 250 L${800 - half(1067)} 1067 M${800 + half(250)} 250 L${800 + half(1067)}
      1067`), INK.night, 15)}
    ${line(path(levels.slice(0, -1).map((y, n) => { const [a, b] = [half(y), half(levels[n + 1])]
      return `M${800 - a} ${y} h${a * 2} M${800 - a} ${y} L${800 + b} ${levels[n + 1]} M${800 + a} ${y}
        L${800 - b} ${levels[n + 1]}` }).join(' ')), INK.night, 7)}
    ${times(4, n => line(path(`M${800 - half(levels[n * 2 + 2])} ${levels[n * 2 + 2]}
      h${half(levels[n * 2 + 2]) * 2}`), INK.red, 15))}
    ${line(path('M800 262 V96'), INK.night, 13)}${line(path('M800 230 V196 M800 160 V126'), INK.red, 13)}
    ${times(2, s => `<g transform="translate(${s ? 1600 : 0} 0) scale(${s ? -1 : 1} 1)">${solid(rect(736, 300, 20,
      86, 6), INK.red)}${solid(rect(708, 310, 18, 70, 6), INK.night)}
      ${line(path('M760 340 H790 M726 352 H780'), INK.night, 7)}${solid(circle(746, 476, 34), INK.white)}
        ${solid(circle(746, 476, 22), INK.sage)}${line(path('M770 476 h16'), INK.night, 9)}</g>`)}
    ${dust(circle(800, 92, 90), INK.red, { round: true, strength: 1 })}${solid(circle(800, 92, 17), INK.red)}
      ${line(circle(800, 92, 30), INK.red, 5)}
    ${house(80, 210, 890, INK.navy, INK.brick, 'gable')}${house(330, 180, 920, INK.navy, INK.red, 'mansard')}
      ${house(540, 150, 950, INK.night, INK.brick, 'flat')}
    ${house(700, 220, 930, INK.navy, INK.brick, 'gable')}${house(950, 170, 900, INK.night, INK.red, 'flat')}
      ${house(1140, 200, 930, INK.navy, INK.brick, 'mansard')}${house(1360, 220, 900, INK.navy, INK.red, 'gable')}
    ${dish(988, 834, -6)}
    ${times(5, n => `${solid(circle([402, 1240, 186, 1462, 250][n], [820, 812, 758, 762, 745][n] - 6, 15),
      INK.mist)}${solid(circle([418, 1258, 204, 1482, 268][n], [790, 784, 730, 732, 718][n] - 6, 21), INK.mist)}`)}
    ${dust(rect(0, 880, 1600, 187), INK.night, { from: 0.2, strength: 0.95 })}
    ${at(1210, 846, `${solid(path('M-30 0 q-6 -44 18 -52 l-4 -16 l12 8 h12 l10 -8 v20 q-4 14 -14 18 q10 16 6 30 ' +
      'Z'), INK.night)}${line(path('M-28 -4 q-34 4 -30 -26'), INK.night, 8)}`)}
  `
}
