// Buckets on descending steps: each one full spills into the next, the last still waits dry.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(7)
  const left = n => 60 + n * 296
  const start = n => n ? left(n) : -40
  const top = n => 478 + n * 122
  const bucket = (level, boat) => {
    const body = path('M-104 -190 L-82 0 Q0 22 82 0 L104 -190 Z')
    return `${dust(ellipse(30, 4, 150, 20), INK.night, { round: true, strength: 1 })}
      ${solid(ellipse(0, -190, 106, 30), INK.ochre)}
      ${solid(body, INK.white, { shade: INK.sand, angle: 0, from: 0.3, strength: 1 })}
      ${within(body, `${level ? solid(rect(-110, -190 * level, 220, 220), INK.teal, { shade: INK.pine, angle: 20,
        from: 0.2, strength: 1 }) : ''}
        ${level > 0 && level < 1 ? `${solid(rect(-62, -200, 46, 110), INK.teal)}
          ${line(path('M-36 -150 V-116'), INK.mist, 5)}
        ${solid(ellipse(0, -190 * level, 98, 18), INK.sage)}
        ${line(ellipse(0, -190 * level, 52, 8), INK.mist, 4)}` : ''}
        ${line(path('M-72 -150 L-60 -40'), INK.mist, 10)}${line(path('M-57 -14 v2'), INK.mist, 10)}
        ${line(path('M-110 -142 Q0 -112 110 -142 M-100 -42 Q0 -14 100 -42'), INK.navy, 13)}`)}
      ${times(5, n => `${solid(circle(-76 + n * 38, -130 + (n % 4 ? 8 : 2), 3.5), INK.sand)}`)}
      ${solid(ellipse(0, -190, 106, 28), level === 1 ? INK.sage : INK.umber, {
        shade: level === 1 ? INK.teal : INK.night, angle: 0, from: 0.2 })}
      ${level === 1 ? line(path('M-54 -190 a56 13 0 0 0 108 0 M-26 -192 a28 6 0 0 0 54 0'), INK.white, 4) : ''}
      ${line(ellipse(0, -190, 106, 29), INK.navy, 12)}
      ${boat ? at(34, -196, `${solid(polygon('-46,-22 46,-22 26,10 -26,10'), INK.red)}
        ${solid(polygon('-28,-22 0,-80 28,-22'), INK.gold, { shade: INK.ochre, angle: 0, from: 0.4 })}`,
          { turn: -6 }) : ''}
      ${solid(rect(-114, -188, 20, 30, 6), INK.navy)}${solid(rect(94, -188, 20, 30, 6), INK.navy)}`
  }
  const fall = (x, y, depth) => `
    ${solid(path(`M${x} ${y} C${x + 80} ${y - 20} ${x + 178} ${y + 10} ${x + 188} ${y + depth} q-22 12 -46 0
      C${x + 142} ${y + 60} ${x + 80} ${y + 36} ${x + 2} ${y + 30} Z`), INK.teal, { shade: INK.pine, angle: 0,
        from: 0.5 })}
    ${line(path(`M${x + 18} ${y + 8} C${x + 100} ${y} ${x + 164} ${y + 30} ${x + 172} ${y + depth - 16}`),
      INK.mist, 6)}
    ${line(path(`M${x + 54} ${y + 24} C${x + 110} ${y + 34} ${x + 148} ${y + 60} ${x + 154} ${y + depth - 40}`),
      INK.sage, 5)}
    ${times(6, () => solid(circle(x + 110 + random() * 110, y + depth - 4 - random() * 40, 4 + random() * 5),
      INK.sage))}`
  const step = n => `
    ${solid(polygon(`${start(n)},${top(n)} ${start(n) + 36},${top(n) - 36} ${left(n) + 332},${top(n) - 36}
      ${left(n) + 296},${top(n)}`),
      INK.sand, { shade: INK.clay, angle: 0, from: 0.2 })}
    ${solid(rect(start(n), top(n), left(n) + 297 - start(n), 700), INK.red, { shade: INK.brick, angle: 80,
      from: 0, strength: 1 })}
    ${solid(polygon(`${left(n) + 296},${top(n)} ${left(n) + 332},${top(n) - 36} ${left(n) + 332},${top(n) + 86}
      ${left(n) + 296},${
      top(n) + 122}`), INK.brick, { shade: INK.night, from: 0.3, strength: 0.8 })}
    ${solid(rect(start(n), top(n), left(n) + 297 - start(n), 16), INK.clay)}
    ${times(10, k => line(path(`M${left(n) + 24 + ((k * 2) % 3) * 70} ${top(n) + 62 + k * 50}
      h${60 + (k % 3) * 24}`), INK.brick, 5))}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.cream, { shade: INK.sand, angle: 60, from: 0.1, strength: 1 })}
    ${solid(circle(1110, 330, 236), INK.gold, { shade: INK.ochre, angle: 120, from: 0.3 })}
    ${times(4, n => solid(rect([980, 1240, 700, 1330][n], [300, 392, 180, 176][n], [330, 260, 220, 150][n], 13,
      6), INK.sand))}
    ${times(5, step)}
    ${solid(path('M-20 110 H190 Q236 110 236 156 V190 H184 V170 Q184 162 176 162 H-20 Z'), INK.navy,
      { shade: INK.blue, angle: 270, from: 0.4 })}
    ${solid(rect(172, 184, 76, 26, 6), INK.blue)}${solid(rect(60, 98, 30, 76, 6), INK.blue)}
    ${solid(rect(136, 66, 16, 50), INK.navy)}${solid(rect(92, 46, 104, 24, 12), INK.red)}
      ${solid(circle(144, 58, 16), INK.brick)}
    ${at(208, top(0) - 14, bucket(1))}
    ${solid(path('M190 210 H232 V276 q-20 12 -42 0 Z'), INK.teal)}
      ${line(path('M202 214 V270 M220 214 V256'), INK.mist, 6)}
    ${at(left(1) + 148, top(1) - 14, bucket(1))}${fall(296, top(0) - 208, 130)}
    ${at(left(2) + 148, top(2) - 14, bucket(1, true))}${fall(left(1) + 236, top(1) - 208, 130)}
    ${at(left(3) + 148, top(3) - 14, bucket(0.52))}${fall(left(2) + 236, top(2) - 208, 148)}
    ${at(left(3) + 148, top(3) - 14, line(path('M-106 -190 A106 29 0 0 0 106 -190'), INK.navy, 12))}
    ${at(left(4) + 148, top(4) - 14, bucket(0))}
  `
}
