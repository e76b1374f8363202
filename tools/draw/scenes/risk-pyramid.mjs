// A stepped pyramid of four layers; friendly robots stand on the wide ones below, one alone, roped off, on top.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const FLAT = 0.34
  const block = (y, w, h, top, left, right, deep) => `
    ${solid(polygon(`${800 - w},${y} 800,${y + w * FLAT} 800,${y + w * FLAT + h} ${800 - w},${y + h}`), left,
      { shade: deep, angle: 90, from: 0.2, strength: 0.8 })}
    ${solid(polygon(`${800 + w},${y} 800,${y + w * FLAT} 800,${y + w * FLAT + h} ${800 + w},${y + h}`), right,
      { shade: deep, angle: 20, from: 0, strength: 0.95 })}
    ${solid(polygon(`${800 - w},${y} 800,${y - w * FLAT} ${800 + w},${y} 800,${y + w * FLAT}`), top)}
    ${line(path(`M${800 - w} ${y} L800 ${y + w * FLAT} L${800 + w} ${y}`), INK.white, 4)}`
  const robot = (x, y, scale, { body, dark, eyes = INK.cream, head = 'box', top = 'ball', prop = '',
    mouth = 'M-16 -122 q16 14 32 0' }) => at(x, y, `
    ${dust(ellipse(30, 2, 76, 15), INK.night, { round: true, strength: 1 })}
    ${solid(path('M-34 -30 h24 v30 h-30 v-12 h6 Z M10 -30 h24 v18 h6 v12 h-30 Z'), INK.night)}
    ${line(path('M-44 -78 q-24 12 -20 38 M44 -78 q24 12 20 38'), dark, 13)}
      ${solid(circle(-64, -36, 11), INK.night)}${solid(circle(64, -36, 11), INK.night)}
    ${solid(rect(-44, -96, 88, 70, 14), body)}${solid(path('M14 -96 h16 q14 0 14 14 v42 q0 14 -14 14 h-16 Z'), dark)}
    ${solid(rect(-24, -80, 34, 26, 5), INK.night)}${solid(circle(-14, -67, 5), INK.gold)}
      ${solid(circle(1, -67, 5), INK.red)}
    ${solid(rect(-10, -108, 20, 14), INK.night)}
    ${head === 'box' ? `${solid(rect(-48, -176, 96, 72, 16), body)}
      ${solid(path('M26 -176 h6 q16 0 16 16 v40 q0 16 -16 16 h-6 Z'), dark)}` : ''}
    ${head === 'dome' ? `${solid(path('M-50 -106 V-132 A50 50 0 0 1 50 -132 V-106 Z'), body)}
      ${solid(path('M26 -106 V-174 A50 50 0 0 1 50 -132 V-106 Z'), dark)}` : ''}
    ${head === 'eye' ? `${solid(rect(-56, -186, 112, 84, 40), body)}${solid(circle(0, -144, 34), INK.white)}
      ${solid(circle(0, -144, 20), INK.night)}${solid(circle(-7, -151, 6), INK.white)}`
      : `${solid(circle(-20, -144, 13), eyes)}${solid(circle(16, -144, 13), eyes)}
        ${solid(circle(-18, -144, 6), INK.night)}${solid(circle(18, -144, 6), INK.night)}
      ${line(path(mouth), INK.night, 5)}`}
    ${top === 'ball' ? `${line(path('M0 -178 V-204'), INK.night, 6)}${solid(circle(0, -210, 11), INK.red)}` : ''}
    ${top === 'ears' ? line(path('M-30 -176 L-44 -206 M30 -176 L44 -206'), INK.night, 6) : ''}
    ${top === 'horn' ? `${line(path('M0 -186 V-214 M-44 -176 L-66 -202 M44 -176 L66 -202'), INK.night, 8)}
      ${solid(circle(0, -220, 12), INK.red)}` : ''}
    ${prop}`, { scale })
  const flower = `${line(path('M66 -40 V-94'), INK.pine, 5)}
    ${times(5, n => at(66, -104, solid(circle(0, -13, 9), INK.red), { turn: n * 72 }))}
      ${solid(circle(66, -104, 7), INK.gold)}`
  const chat = `${solid(path('M58 -214 h92 q12 0 12 12 v36 q0 12 -12 12 h-58 l-26 22 l4 -22 h-12 q-12 0 -12 -12 ' +
    'v-36 q0 -12 12 -12 Z'), INK.white)}
    ${times(3, n => solid(circle(78 + n * 26, -184, 7), INK.navy))}`
  const file = `${solid(rect(50, -76, 50, 62, 4), INK.white)}
    ${line(path('M60 -60 h28 M60 -46 h28 M60 -32 h16'), INK.navy, 4)}`
  const scale_ = `${line(path('M66 -20 V-110 M36 -104 H96'), INK.night, 5)}
    ${solid(path('M22 -80 h28 q-14 20 -28 0 Z M82 -80 h28 q-14 20 -28 0 Z'), INK.gold)}
    ${line(path('M36 -104 l-12 24 M36 -104 l12 24 M96 -104 l-12 24 M96 -104 l12 24'), INK.night, 3)}`
  const ball = `${solid(circle(86, -16, 17), INK.red)}${line(path('M70 -16 q16 -12 33 0'), INK.cream, 4)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, angle: 60, from: 0.1, strength: 1 })}
    ${solid(circle(800, 400, 356), INK.cream, { shade: INK.sand, angle: 90, from: 0.2, strength: 1 })}
    ${times(5, n => solid(rect([80, 250, 1180, 1330, 120][n], [150, 330, 130, 290, 420][n], [270, 200, 290, 210,
      130][n], 15, 7), INK.sand))}
    ${solid(polygon('0,830 1600,830 1600,1067 0,1067'), INK.clay, { shade: INK.umber, from: 0.1, strength: 0.9 })}
    ${dust(polygon('800,1080 1440,840 1620,930 1100,1090'), INK.night, { angle: 180, from: -0.2, strength: 1 })}
    ${block(742, 600, 96, INK.sage, INK.teal, INK.pine, INK.night)}
    ${block(634, 452, 108, INK.cream, INK.sand, INK.clay, INK.umber)}
    ${block(524, 306, 110, INK.clay, INK.red, INK.brick, INK.night)}
    ${block(416, 164, 108, INK.blue, INK.navy, INK.night, INK.night)}
    ${robot(800, 440, 1.02, { body: INK.red, dark: INK.brick, head: 'eye', top: 'horn' })}
    ${times(5, n => `${solid(rect([668, 734, 794, 856, 922][n], [380, 404, 424, 404, 380][n], 11, 60, 4),
      INK.gold)}${solid(circle([674, 740, 800, 862, 928][n], [378, 402, 422, 402, 378][n], 9), INK.gold)}`)}
    ${line(path('M674 392 q33 40 66 24 q30 36 60 20 q30 20 62 -20 q33 14 66 -24'), INK.red, 8)}
    ${robot(560, 534, 0.72, { body: INK.navy, dark: INK.night, head: 'dome', top: 'ears', mouth: 'M-14 -118 h28',
      prop: scale_ })}
    ${robot(1040, 534, 0.72, { body: INK.teal, dark: INK.pine, mouth: 'M-14 -118 h28', prop: file })}
    ${robot(430, 648, 0.74, { body: INK.teal, dark: INK.pine, prop: chat })}
    ${robot(632, 714, 0.78, { body: INK.blue, dark: INK.navy, head: 'dome' })}
    ${robot(968, 714, 0.78, { body: INK.gold, dark: INK.ochre, top: 'ears' })}
    ${robot(1170, 648, 0.74, { body: INK.red, dark: INK.brick, head: 'dome', mouth: 'M-10 -118 h20' })}
    ${robot(300, 758, 0.78, { body: INK.blue, dark: INK.navy, head: 'dome', top: 'ears', prop: flower })}
    ${robot(484, 822, 0.84, { body: INK.cream, dark: INK.sand, eyes: INK.sage })}
    ${robot(700, 894, 0.88, { body: INK.red, dark: INK.brick, head: 'dome', prop: ball })}
    ${robot(920, 890, 0.88, { body: INK.cream, dark: INK.sand, eyes: INK.gold, top: 'ears' })}
    ${robot(1120, 820, 0.84, { body: INK.navy, dark: INK.night })}
    ${robot(1300, 758, 0.78, { body: INK.cream, dark: INK.sand, head: 'dome', eyes: INK.sage })}
  `
}
