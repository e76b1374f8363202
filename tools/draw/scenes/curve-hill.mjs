// A cyclist climbs a road on a hill shaped like a curve that flattens and bends down.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(10)
  const height = x => 930 - 600 * (1 - Math.exp(-(x + 60) / 430)) + (x > 980 ? (x - 980) ** 2 * 0.00042 : 0)
  const curve = (from, to, shift = 0) => Array.from({ length: Math.ceil((to - from) / 20) + 1 }, (_, n) =>
    `${from + n * 20} ${(height(from + n * 20) + shift).toFixed(1)}`).join(' L')
  const hill = path(`M${curve(-40, 1640)} V1080 H-40 z`)
  const post = (x, n) => {
    const y = height(x) - 14
    return `${line(path(`M${x} ${y + 44} V1080`), INK.sage, 5, 'stroke-dasharray="2 20"')}
      ${line(path(`M${x} ${y} V${y - 62}`), INK.night, 9)}${solid(circle(x, y - 78, 26), INK.cream)}
      ${solid(circle(x, y - 78, 15), n === 4 ? INK.red : INK.navy)}`
  }
  const cypress = (x, y, s) => `M${x - 4 * s} ${y} v${-16 * s} q${-26 * s} ${-26 * s} ${4 * s} ${-104 * s} q${30 * s}
    ${78 * s} ${4 * s} ${104 * s} v${16 * s} z `
  const wheel = x => `${line(circle(x, -52, 50), INK.night, 9)}${line(path(times(6, n => {
    const [c, s] = [Math.cos(n * Math.PI / 6) * 46, Math.sin(n * Math.PI / 6) * 46]
    return `M${(x - c).toFixed(0)} ${(-52 - s).toFixed(0)} L${(x + c).toFixed(0)} ${(-52 + s).toFixed(0)} `
  })), INK.night, 2)}${solid(circle(x, -52, 8), INK.night)}`
  const cyclist = `
    ${line(path('M-20 -146 L-2 -100 L-24 -54 l-22 0'), INK.brick, 26)}
    ${wheel(-84)}${wheel(92)}
    ${line(path('M-84 -52 L-4 -52 L66 -138 L-40 -132 L-84 -52 M-40 -132 L-4 -52 M92 -52 L62 -152'), INK.red, 9)}
    ${line(path('M-48 -152 L-38 -132 M-66 -154 H-26'), INK.night, 10)}
    ${line(path('M62 -152 q14 -10 30 0 q4 14 -10 16'), INK.night, 8)}
    ${line(circle(-4, -52, 15), INK.night, 6)}
    ${line(path('M-40 -164 L38 -124 L6 -40'), INK.navy, 32)}${line(path('M-2 -34 H28'), INK.night, 18)}
    ${solid(path('M-66 -158 q-4 -96 84 -120 q34 4 30 34 q-60 30 -66 96 q-30 18 -48 -10 z'), INK.cream,
      { shade: INK.clay, angle: 120, from: 0.3, strength: 0.9 })}
    ${line(path('M24 -254 L52 -196 L80 -158'), INK.cream, 24)}${solid(circle(82, -154, 13), INK.umber)}
    ${line(path('M34 -268 L44 -288'), INK.umber, 24)}${solid(circle(56, -304, 31), INK.umber)}
    ${solid(path('M22 -306 q2 -42 40 -40 q32 4 32 32 l14 8 q-40 -4 -86 0 z'), INK.red, { shade: INK.brick, angle: 180,
      from: 0.3 })}
    ${line(path('M34 -280 q-50 -4 -96 18 M30 -274 q-40 10 -70 40'), INK.red, 12)}`
  const x = 520
  const slope = Math.atan2(height(x + 90) - height(x - 90), 180) * 180 / Math.PI
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.cream, angle: 90, from: 0, strength: 0.9 })}
    ${dust(rect(0, 0, 1600, 400), INK.ochre, { angle: 270, from: 0, strength: 0.9 })}
    ${solid(circle(1120, 300, 210), INK.red, { shade: INK.brick, angle: 270, from: 0.4, strength: 0.8 })}
    ${solid(path(`M140 210 h260 a26 26 0 0 0 -42 -26 a54 54 0 0 0 -102 -6 a38 38 0 0 0 -68 12 q-36 0 -48 20 z M620 120
      h220 a24 24 0 0 0 -38 -22 a46 46 0 0 0 -88 -6 a32 32 0 0 0 -58 10 q-28 0 -36 18 z M1290 180 h240 a24 24 0 0 0 -38
        -24 a50 50 0 0 0 -94 -6 a34 34 0 0 0 -62 12 q-34 0 -46 18 z`), INK.cream, { shade: INK.gold, from: 0.5,
          strength: 0.7 })}
    ${line(path(`M560 250 q16 -16 28 0 q14 -16 30 0 M650 300 q12 -12 22 0 q10 -12 24 0 M860 210 q12 -12 22 0 q10 -12 24
      0`), INK.night, 6)}
    ${solid(path(`M-10 760 C140 620 300 640 480 560 C640 500 760 560 900 480 C1100 400 1340 540 1620 440 V1080 H-10
      z`), INK.clay, { shade: INK.gold, angle: 270, from: 0.3, strength: 0.6 })}
    ${solid(path('M-10 860 C200 700 420 720 640 600 C900 500 1300 600 1620 520 V1080 H-10 z'), INK.sage,
      { shade: INK.teal, angle: 200, from: 0.3, strength: 0.7 })}
    ${solid(path([[840, 410, 1], [880, 404, 0.7], [1350, 420, 0.8], [1500, 470, 1.1], [1550, 486, 0.8]].map(([a, b,
      s]) => cypress(a, height(a) + 6 + b * 0, s)).join('')), INK.pine)}
    ${solid(hill, INK.teal, { shade: INK.night, angle: 70, from: 0.15, strength: 1 })}
    ${within(hill, line(path([90, 170, 260, 360, 470, 590].map(d => `M${curve(-40, 1640, d)}`).join(' ')), INK.pine,
      7))}
    ${line(path(`M${curve(-40, 1640, 26)}`), INK.pine, 30)}
    ${line(path(`M${curve(-40, 1640, 6)}`), INK.night, 42)}
    ${line(path(`M${curve(-40, 1640, 4)}`), INK.cream, 6, 'stroke-dasharray="34 30"')}
    ${[130, 290, 760, 1010, 1240, 1450].map(post).join('')}
    ${at(x, height(x) - 12, cyclist, { turn: slope })}
    ${line(path(times(40, () => {
      const a = random() * 1600
      return `M${a.toFixed(0)} ${Math.min(1050, height(a) + 80 + random() * 560).toFixed(0)}
        h${(14 + random() * 30).toFixed(0)} `
    })), INK.sage, 4)}
    ${solid(path([[900, 800, 1.1], [950, 830, 1.4], [1180, 780, 1], [1380, 840, 1.5], [1440, 800, 1.1], [640, 900,
      1.2], [690, 940, 1.5]].map(t => cypress(...t)).join('')), INK.night)}
    ${[[1060, 820, 1.1], [1290, 900, 1.2], [800, 960, 1.2]].map(([a, b, s]) => at(a, b,
      `${dust(polygon('-50,0 60,0 150,30 20,36'), INK.night, { angle: 180, from: 0, strength: 1 })}
      ${solid(path('M-46 0 v-50 h92 v50 z'), INK.cream)}${solid(path('M-58 -46 l58 -44 l58 44 z'), INK.red)}
      ${solid(path('M-30 -34 h18 v18 h-18 z M12 -38 h18 v38 h-18 z'), INK.navy)}`, { scale: s })).join('')}`
}
