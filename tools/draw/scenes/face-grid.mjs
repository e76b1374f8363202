// A face made of a grid of dots, larger where light falls, with measuring points, in a viewfinder frame.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line }) => {
  const STEP = 18
  const dots = new Map()
  const dot = (x, y, r, colour) => r > 0.8 && dots.set(colour,
    `${dots.get(colour) ?? ''}M${x - r} ${y} a${r} ${r} 0 1 0 ${2 * r} 0 a${r} ${r} 0 1 0 ${-2 * r} 0 Z`)
  const near = (u, v, cu, cv, ru, rv) => ((u - cu) / ru) ** 2 + ((v - cv) / rv) ** 2
  const face = (x, y) => {
    const v = (y - 530) / 345
    const u = (x - 800) / (258 * (1 - 0.24 * Math.max(0, v) ** 2))
    const side = Math.abs(u)
    const inside = u * u + v * v
    const hairline = -0.46 - 0.2 * Math.cos(u * 2.2) + 0.16 * Math.max(0, u)
    const hair = near(u, v, 0, -0.3, 1.2, 0.96) < 1 && (v < hairline || inside > 0.98 && v < 0.12)
    const strand = Math.max(0, 0.75 - 0.5 * u - 0.25 * Math.sin(u * 9 + v * 6))
    if (hair) return [u < 0.1 + 0.2 * Math.sin(v * 9) ? INK.sage : INK.teal, 3 + 5 * strand]
    if (inside < 1) {
      const light = 0.16 - 0.6 * u - 0.08 * v + 0.62 * Math.sqrt(1 - inside) - 0.5 * Math.max(0, inside - 0.8)
      const tone = light > 0.86 ? INK.cream : light > 0.46 ? INK.sand : light > 0.12 ? INK.clay : INK.umber
      if (near(side, v, 0.4, -0.1, 0.2, 0.085) < 1)
        return near(side, v, 0.4, -0.1, 0.085, 0.1) < 1 ? [INK.blue, 8] : [INK.white, 9]
      if (near(side, v, 0.41, -0.29 + 0.06 * (side - 0.4) ** 2, 0.27, 0.055) < 1) return [INK.umber, 8]
      if (near(u, v, 0.0, 0.52, 0.32, 0.085) < 1) return [Math.abs(v - 0.52) < 0.03 ? INK.brick : INK.red,
        Math.abs(v - 0.52) < 0.03 ? 5 : 8]
      if (near(side, v, 0.1, 0.28, 0.07, 0.04) < 1) return [INK.umber, 7]
      if (u > 0.05 && u < 0.2 && v > -0.12 && v < 0.3 && u < 0.1 + 0.3 * (v + 0.1)) return [INK.clay, 7]
      return [tone, 5 + 4.2 * Math.max(0, Math.min(1, light))]
    }
    if (near(side, v, 1.06, 0, 0.13, 0.2) < 1) return [u > 0 ? INK.umber : INK.sand, 6]
    if (Math.abs(x - 800) < 128 && v > 0.7 && v < 1.2) return [INK.umber, 6]
    const shoulder = 1.08 + 0.3 * Math.abs((x - 800) / 420) ** 2
    if (v > shoulder && Math.abs(x - 800) < 480) return [INK.red, 3 + 5 * Math.max(0, 0.7 - (x - 800) / 700)]
    return [INK.blue, 2.4]
  }
  for (let y = 26; y < 1060; y += STEP) for (let x = 26; x < 1600; x += STEP) {
    const [colour, r] = face(x, y)
    dot(x, y, r, colour)
  }
  const marks = [[640, 496], [800, 430], [960, 496], [800, 626], [716, 710], [884, 710], [800, 780], [590, 540],
    [1010, 540], [640, 720], [960, 720], [800, 872],
    [690, 400], [910, 400]]
  const links = [[0, 1], [1, 2], [0, 3], [2, 3], [3, 4], [3, 5], [4, 6], [5, 6], [7, 0], [2, 8], [7, 9], [8, 10],
    [9, 4], [10, 5], [9, 11], [10, 11], [6, 11],
    [12, 1], [1, 13], [12, 0], [13, 2], [12, 7], [13, 8], [4, 5], [0, 2], [9, 0], [10, 2]]
  const corner = (x, y, dx, dy) => line(path(`M${x + dx * 130} ${y} H${x} V${y + dy * 130}`), INK.gold, 20)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.night, { shade: INK.navy, round: true, from: 0, strength: 0.6 })}
    ${dust(circle(800, 540, 620), INK.blue, { round: true, strength: 0.75 })}
    ${solid(rect(440, 92, 720, 884), INK.navy)}
    ${[...dots].map(([colour, d]) => solid(path(d), colour)).join('')}
    ${line(path(links.map(([a, b]) => `M${marks[a].join(' ')} L${marks[b].join(' ')}`).join(' ')), INK.gold, 3.5)}
    ${marks.map(([x, y]) => `${solid(rect(x - 10, y - 10, 20, 20, 3), INK.night)}
      ${line(rect(x - 9, y - 9, 18, 18, 3), INK.gold, 5)}`).join('')}
    ${line(rect(440, 92, 720, 884), INK.blue, 3)}
    ${corner(430, 82, 1, 1)}${corner(1170, 82, -1, 1)}${corner(430, 986, 1, -1)}${corner(1170, 986, -1, -1)}
    ${line(path(times(15, n => `M${560 + n * 34} 92 v${n % 7 ? 14 : 30} M${560 + n * 34} 976 v${n % 7 ? -14 : -30}
      `)), INK.gold, 4)}
    ${line(path(times(19, n => `M440 ${228 + n * 34} h${n % 9 ? 14 : 30} M1160 ${228 + n * 34}
      h${n % 9 ? -14 : -30} `)), INK.gold, 4)}
    ${dust(rect(400, 560, 800, 54), INK.gold, { angle: 270, from: 0, strength: 0.6 })}
      ${line(path('M390 616 H1210'), INK.gold, 6)}
    ${solid(polygon('372,596 400,616 372,636'), INK.gold)}${solid(polygon('1228,596 1200,616 1228,636'), INK.gold)}
    ${times(2, s => times(5, n => { const x = s ? 1270 : 110
      return `${solid(rect(x, 270 + n * 106, 220, 70, 10), INK.navy)}
        ${solid(circle(x + 36, 305 + n * 106, 20), [INK.clay, INK.umber, INK.sand, INK.umber,
          INK.clay][(n + s * 2) % 5])}
        ${solid(path(`M${x + 14} ${304 + n * 106} a22 22 0 0 1 44 0 q-22 -14 -44 0 Z`), [INK.night, INK.ochre,
          INK.red, INK.blue, INK.gold][(n + s) % 5])}${line(path(`M${x + 78} ${305 + n * 106} h116`), INK.blue, 14)}
        ${line(path(`M${x + 78} ${305 + n * 106} h${[40, 104, 64, 24, 84, 52, 30, 110, 70, 44][n + s * 5]}`),
          n + s * 5 === 1 || n + s * 5 === 7 ? INK.gold : INK.sage, 14)}` }))}
  `
}
