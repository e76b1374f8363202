// A factory, a wheat field and a shop ride on one conveyor belt.
import { INK, chance, circle, ellipse, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(23)
  const ear = (x, y, s) => times(4, n => `M${x} ${y + n * 15 * s} q${-16 * s} ${-4 * s} ${-13 * s} ${-22 * s}
    q${13 * s} ${4 * s} ${13 * s} ${22 * s} q0 ${-18 * s} ${13 * s} ${-22 * s} q${3 * s} ${18 * s} ${-13 * s} ${22 * s}
      z `)
    + `M${x} ${y - 8 * s} q${-9 * s} ${-14 * s} 0 ${-30 * s} q${9 * s} ${16 * s} 0 ${30 * s} z `
  const wheat = (count, left, step, top, bottom, s, colour, stem) => {
    const stalks = Array.from({ length: count }, (_, n) => [left + n * step + random() * 10, top + random() * 34])
    return line(path(stalks.map(([x, y]) => `M${x.toFixed(0)} ${y.toFixed(0)} V${bottom} M${x.toFixed(0)}
      ${bottom - 24} q14 -10 16 -34 `).join('')), stem, 5)
      + solid(path(stalks.map(([x, y]) => ear(+x.toFixed(0), +y.toFixed(0), s)).join('')), colour)
  }
  const smoke = (x, y, s) => at(x, y, `${solid(path(`M-10 0 a34 34 0 0 1 -6 -66 a46 46 0 0 1 44 -58 a58 58 0 0 1
    104 -22 a50 50 0 0 1 92 20 a38 38 0 0 1 -10 74 q-60 6 -108 -8 q-60 -4 -76 60 z`), INK.white,
      { shade: INK.clay, angle: 40, from: 0.25, strength: 0.9 })}`, { scale: s })
  const tray = (x, width, colour) => `${solid(rect(x, 700, width, 34, 8), colour, { shade: INK.night, angle: 0,
    from: 0.5, strength: 0.5 })}`
  const factory = `
    ${smoke(250, 250, 1)}${smoke(352, 300, 0.72)}
    ${solid(path('M222 250 h52 l10 220 h-72 z M330 300 h44 l8 170 h-60 z'), INK.brick, { shade: INK.night, angle: 0,
      from: 0.3, strength: 0.7 })}
    ${solid(path('M218 262 h60 v18 h-60 z M216 302 h64 v18 h-64 z M326 312 h52 v16 h-52 z'), INK.cream)}
    ${solid(path('M168 700 V470 l104 -74 V470 l104 -74 V470 l104 -74 V700 z'), INK.red, { shade: INK.brick, angle: 20,
      from: 0.3, strength: 0.95 })}
    ${solid(path('M184 470 l76 -52 v52 z M288 470 l76 -52 v52 z M392 470 l76 -52 v52 z'), INK.sage)}
    ${solid(path(times(4, n => `M${192 + n * 70} 506 h46 v56 h-46 z `)), INK.gold, { shade: INK.ochre, from: 0.4 })}
    ${line(path(times(4, n => `M${215 + n * 70} 506 v56 M${192 + n * 70} 534 h46 `)), INK.brick, 5)}
    ${solid(path('M196 700 v-100 h110 v100 z'), INK.navy)}
    ${line(path('M196 622 h110 M196 644 h110 M196 666 h110'), INK.blue, 5)}
    ${solid(path('M348 700 v-84 a24 24 0 0 1 48 0 v84 z'), INK.night)}
    ${solid(path('M420 610 h40 v44 h-40 z'), INK.gold)}`
  const field = `
    ${solid(path('M586 700 V560 C640 530 700 560 760 540 C860 520 950 550 1014 530 V700 z'), INK.umber,
      { shade: INK.night, from: 0.3, strength: 0.9 })}
    ${wheat(17, 602, 24, 416, 640, 1, INK.ochre, INK.ochre)}
    ${at(800, 556, `${solid(path('M-44 100 L-36 -50 q36 -24 72 0 L44 100 z'), INK.blue, { shade: INK.night, angle: 0,
      from: 0.4 })}
      ${line(path('M-34 -40 L-66 40 M34 -40 L66 30'), INK.blue, 24)}${solid(circle(0, -86, 30), INK.umber)}
      ${solid(path('M-62 -90 q4 -14 32 -14 q0 -34 30 -34 q30 0 30 34 q28 0 32 14 z'), INK.cream)}
      ${line(path('M-30 -104 h60'), INK.red, 8)}`)}
    ${wheat(15, 596, 28, 548, 700, 1.05, INK.gold, INK.gold)}`
  const shop = `
    ${solid(path('M1120 700 V410 h330 V700 z'), INK.cream, { shade: INK.clay, angle: 0, from: 0.4, strength: 0.9 })}
    ${solid(rect(1104, 386, 362, 30, 4), INK.navy)}
    ${solid(path('M1180 386 q105 -96 210 0 z'), INK.navy, { shade: INK.night, angle: 0, from: 0.4 })}
    ${solid(circle(1285, 366, 16), INK.gold)}
    ${solid(rect(1140, 552, 176, 112), INK.navy)}
    ${solid(path('M1148 560 h160 v96 h-160 z'), INK.gold, { shade: INK.ochre, from: 0.3 })}
    ${solid(path(`M1162 656 v-40 h30 v40 z M1206 656 v-62 q0 -8 8 -8 v-10 h12 v10 q8 0 8 8 v62 z M1250 656 a20 20 0 1 1
      40 0 z`), INK.red)}${line(path('M1148 612 h40 M1256 602 h44'), INK.umber, 5)}
    ${solid(path('M1346 700 V548 h80 V700 z'), INK.teal, { shade: INK.night, from: 0.4 })}
    ${solid(path('M1358 560 h56 v70 h-56 z'), INK.mist)}${solid(circle(1412, 654, 6), INK.gold)}
    ${solid(path(times(10, n => `M${1110 + n * 35} 452 h35 l0 64 q-17.5 26 -35 0 z `)), INK.white,
      { shade: INK.sand, from: 0.4 })}
    ${solid(path(times(5, n => `M${1110 + n * 70} 452 h35 v64 q-17.5 26 -35 0 z `)), INK.red,
      { shade: INK.brick, from: 0.4 })}
    ${solid(rect(1104, 440, 362, 16, 4), INK.umber)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.sand, { shade: INK.cream, angle: 90, from: 0.1, strength: 1 })}
    ${solid(circle(810, 420, 310), INK.gold, { shade: INK.red, angle: 90, from: 0.2, strength: 0.9 })}
    ${solid(path(`M1120 190 h240 a24 24 0 0 0 -40 -24 a50 50 0 0 0 -94 -6 a34 34 0 0 0 -62 10 q-34 0 -44 20
      z`), INK.white, { shade: INK.clay, from: 0.5, strength: 0.5 })}
    ${solid(path(`M-10 640 C160 560 380 610 560 590 C800 550 1100 640 1300 580 C1440 550 1540 580 1620 570 V840 H-10
      z`), INK.sage, { shade: INK.teal, from: 0.1, strength: 0.8 })}
    ${solid(rect(0, 830, 1600, 237), INK.teal, { shade: INK.night, angle: 90, from: 0.1, strength: 0.9 })}
    ${dust(ellipse(820, 990, 780, 50), INK.night, { round: true, strength: 1 })}
    ${solid(path('M250 830 h44 l20 160 h-84 z M780 830 h44 l20 160 h-84 z M1310 830 h44 l20 160 h-84 z'), INK.gold,
      { shade: INK.umber, angle: 270, from: 0.3 })}
    ${solid(rect(66, 730, 1468, 128, 64), INK.night)}
    ${solid(rect(84, 752, 1432, 84, 42), INK.navy, { shade: INK.blue, angle: 270, from: 0.3 })}
    ${line(rect(72, 736, 1456, 116, 58), INK.cream, 7, 'stroke-dasharray="46 26"')}
    ${times(11, n => `${solid(circle(134 + n * 133.2, 794, 34), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
      ${solid(circle(134 + n * 133.2, 794, 12), INK.night)}`)}
    ${tray(142, 364, INK.umber)}${tray(566, 468, INK.umber)}${tray(1096, 378, INK.umber)}
    ${factory}${field}${shop}
    ${line(path('M526 662 h26 l-12 -12 m12 12 l-12 12 M1052 662 h26 l-12 -12 m12 12 l-12 12'), INK.navy, 7)}`
}
