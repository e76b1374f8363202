// A paper bag of groceries; its long receipt curls away and climbs like a line on a chart.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

const HALF = 62
const KNOTS = [[480, 640], [620, 640], [742, 720], [840, 876], [960, 906], [1050, 800], [1110, 690], [1210, 630],
  [1290, 520], [1340, 390], [1430, 320], [1506, 200], [1560, 50],
  [1640, -60], [1720, -120]]

export const draw = ({ solid, dust, line, within, at }) => {
  // A smooth line through the knots (Catmull and Rom's), a dozen steps from each to the next.
  const spine = []
  for (let n = 1; n < KNOTS.length - 2; n++) {
    const [p, q, r, s] = KNOTS.slice(n - 1, n + 3)
    for (let t = 0; t < 1; t += 1 / 12) {
      spine.push(p.map((_, k) => 0.5 * (2 * q[k] + (r[k] - p[k]) * t + (2 * p[k] - 5 * q[k] + 4 * r[k] - s[k]) * t * t
        + (3 * q[k] - p[k] - 3 * r[k] + s[k]) * t * t * t)))
    }
  }
  const sides = spine.map(([x, y], n) => {
    const [[ax, ay], [bx, by]] = [spine[Math.max(0, n - 1)], spine[Math.min(spine.length - 1, n + 1)]]
    const long = Math.hypot(bx - ax, by - ay)
    const [nx, ny] = [-(by - ay) / long, (bx - ax) / long]
    return share => `${(x + nx * HALF * share).toFixed(1)} ${(y + ny * HALF * share).toFixed(1)}`
  })
  const strip = (from, to) => {
    const part = sides.slice(from, to)
    return path(`M${[...part.map(s => s(-1)), ...part.reverse().map(s => s(1))].join('L')}Z`)
  }
  const rows = (from, to, pick) => path(sides.map((s, n) => (pick(n) ? `M${s(from)}L${s(to(n))}` : '')).join(''))
  const bag = `
    ${dust(polygon('-230,0 250,0 640,76 60,90'), INK.umber, { angle: 0, from: -0.4, strength: 1 })}
    ${solid(polygon('170,-470 262,-500 250,-16 160,0'),
      INK.ochre, { shade: INK.umber, angle: 0, from: 0.1, strength: 0.9 })}
    ${solid(path(`M-242 -470${times(11, n => `L${-223 + n * 37.5} -${n % 2 ? 468 : 494}`)}L176 -470L164 0H-226Z`),
      INK.sand, { shade: INK.clay, angle: 30, from: 0.3, strength: 0.9 })}
    ${line(path('M-110 -476L-96 -250L-120 -4M84 -470L98 -210L80 -4M216 -478L204 -240L228 -10'), INK.clay, 5)}
    ${line(path('M-96 -250L-150 -160M98 -210L140 -140'), INK.clay, 4)}`
  const milk = `${solid(polygon('-70,300 -70,-60 40,-60 40,300'), INK.white)}
  ${solid(polygon('40,300 40,-60 92,-84 92,280'), INK.mist, { shade: INK.teal, angle: 0, from: 0.2 })}
    ${solid(polygon('-70,-60 40,-60 30,-140 -50,-140'), INK.red)}
    ${solid(polygon('40,-60 92,-84 52,-150 30,-140'), INK.brick)}
    ${solid(polygon('-52,-138 32,-138 54,-150 54,-178 32,-168 -52,-168'), INK.red)}
    ${solid(rect(-70, -8, 110, 26), INK.blue)}
    ${solid(circle(-15, 92, 38), INK.red, { shade: INK.brick, angle: 50, from: 0.3 })}`
  const baguette = `${solid(path('M-48 420V-250Q-48 -320 0 -320Q48 -320 48 -250V420Z'),
    INK.ochre, { shade: INK.umber, angle: 0, from: 0.4, strength: 0.9 })}
    ${times(6, n => solid(path(`M-34 ${-196 + n * 84}Q-6 ${-240 + n * 84} 32 ${-244 + n * 84}Q12 ${-206 + n * 84} -34
      ${-196 + n * 84}Z`), INK.sand))}`
  const leaf = (turn, scale, colour) => at(0, 0, `${solid(path('M0 60C-90 0 -86 -130 0 -230C86 -130 90 0 0 60Z'), colour,
    { shade: INK.night, angle: 0, from: 0.3, strength: 0.5 })}
    ${line(path('M0 60V-190M0 0L-44 -50M0 0L44 -50M0 -60L-44 -112M0 -60L44 -112M0 -120L-28 -152M0 -120L28 -152'),
      INK.sage, 5)}`, { turn, scale })
  const tomato = (x, y, r) => `${solid(circle(x, y, r),
    INK.red, { shade: INK.brick, angle: 50, from: 0.3, strength: 1 })}
    ${solid(circle(x - r * 0.36, y - r * 0.4, r * 0.14), INK.cream)}
    ${at(x, y - r * 0.86, solid(path('M0 -26L8 -6L34 -10L14 8L22 26L0 14L-22 26L-14 8L-34 -10L-8 -6Z'), INK.pine))}`
  const tag = `${solid(circle(0, -150, 12), INK.umber)}${line(path('M0 -150Q-34 -90 0 -46'), INK.night, 6)}
    ${solid(path('M-58 -30L0 -84L58 -30V130H-58Z'), INK.red, { shade: INK.brick, angle: 50, from: 0.3, strength: 1 })}
    ${solid(circle(0, -44, 13), INK.cream)}
    ${line(path('M-30 14H30M-30 50H30M-30 86H8'), INK.cream, 12)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 300, from: 0.1, strength: 1 })}
    ${line(path(times(6, n => `M0 ${120 + n * 130}H1600`) + times(9, n => `M${160 + n * 160} 0V850`)),
      INK.sage, 3, 'stroke-dasharray="2 16" opacity="0.7"')}
    ${dust(circle(420, 420, 520), INK.sage, { round: true, from: 0, strength: 0.7 })}
    ${solid(rect(0, 846, 1600, 221), INK.gold, { shade: INK.ochre, from: 0.15, strength: 1 })}
    ${line(path('M0 846H1600'), INK.cream, 6)}
    ${line(path('M0 936H150M1180 930H1600M700 1036H1240M60 1024H220'), INK.ochre, 6)}
    ${at(306, 360, leaf(-20, 1.2, INK.pine))}${at(490, 350, leaf(10, 1.3, INK.navy))}
    ${at(566, 380, leaf(30, 1.1, INK.pine))}
    ${at(266, 332, milk, { turn: -4 })}${at(628, 424, baguette, { turn: 14 })}
    ${tomato(394, 452, 66)}${tomato(512, 462, 62)}
    ${dust(ellipse(920, 985, 320, 44), INK.umber, { round: true, from: 0.2, strength: 1 })}
    ${within(rect(0, 0, 1600, 843), at(22, 26, solid(strip(36, 200), INK.pine).replace('fill=',
      'opacity="0.7" fill=')))}
    ${solid(strip(0, 200), INK.white)}
    ${[[8, 42], [66, 84], [94, 112]].map(([a, b]) => dust(strip(a, b),
      INK.clay, { angle: 60, from: 0.3, strength: 0.7 })).join('')}
    ${line(rows(-0.74, n => 0.06 + (n * 7 % 5) * 0.06, n => n % 3 === 1), INK.navy, 8)}
    ${line(rows(0.5, () => 0.74, n => n % 3 === 1 && n % 4), INK.blue, 8)}
    ${line(rows(0.44, () => 0.76, n => n % 3 === 1 && n % 4 === 0), INK.red, 9)}
    ${at(440, 978, bag)}${at(330, 680, tag, { turn: 6 })}
  `
}
