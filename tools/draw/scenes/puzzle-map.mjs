// A map as a jigsaw puzzle in several colours, one of its pieces oddly long.
import { INK, chance, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(8)
  const [columns, rows, side] = [7, 5, 186]
  const plan = ['gtcbsgt', 'cLLLgcb', 'bsgLtsg', 'tcbLLLc', 'gstcbLs']
  const colours = { g: INK.gold, t: INK.teal, c: INK.cream, b: INK.blue, s: INK.sage }
  const corner = (r, c) => [(c - columns / 2) * side, (r - rows / 2) * side]

  // An edge is a chain of cubic curves from one corner to the next, as points, with a knob on one side.
  const knob = [[0, 0], [0.15, 0], [0.3, 0.03], [0.38, 0], [0.46, -0.03], [0.28, -0.23], [0.5, -0.24],
    [0.72, -0.23], [0.54, -0.03], [0.62, 0], [0.7, 0.03], [0.85, 0], [1, 0]]
  const coast = [[0, 0], [0.1, 0.05], [0.2, -0.06], [0.33, -0.02], [0.45, 0.04], [0.5, -0.07], [0.66, -0.02],
    [0.78, 0.03], [0.86, -0.05], [1, 0]]
  const edge = ([ax, ay], [bx, by], rim) => {
    const sign = random() > 0.5 ? 1 : -1
    return (rim ? coast : knob).map(([u, v]) => [ax + (bx - ax) * u - (by - ay) * v * sign,
      ay + (by - ay) * u + (bx - ax) * v * sign])
  }
  const across = Array.from({ length: rows + 1 }, (_, r) => Array.from({ length: columns }, (_, c) =>
    edge(corner(r, c), corner(r, c + 1), r === 0 || r === rows)))
  const down = Array.from({ length: rows }, (_, r) => Array.from({ length: columns + 1 }, (_, c) =>
    edge(corner(r, c), corner(r + 1, c), c === 0 || c === columns)))
  const words = points => points.slice(1).map(p => p.map(v => v.toFixed(1)).join(' '))
  const curve = points => `C${words(points).join(' ')}`
  const back = points => [...points].reverse()
  const cell = (r, c) => `M${across[r][c][0].join(' ')}${curve(across[r][c])}${curve(down[r][c + 1])}
    ${curve(back(across[r + 1][c]))}${curve(back(down[r][c]))}Z`

  const cells = plan.flatMap((row, r) => [...row].map((key, c) => ({ key, r, c })))
  const [gapRow, gapColumn] = [3, 6]
  const of = key => path(cells.filter(p => p.key === key && !(p.r === gapRow && p.c === gapColumn)).map(p => cell(p.r,
    p.c)).join(''))
  const long = path(cells.filter(p => p.key === 'L').map(p => cell(p.r, p.c)).join(''))
  const rim = cells.filter(p => p.key === 'L').flatMap(({ r, c }) => [
    [r - 1, c, across[r][c]], [r + 1, c, across[r + 1][c]], [r, c - 1, down[r][c]], [r, c + 1, down[r][c + 1]],
  ]).filter(([r, c]) => plan[r]?.[c] !== 'L').map(([, , points]) => `M${points[0].join(' ')}
    ${curve(points)}`).join('')

  const [midX, midY] = corner(gapRow + 0.5, gapColumn + 0.5)
  const aside = colour => at(-midX, -midY, solid(path(cell(gapRow, gapColumn)), colour))

  const home = (x, y, s) => `M${x} ${y}v${-18 * s}l${14 * s} ${-14 * s}l${14 * s} ${14 * s}v${18 * s}Z`
  const country = `
    ${line(path(`M-670 60C-560 -40 -480 130 -360 60S-230 -130 -90 -110S60 80 190 60S330 -160 440 -170S600 -330 640
      -470`), INK.mist, 26)}
    ${line(path(`M-670 60C-560 -40 -480 130 -360 60S-230 -130 -90 -110S60 80 190 60S330 -160 440 -170S600 -330 640
      -470`), INK.white, 5)}
    ${line(path('M-480 -480C-440 -250 -200 -300 -130 -160S-160 190 20 260S330 330 360 480'), INK.night, 7,
      'stroke-dasharray="22 18"')}
    ${line(path('M-660 330C-420 260 -300 350 -60 280S380 30 660 120'), INK.night, 7, 'stroke-dasharray="22 18"')}
    ${solid(path(times(26, n => home(-600 + (n * 283) % 1180 + random() * 40, -380 + (n * 167) % 800,
      1 + random() * 0.5))), INK.night)}
    ${solid(path(times(26, n => {
      const [x, y] = [-610 + (n * 397) % 1200, -360 + (n * 229) % 790]
      return `M${x} ${y}l14 -36l14 36ZM${x + 22} ${y + 8}l12 -30l12 30Z`
    })), INK.pine)}`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 30, from: 0.2, strength: 1 })}
    ${line(path(times(9, n => `M-20 ${60 + n * 122}q420 ${n % 2 ? 30 : -24} 830 6t830 -8`)), INK.night, 6)}
    ${at(780, 520, `
      ${at(16, 26, path(cells.map(p => cell(p.r, p.c)).join('')).replace('<path', `<path fill="${INK.night}"`))}
      ${['g', 't', 'c', 'b', 's'].map(key => solid(of(key), colours[key], { shade: key === 'c' ? INK.clay
        : INK.night, angle: 40, from: 0.45, strength: 0.5 })).join('')}
      ${within(path(cells.filter(p => p.key !== 'L' && !(p.r === gapRow && p.c === gapColumn)).map(p => cell(p.r,
        p.c)).join('')), country)}
      ${line(path(cells.map(p => cell(p.r, p.c)).join('')), INK.navy, 8)}
      ${at(20, 30, solid(long, INK.night))}
      ${at(-12, -18, `${solid(long, INK.brick)}${within(long, `${rect(-700, -500, 1400, 1000).replace('<',
        `<g fill="${INK.red}"><`).replace('/>', '/></g>')}
        ${dust(polygon('-700,-500 700,-500 700,500 -700,500'), INK.brick, { angle: 40, from: 0.3, strength: 1 })}
          ${country}`)}
        ${line(path(rim), INK.white, 7)}`)}`, { turn: -7 })}
    ${at(1446, 900, `${at(14, 20, aside(INK.night))}${aside(INK.cream)}`, { turn: 24 })}
  `
}
