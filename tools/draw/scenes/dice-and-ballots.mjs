// Two ten-sided dice rolling over neat stacks of ballots on a red table.
import { INK, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const put = (x, y, z) => [800 + (x - y) * 0.866, 610 + (x + y) * 0.5 - z].map(v => v.toFixed(1))
  const face = (...corners) => polygon(corners.map(c => put(...c).join(',')).join(' '))

  // A stack of ballots, 220 by 300, with bands of paper around some.
  const stack = (x, y, high, mark, band) => {
    const [x1, y1] = [x + 230, y + 290]
    const leaves = Math.floor(high / 9)
    return `
      ${dust(face([x1, y1, 0], [x, y1, 0], [x, y1 + 90, 0], [x1, y1 + 90, 0]), INK.night, { angle: 270, from: -0.4,
        strength: 0.9 })}
      ${solid(face([x, y1, 0], [x1, y1, 0], [x1, y1, high], [x, y1, high]), INK.cream, { shade: INK.sand, from: 0.3,
        strength: 1 })}
      ${solid(face([x1, y1, 0], [x1, y, 0], [x1, y, high], [x1, y1, high]), INK.sand, { shade: INK.umber, angle: 60,
        from: 0.3, strength: 0.65 })}
      ${line(path(times(leaves, n => `M${put(x, y1, n * 9 + 5).join(' ')}L${put(x1, y1, n * 9 + 5)
        .join(' ')}L${put(x1, y, n * 9 + 5).join(' ')}`)), INK.clay, 2)}
      ${solid(face([x, y1, high], [x1, y1, high], [x1, y, high], [x, y, high]), INK.white)}
      <g transform="matrix(0.866 0.5 -0.866 0.5 ${put(x, y, high).join(' ')})">
        ${solid(rect(24, 22, 182, 22, 4), INK.navy)}
        ${times(5, n => `${n === mark ? solid(ellipse(44, 84 + n * 40, 18, 12), INK.navy)
          : line(ellipse(44, 84 + n * 40, 17, 11), INK.navy, 4)}
          ${line(path(`M84 ${84 + n * 40}h${70 + (n * 31) % 50}`), INK.blue, 9)}`)}
      </g>
      ${band ? `${solid(face([x + 90, y1, 0], [x + 140, y1, 0], [x + 140, y1, high], [x + 90, y1, high]), INK.teal)}
        ${solid(face([x + 90, y1, high], [x + 140, y1, high], [x + 140, y, high], [x + 90, y, high]), INK.teal,
          { shade: INK.pine, angle: 200, from: 0.3 })}` : ''}`
  }

  // A die with ten kites for faces, of which five are seen; pips stand where numbers would.
  const die = (x, y, turn, scale, [light, mid, dark, deep], pips) => at(x, y, `
    ${solid(polygon('0,-168 152,-34 156,30 0,168 -156,30 -152,-34'), mid)}
    ${solid(polygon('0,-168 -152,-34 -156,30 -84,44'), light, { shade: mid, angle: 120, from: 0.2 })}
    ${solid(polygon('0,-168 152,-34 156,30 84,44'), dark, { shade: deep, angle: 60, from: 0.3 })}
    ${solid(polygon('-84,44 -156,30 0,168 0,92'), mid, { shade: dark, angle: 90, from: 0.1 })}
    ${solid(polygon('84,44 156,30 0,168 0,92'), deep)}
    ${solid(polygon('0,-168 84,44 0,92 -84,44'), light, { shade: mid, angle: 90, from: 0.3, strength: 0.9 })}
    ${line(path('M0 -168L84 44L0 92L-84 44ZM-84 44L-156 30M84 44L156 30M0 92V168'), light, 5)}
    ${pips.map(([px, py]) => solid(ellipse(px, py, 13, 15), INK.gold)).join('')}
    ${[[-112, 0], [-86, -46]].map(([px, py]) => solid(ellipse(px, py, 8, 12), INK.gold)).join('')}
    ${[[112, 0], [88, -46], [100, -22]].map(([px, py]) => solid(ellipse(px, py, 7, 11), INK.gold)).join('')}`, { turn,
      scale })
  const night = [INK.blue, INK.navy, INK.navy, INK.night]
  const teal = [INK.sage, INK.teal, INK.teal, INK.pine]

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.brick, angle: 60, from: 0.1, strength: 1 })}
    ${line(path(times(13, n => `M${put(-1400 + n * 230, -1500, 0).join(' ')}L${put(-1400 + n * 230, 1700, 0)
      .join(' ')}`)), INK.brick, 4)}
    ${stack(-200, -840, 100, 1, true)}${stack(160, -840, 60, 3)}
    ${stack(-560, -420, 70, 0)}${stack(-200, -420, 150, 2, true)}${stack(160, -420, 60, 1)}
    ${stack(-560, 0, 130, 3, true)}${stack(-200, 0, 60, 1)}${stack(160, 0, 110, 4)}${stack(520, -420, 90, 3, true)}
    ${stack(-200, 420, 50, 2)}${stack(160, 420, 90, 0, true)}${stack(520, 0, 40, 2)}
    ${dust(ellipse(560, 560, 250, 110), INK.night, { round: true, strength: 1 })}
    ${dust(ellipse(1090, 690, 250, 110), INK.night, { round: true, strength: 1 })}
    ${line(path('M120 330Q200 90 380 120M70 250Q150 40 300 40'), INK.cream, 9)}
    ${die(540, 330, -18, 1.45, night, [[0, -86], [-26, -6], [26, -6], [0, 48]])}
    ${die(1080, 500, 24, 1.3, teal, [[0, -76], [0, -16], [0, 46]])}
  `
}
