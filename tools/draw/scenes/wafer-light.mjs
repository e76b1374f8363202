// Light falls through a mask and a column of lenses onto a round silicon wafer and writes its chips.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(9)
  const inks = [INK.teal, INK.sage, INK.gold, INK.blue, INK.teal, INK.mist, INK.clay]
  const dies = times(14 * 14, n => {
    const [c, r] = [n % 14, Math.floor(n / 14)]
    const [x, y] = [-560 + c * 80, -560 + r * 80]
    if (Math.hypot(x + 40, y + 40) > 505) return ''
    const colour = inks[Math.floor((c + r * 0.6 + random() * 1.6) / 2.6) % inks.length]
    return `${solid(rect(x + 4, y + 4, 72, 72, 3), colour)}
      ${solid(path(`M${x + 14} ${y + 14} h24 v24 h-24 Z M${x + 46} ${y + 14} h20 v10 h-20 Z M${x + 46} ${y + 32}
        h20 v34 h-20 Z
      M${x + 14} ${y + 48} h24 v8 h-24 Z M${x + 14} ${y + 62} h24 v6 h-24 Z`), INK.navy)}`
  })
  const lens = (y, rx, ry, thick) => `
    ${solid(rect(500, y - 10, 600, 38), INK.blue, { shade: INK.night, angle: 0, from: 0.3, strength: 0.6 })}
    ${solid(path(`M500 ${y - 24} h36 v64 h-36 Z M1064 ${y - 24} h36 v64 h-36 Z`), INK.red)}
    <g opacity="0.92">${solid(path(`M${800 - rx} ${y} A${rx} ${ry} 0 0 0 ${800 + rx} ${y} V${y + thick} A${rx}
      ${ry} 0 0 1 ${800 - rx} ${y + thick} Z`), INK.teal, { shade: INK.mist, angle: 180, from: 0.3 })}</g>
    ${solid(ellipse(800, y, rx, ry), INK.mist, { shade: INK.teal, angle: 20, from: 0.2, strength: 0.9 })}
      ${line(ellipse(800, y, rx, ry), INK.cream, 7)}
    ${line(path(`M${800 - rx * 0.74} ${y - ry * 0.1} A${rx * 0.76} ${ry * 0.72} 0 0 1 ${800 - rx * 0.2}
      ${y - ry * 0.68}`), INK.white, 8)}`
  const beam = (points, strength) => `<g opacity="${strength * 0.55}">${solid(polygon(points),
    INK.gold)}</g>${dust(polygon(points), INK.cream, { angle: 90, from: -0.6, strength })}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0, strength: 1 })}
    ${dust(ellipse(800, 800, 860, 420), INK.blue, { round: true, strength: 0.95 })}
    ${times(18, n => line(path(n % 2
      ? `M0 ${60 + n * 46} H${100 + (n % 3) * 44} l40 40 H${300 + (n % 3) * 30}`
      : `M1600 ${80 + n * 44} H${1500 - (n % 3) * 44} l-40 40 H${1310 - (n % 3) * 36}`), INK.blue, 4))}
    ${times(18, n => solid(circle(...(n % 2 ? [300 + (n % 3) * 30, 100 + n * 46] : [1310 - (n % 3) * 36,
      120 + n * 44]), 9), n % 4 < 2 ? INK.gold : INK.sage))}
    ${dust(ellipse(800, 1000, 620, 70), INK.night, { round: true, strength: 1 })}
    ${solid(path('M560 900 H1040 L1080 1067 H520 Z'), INK.blue, { shade: INK.night, angle: 0, from: 0.3 })}
    ${solid(path('M210 836 A590 176 0 0 0 1390 836 V872 A590 176 0 0 1 210 872 Z'), INK.blue, { shade: INK.night,
      angle: 0, from: 0.3 })}
    ${solid(ellipse(800, 836, 590, 176), INK.night)}${line(ellipse(800, 836, 590, 176), INK.sage, 4)}
    <g transform="translate(800 824) scale(1 0.3)">
      ${solid(circle(0, 40, 548), INK.umber)}${solid(circle(0, 0, 548), INK.sand, { shade: INK.clay, angle: 20,
        from: 0.2 })}
      ${within(circle(0, 0, 528), at(0, 0, dies, { turn: 18 }))}
      ${dust(circle(0, 0, 548), INK.night, { angle: 10, from: 0.3, strength: 0.9 })}
    </g>
    ${dust(path('M250 820 A550 165 0 0 1 600 672 L800 824 Z'), INK.white, { angle: 0, from: -0.2, strength: 0.7 })}
    ${line(path('M254 850 A550 165 0 0 0 640 982'), INK.white, 6)}
    ${solid(path('M452 0 H516 V640 H452 Z M1084 0 H1148 V640 H1084 Z'), INK.blue, { shade: INK.night, angle: 0,
      from: 0, strength: 0.6 })}
    ${times(14, n => solid(circle(n % 2 ? 1116 : 484, 50 + Math.floor(n / 2) * 90, 8), INK.sage))}
    ${beam('760,110 840,110 950,236 650,236', 1)}
    ${solid(path('M690 0 H910 V64 L860 116 H740 L690 64 Z'), INK.red, { shade: INK.brick, angle: 0, from: 0.3 })}
      ${solid(rect(740, 104, 120, 20, 6), INK.white)}
    ${times(4, n => solid(rect(714 + n * 48, 18, 26, 34, 5), INK.brick))}
    ${solid(polygon('600,206 1000,206 1050,272 550,272'), INK.cream, { shade: INK.sand, angle: 0, from: 0.3 })}
      ${solid(polygon('550,272 1050,272 1050,286 550,286'), INK.ochre)}
    ${solid(path(times(14, n => {
      const [c, r] = [(n % 7) - 3.5, Math.floor(n / 7)]
      const [near, far] = [54 + r * 4, 50 + r * 4]
      return `M${800 + c * far + 5} ${218 + r * 24} h${far - 10} L${800 + (c + 1) * near - 5} ${236 + r * 24}
        h${10 - near} Z `
    })), INK.navy)}
    ${beam('640,288 960,288 1010,372 590,372', 0.9)}
    ${lens(384, 250, 62, 34)}
    ${beam('590,440 1010,440 940,540 660,540', 0.95)}
    ${lens(546, 176, 44, 28)}
    ${beam('664,600 936,600 842,806 758,806', 1)}${beam('700,600 900,600 820,806 780,806', 1)}
    ${dust(ellipse(800, 820, 210, 84), INK.gold, { round: true, strength: 1 })}
    ${solid(polygon('756,812 826,794 850,824 776,844'), INK.white)}
      ${line(polygon('756,812 826,794 850,824 776,844'), INK.gold, 6)}
    ${times(10, n => at(800, 820, line(path(`M0 ${-70 - (n % 2) * 16} v-34`), INK.cream, 5),
      { turn: -90 + n * 20 + (n > 4 ? 8 : -8) }))}
  `
}
