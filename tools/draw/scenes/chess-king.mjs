// One giant king on a chess board, half in light and half in shadow, among small pale pawns.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const spot = (x, z) => [800 + (x * 300) / z, 400 + 640 / z]
  const cell = (x, z) => [[x, z], [x + 1, z], [x + 1, z + 0.24], [x, z + 0.24]]
    .map(([a, b]) => spot(a, b).map(v => v.toFixed(1)).join(' ')).join(' L')
  const dark = path(times(9, z => times(16, x => ((x + z) % 2 ? `M${cell(x - 8, 0.86 + z * 0.24)}Z` : ''))))
  const halves = (d, light, deep, shadow) => {
    const half = colour => solid(path(d), colour, { shade: shadow, angle: 0, from: 0.1, strength: 0.9 })
    return `<g transform="scale(-1 1)">${solid(path(d), light, { shade: deep, angle: 180, from: 0.2,
      strength: 0.95 })}</g>
      ${half(deep)}`
  }
  const king = 'M-1 26 C100 26 180 12 191 -8 Q196 -18 193 -28 L186 -52 Q160 -62 165 -86 Q166 -106 138 -114 C96 ' +
    '-146 76 -250 68 -424 ' +
    'H94 Q108 -424 108 -440 Q108 -456 92 -458 H76 L70 -478 H84 Q94 -478 94 -488 Q94 -498 84 -498 H74 ' +
    'L118 -628 Q122 -646 104 -650 Q62 -684 22 -690 L20 -716 H-1 Z'
  const pawn = (x, z) => {
    const [px, py] = spot(x, z)
    const d = 'M-1 0 H74 Q84 0 82 -14 Q80 -28 62 -32 Q66 -48 50 -54 C36 -70 30 -104 27 -136 H42 Q50 -143 42 -150 ' +
      'H24 ' +
      'C60 -172 54 -236 -1 -236 Z'
    return at(px, py, `<g transform="skewX(-58) scale(1 .5)">${dust(path('M-70 0 L-20 -190 H40 L70 0 Z'), INK.night,
      { from: -0.4, strength: 0.7 })}</g>
      <g transform="scale(-1 1)">${solid(path(d), INK.white)}</g>
      ${solid(path(d), INK.cream, { shade: INK.clay, angle: 0, from: 0.1, strength: 0.9 })}
      ${line(path('M-58 -30 H58 M-38 -143 H38'), INK.clay, 4)}`, { scale: 1.12 / z })
  }
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.brick, angle: 270, from: 0.25, strength: 1 })}
    ${solid(circle(800, 420, 372), INK.gold, { shade: INK.ochre, angle: 90, from: 0.2, strength: 0.9 })}
    ${times(28, n => at(800, 420, line(path('M0 -404 V-440'), INK.gold, 9), { turn: n * 360 / 28 }))}
    ${solid(polygon('0,610 1600,610 1600,1067 0,1067'), INK.cream, { shade: INK.sand, from: 0.3 })}
    ${solid(dark, INK.brick)}
    ${dust(rect(0, 610, 1600, 200), INK.umber, { angle: 270, from: 0.1, strength: 0.9 })}
    ${times(6, n => pawn([-2.6, -1.75, -0.9, 0.9, 1.75, 2.6][n], 2.4))}
    ${pawn(-2.7, 1.9)}${pawn(2.7, 1.9)}${pawn(-1.62, 1.8)}${pawn(1.62, 1.8)}
    ${dust(path('M640 930 L900 978 L1560 1000 L1600 930 L1600 790 Z'), INK.night, { angle: 180, from: -0.2,
      strength: 1 })}
    ${dust(ellipse(810, 946, 300, 50), INK.night, { round: true, strength: 1 })}
    ${at(800, 950, `${halves(king, INK.blue, INK.navy, INK.night)}
      ${line(path('M-164 -84 Q0 -66 164 -84 M-188 -30 Q0 4 188 -30'), INK.gold, 7)}
      ${line(path('M-90 -440 Q0 -428 90 -440'), INK.gold, 8)}${line(path('M-112 -634 Q0 -606 112 -634'), INK.gold, 7)}
      ${line(path('M-62 -512 L-92 -608 M-22 -506 L-30 -602'), INK.sage, 7)}
        ${line(path('M-120 -132 C-90 -170 -80 -260 -74 -390'), INK.sage, 8)}
      ${solid(circle(0, -728, 26), INK.cream, { shade: INK.clay, angle: 0, from: 0.3 })}
      ${solid(path('M-10 -744 V-776 H-34 V-798 H-10 V-826 H10 V-798 H34 V-776 H10 V-744 Z'), INK.cream)}`)}
    ${pawn(-1.72, 1.12)}${pawn(1.72, 1.12)}
  `
}
