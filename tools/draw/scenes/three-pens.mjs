// Seen from above: three fountain pens write on one sheet inside a ring of twelve stars.
import { INK, circle, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const star = (x, y, r, turn) => 'M' + Array.from({ length: 10 }, (_, n) => {
    const a = (n * 36 - 90 + turn) * Math.PI / 180
    const d = n % 2 ? r * 0.4 : r
    return `${(x + d * Math.cos(a)).toFixed(1)} ${(y + d * Math.sin(a)).toFixed(1)}`
  }).join(' L') + ' z '
  const ring = (shift, r) => times(12, n => {
    const a = n * Math.PI / 6
    return star(800 + 412 * Math.sin(a) + shift, 534 - 412 * Math.cos(a) + shift, r, 0)
  })
  // A pen with its tip at the origin, lying towards the right.
  const pen = (colour, dark) => `
    ${solid(path('M0 0 C40 -10 74 -40 132 -38 L132 38 C74 40 40 10 0 0 z'), INK.gold, { shade: INK.umber, from: 0.4 })}
    ${line(path('M6 0 H84'), INK.umber, 4)}${solid(circle(92, 0, 9), INK.umber)}
    ${line(path('M40 -14 C70 -28 90 -32 122 -32'), INK.cream, 4)}
    ${solid(path('M126 -42 h26 L268 -52 v104 L152 42 h-26 z'), INK.night, { shade: INK.blue, angle: 270, from: 0.5,
      strength: 0.7 })}
    ${solid(path('M268 -58 H560 q26 58 0 116 H268 z'), colour, { shade: dark, from: 0.35, strength: 1 })}
    ${solid(path('M560 -64 H860 q46 0 46 64 q0 64 -46 64 H560 z'), colour, { shade: dark, from: 0.35, strength: 1 })}
    ${solid(path('M262 -60 h22 v120 h-22 z M548 -67 h12 v134 h-12 z M570 -67 h26 v134 h-26 z'), INK.gold,
      { shade: INK.umber, from: 0.5 })}
    ${solid(path('M596 -16 h206 q18 14 0 28 h-206 z'), INK.gold, { shade: INK.umber, from: 0.4 })}
    ${line(path('M300 -34 H536 M612 -40 H846'), INK.white, 6)}`
  const shadow = dust(path('M0 0 L130 -36 L280 -58 L860 -64 q46 0 46 64 q0 64 -46 64 L280 58 L130 38 z'), INK.night,
    { angle: 180, from: 0, strength: 1 })
  const placed = (x, y, turn, lift, colour, dark) =>
    `${at(x, y, shadow, { turn: turn + lift, scale: 0.86 })}${at(x, y, pen(colour, dark), { turn, scale: 0.86 })}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, round: true, from: 0.35, strength: 0.9 })}
    ${dust(rect(0, 0, 1600, 1067), INK.cream, { angle: 325, from: 0.5, strength: 0.55 })}
    ${dust(circle(822, 562, 512), INK.umber, { round: true, from: 0.86, strength: 1 })}
    ${solid(circle(800, 534, 492), INK.pine, { shade: INK.night, angle: 50, from: 0.35, strength: 0.9 })}
    ${line(circle(800, 534, 478), INK.gold, 5)}${line(circle(800, 534, 346), INK.teal, 4)}
    ${solid(path(ring(7, 46)), INK.night)}
    ${solid(path(ring(0, 46)), INK.cream, { shade: INK.gold, angle: 60, from: 0.3 })}
    ${at(800, 534, `
      ${dust(rect(-192, -242, 440, 560), INK.night, { angle: 50, from: 0.1, strength: 1 })}
      ${solid(rect(-212, -262, 424, 524, 4), INK.sand, { shade: INK.clay, from: 0.3 })}
      ${at(0, 0, `${solid(rect(-212, -262, 424, 524, 4), INK.white, { shade: INK.sand, angle: 60, from: 0.3 })}
        ${solid(circle(0, -206, 26), INK.gold)}${solid(path(star(0, -206, 18, 0)), INK.white)}
        ${line(path('M-120 -150 H120 M-80 -126 H80'), INK.navy, 9)}
        ${line(path('M-166 -84 H166 M-166 -58 H150 M-166 -32 H166 M-166 -6 H40'), INK.sage, 7)}
        ${line(path('M-166 60 H166 M-166 122 H166 M-166 184 H166'), INK.sand, 5)}`, { turn: 3 })}`, { turn: -6 })}
    ${line(path('M626 568 q14 -34 24 -4 t24 -4 t20 -2 t22 -10 t20 6'), INK.brick, 7)}
    ${line(path('M846 606 q10 -26 20 0 t22 -6 t20 4 t22 -12 t26 -2'), INK.blue, 7)}
    ${line(path('M700 734 q10 -34 26 -4 t22 -8 t24 4 t22 -6 t26 -2'), INK.night, 7)}
    ${placed(736, 552, 233.7, -6, INK.red, INK.brick)}${placed(956, 590, -33.9, 6, INK.navy, INK.night)}
    ${placed(824, 720, 68.6, -6, INK.cream, INK.clay)}`
}
