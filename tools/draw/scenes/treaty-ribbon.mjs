// Seen from above: an open treaty with ribbons and wax seals; hands with pens reach in from all sides.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(1969)
  const blob = (x, y, r) => 'M' + Array.from({ length: 14 }, (_, n) => {
    const a = n * Math.PI / 7
    const d = r * (0.94 + random() * 0.16)
    return `${(x + d * Math.cos(a)).toFixed(1)} ${(y + d * Math.sin(a)).toFixed(1)}`
  }).join(' L') + ' z'
  const seal = (x, y, r, colour, dark) => `
    ${solid(path(blob(x + 8, y + 12, r)), INK.night)}
    ${solid(path(blob(x, y, r)), colour, { shade: dark, angle: 50, from: 0.2, strength: 1 })}
    ${line(circle(x, y, r * 0.66), dark, 5)}
    ${line(path(`M${x - r * 0.3} ${y + r * 0.1} q${r * 0.3} ${r * 0.5} ${r * 0.6} 0 M${x} ${y - r * 0.4}
      v${r * 0.66}`), dark, 5)}
    ${line(path(`M${x - r * 0.74} ${y - r * 0.34} q${r * 0.2} ${-r * 0.3} ${r * 0.44} ${-r * 0.42}`), INK.cream, 4)}`
  // A hand with a pen; the pen's tip is the origin, the arm comes in from the right.
  const hand = (x, y, turn, sleeve, dark, skin, pen, length = 520) => at(x, y, `
    ${dust(path(`M0 0 L180 -20 L${length} -40 V140 L250 120 L150 76 z`), INK.night,
      { angle: 0, from: 0.05, strength: 2 })}
    ${solid(path('M190 -46 q60 -30 130 -16 v124 q-70 26 -116 -2 z'), skin)}
    ${line(path('M6 0 L262 -96'), pen, 20)}${line(path('M0 2 L44 -15'), INK.gold, 12)}
    ${line(path('M60 -27 L236 -92'), INK.white, 3)}
    ${line(path('M206 -34 Q140 -56 104 -38 M210 8 Q150 20 104 -20 M216 38 Q160 54 128 22'), skin, 36)}
    ${line(path('M206 -10 Q150 -2 116 -26 M214 26 Q164 40 138 14'), INK.umber, 3)}
    ${solid(path('M300 -70 h44 v140 h-44 q-10 -70 0 -140 z'), INK.white, { shade: INK.sand, from: 0.4 })}
    ${solid(path(`M336 -80 H${length} V88 H336 q-12 -84 0 -168 z`), sleeve, { shade: dark, from: 0.3,
      strength: 0.95 })}
    ${solid(circle(366, 58, 8), INK.gold)}${solid(circle(396, 58, 8), INK.gold)}`, { turn, scale: 0.92 })
  const scribble = (x, y, colour, turn = 0) => at(x, y, line(path(`M-66 0 q${8 + random() * 10} -40 22 0 t20
    ${-random() * 10} t18 4 t24 ${-6 - random() * 8} t20 4 t26 -4`), colour, 6), { turn })
  const script = (x, y, w, rows) => times(rows,
    n => `M${x} ${y + n * 27} h${n === rows - 1 ? w * 0.5 : w - random() * 30} `)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.night, round: true, from: 0.2, strength: 0.9 })}
    ${line(rect(56, 56, 1488, 955, 26), INK.gold, 5)}${line(rect(72, 72, 1456, 923, 18), INK.pine, 10)}
    ${dust(path('M380 250 H1250 V860 H380 z'), INK.night, { angle: 40, from: 0, strength: 1 })}
    ${solid(rect(378, 228, 844, 560, 12), INK.brick, { shade: INK.night, angle: 40, from: 0.3 })}
    ${solid(path(`M800 246 C700 222 520 226 396 240 V770 C520 758 700 754 800 778 C900 754 1080 758 1204 770 V240 C1080
      226 900 222 800 246 z`), INK.sand)}
    ${solid(path('M800 240 C700 214 530 216 408 228 V756 C530 744 700 742 800 768 z'), INK.white,
      { shade: INK.clay, angle: 0, from: 0.55, strength: 0.95 })}
    ${solid(path('M800 240 C900 214 1070 216 1192 228 V756 C1070 744 900 742 800 768 z'), INK.white,
      { shade: INK.clay, angle: 180, from: 0.6, strength: 0.8 })}
    ${solid(circle(604, 292, 30), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
    ${solid(polygon('604,270 610,286 626,292 610,298 604,314 598,298 582,292 598,286'), INK.cream)}
    ${line(path('M510 352 H698 M548 380 H660'), INK.navy, 9)}
    ${line(path(script(456, 428, 296, 4) + script(456, 556, 296, 5)), INK.sage, 7)}
    ${line(path(`M850 330 H980 M1020 330 H1150 M850 440 H980 M1020 440 H1150 M850 550 H980 M1020 550 H1150 M850 660
      H980 M1020 660 H1150`), INK.clay, 4)}
    ${scribble(916, 320, INK.navy)}${scribble(1084, 318, INK.brick)}${scribble(914, 430, INK.blue)}
    ${scribble(1082, 430, INK.navy)}
    ${scribble(916, 542, INK.brick)}${scribble(912, 652, INK.navy)}
    ${solid(path('M776 224 h22 v650 l-11 -16 l-11 16 z'), INK.red, { shade: INK.brick, from: 0.4 })}
    ${solid(path('M804 224 h22 v600 C830 900 880 920 870 980 l-24 -12 C850 930 804 900 804 830 z'), INK.gold,
      { shade: INK.umber, from: 0.4 })}
    ${line(path(`M640 756 C640 830 600 850 592 906 M960 754 C966 820 1010 850 1016 900 M520 752 C516 800 480 830 470
      850`), INK.red, 16)}
    ${seal(468, 868, 34, INK.brick, INK.night)}${seal(787, 868, 58, INK.red, INK.brick)}
    ${seal(592, 916, 46, INK.gold, INK.umber)}${seal(1016, 908, 46, INK.brick, INK.night)}
    ${hand(1150, 540, -8, INK.navy, INK.night, INK.umber, INK.red)}
    ${hand(1140, 656, 34, INK.gold, INK.umber, INK.clay, INK.navy, 640)}
    ${hand(1110, 410, -52, INK.red, INK.brick, INK.sand, INK.night)}
    ${hand(940, 306, -94, INK.pine, INK.night, INK.umber, INK.gold)}
    ${hand(560, 330, 232, INK.blue, INK.night, INK.clay, INK.red)}
    ${hand(480, 556, 186, INK.cream, INK.clay, INK.umber, INK.navy)}
    ${hand(500, 700, 146, INK.red, INK.brick, INK.sand, INK.night, 660)}`
}
