// A river runs down three terraces: children above, people at work in the middle, an old couple below.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(3)
  const ground = (y, colour, shade) => solid(path(`M0 ${y} Q400 ${y - 26} 800 ${y} T1600 ${y} V1067 H0 Z`), colour,
    { shade, angle: 90, from: 0, strength: 0.8 })
  const cliff = (y, height) => `${solid(path(`M0 ${y} Q400 ${y - 26} 800 ${y} T1600 ${y} V${y + height} Q1200
    ${y + height + 26} 800 ${
    y + height} T0 ${y + height} Z`), INK.clay, { shade: INK.umber, angle: 90, from: 0.05, strength: 1 })}
    ${times(46, n => line(path(`M${n * 36 + random() * 20} ${y + 14 + random() * 20}
      v${10 + random() * (height - 50)}`), INK.umber, 4))}`
  const fall = (x, y, width, height) => `${solid(path(`M${x} ${y} h${width} q12 ${height / 2} 10 ${height}
    h${-width - 20} q-2 ${
    -height / 2} 10 ${-height} Z`), INK.cream, { shade: INK.sage, angle: 90, from: 0.1 })}
    ${times(Math.round(width / 22), n => line(path(`M${x + 12 + n * 22} ${y + 8 + (n % 3) * 14}
      v${height - 34 - (n % 2) * 20}`), INK.teal, 4))}
    ${times(Math.round(width / 16) + 2, n => solid(circle(x - 14 + n * 18, y + height + (n % 2) * 6,
      14 + (n % 3) * 4), INK.white))}`
  const tree = (x, y, s) => at(x, y, `${dust(ellipse(30, 0, 70, 12), INK.night, { round: true, strength: 0.8 })}
    ${solid(rect(-7, -60, 14, 62), INK.umber)}${solid(ellipse(0, -112, 50, 68), INK.pine)}
    ${solid(path('M0 -180 A50 68 0 0 0 -16 -48 C-50 -90 -40 -150 0 -180 Z'), INK.teal)}`, { scale: s })
  const person = (x, y, s, { coat, skin, hair, legs = INK.night, arm = 'M20 -118 L46 -70', hat = '', more = '',
    turn = 0 }) => at(x, y, `
    ${dust(ellipse(36, 0, 70, 12), INK.night, { round: true, strength: 0.9 })}
    ${at(0, 0, `${solid(path('M-30 0 L-24 -80 H26 L32 0 H10 L2 -50 L-8 0 Z'), legs)}
    ${solid(path('M-34 -66 C-36 -138 -22 -150 0 -150 S38 -138 34 -66 Z'), coat)}
    ${line(path(arm), coat, 19)}${solid(circle(...arm.match(/L(-?\d+) (-?\d+)$/).slice(1).map(Number), 10), skin)}
    ${solid(circle(0, -174, 26), skin)}${solid(path('M-28 -168 C-34 -212 30 -214 28 -182 C8 -178 -8 -186 -14 -160 ' +
      'Z'), hair)}
    ${hat ? `${solid(path('M-50 -188 Q0 -204 50 -188 L26 -196 Q24 -224 0 -224 T-26 -196 Z'), hat)}
      ${line(path('M-48 -188 Q0 -200 48 -188'), hat, 7)}` : ''}`,
    { turn })}${more}`, { scale: s })
  return `
    ${solid(rect(0, 0, 1600, 700), INK.gold, { shade: INK.red, angle: 270, from: 0.35, strength: 0.8 })}
    ${solid(circle(470, 230, 130), INK.cream, { shade: INK.gold, angle: 90, from: 0.3 })}
    ${times(4, n => solid(rect([150, 640, 1180, 1320][n], [150, 110, 90, 200][n], [210, 260, 230, 170][n], 12, 6),
      INK.cream))}
    ${solid(path('M-20 470 L220 250 L420 430 L640 210 L830 400 L1030 130 L1290 410 L1420 280 L1640 470 V560 H-20 ' +
      'Z'), INK.teal,
      { shade: INK.sage, angle: 90, from: 0.2, strength: 0.9 })}
    ${solid(path('M1030 130 L1120 228 L1080 258 L1046 220 L1010 270 L966 216 Z M640 210 L712 282 L660 276 L630 300 ' +
      'L582 264 Z ' +
      'M220 250 L284 308 L226 300 L172 294 Z'), INK.white)}
    ${ground(420, INK.sage, INK.teal)}
    ${solid(path('M1040 236 C1020 300 1090 330 1060 380 C1030 424 840 420 860 470 C874 500 960 500 960 540 H1080 ' +
      'C1080 490 960 480 960 462 ' +
      'C966 436 1110 440 1120 380 C1124 330 1060 300 1052 236 Z'), INK.cream)}
    ${line(path('M1070 372 q-10 36 -90 52 M912 456 q20 30 90 44'), INK.teal, 4)}
    ${tree(300, 470, 0.62)}${tree(380, 486, 0.7)}${tree(1330, 470, 0.66)}${tree(1420, 488, 0.74)}
      ${tree(170, 500, 0.72)}
    ${cliff(530, 92)}${ground(616, INK.sage, INK.teal)}
    ${times(7, n => line(path(`M${1130 + n * 10} ${660 + n * 16} Q1370 ${640 + n * 16} 1620 ${664 + n * 16}`),
      INK.gold, 9))}
    ${times(60, () => solid(ellipse(1160 + random() * 430, 656 + random() * 104, 4, 10), INK.ochre))}
    ${solid(path('M944 620 H1096 C1130 680 560 650 540 720 C530 750 600 760 600 790 H800 C800 740 720 740 740 720 ' +
      'C800 676 1230 730 1104 622 Z'),
      INK.cream)}
    ${fall(946, 524, 136, 100)}
    ${line(path('M1060 664 q-60 24 -190 30 M650 704 q-60 16 -40 44 M860 676 q-100 0 -180 20'), INK.teal, 5)}
    ${tree(90, 690, 0.96)}${tree(200, 716, 1.06)}
    ${cliff(786, 96)}${ground(876, INK.teal, INK.pine)}
    ${solid(path('M590 880 H812 C860 930 700 960 760 1067 H1320 C1180 960 960 940 830 880 Z'), INK.cream,
      { shade: INK.sage, angle: 20, from: 0.2 })}
    ${solid(path('M590 880 H830 C960 950 1180 960 1320 1067 H720 C660 960 620 930 590 880 Z'), INK.cream,
      { shade: INK.sage, angle: 60, from: 0.4 })}
    ${fall(596, 766, 204, 126)}
    ${line(path('M760 930 q110 20 190 60 M800 984 q90 20 150 60 M900 940 q60 20 130 56 M720 970 q30 30 50 60'),
      INK.teal, 6)}
    ${person(690, 486, 0.5, { coat: INK.red, skin: INK.umber, hair: INK.night, arm: 'M16 -124 L60 -186' })}
    ${line(path('M720 393 C770 330 760 300 800 262'), INK.white, 3)}
      ${solid(polygon('800,200 838,246 806,290 772,244'), INK.red)}
    ${line(path('M806 290 q16 18 2 34 t8 30'), INK.red, 4)}
      ${line(path('M800 200 L806 290 M772 244 L838 246'), INK.cream, 3)}
    ${person(590, 500, 0.44, { coat: INK.navy, skin: INK.clay, hair: INK.umber, arm: 'M16 -124 L66 -150' })}
    ${person(1190, 500, 0.46, { coat: INK.cream, skin: INK.sand, hair: INK.brick, arm: 'M-16 -118 L-56 -84',
      legs: INK.navy })}
    ${person(440, 742, 0.82, { coat: INK.red, skin: INK.clay, hair: INK.night, hat: INK.gold,
      arm: 'M18 -120 L84 -96', turn: 4,
      more: `${solid(path('M78 -106 l58 20 l-30 60 l-54 -26 Z'), INK.navy)}
        ${solid(path('M128 -84 q30 20 26 66 l-16 0 q0 -30 -26 -40 Z'), INK.cream)}` })}
    ${person(1230, 742, 0.82, { coat: INK.navy, skin: INK.umber, hair: INK.night, hat: INK.cream,
      arm: 'M-18 -120 L-66 -62', legs: INK.brick, turn: -6,
      more: line(path('M-30 -150 L-110 2 l-26 -12'), INK.umber, 8) })}
    ${person(1420, 760, 0.86, { coat: INK.brick, skin: INK.sand, hair: INK.ochre, arm: 'M-18 -120 L-58 -76',
      legs: INK.navy,
      more: solid(path('M-92 -76 h64 l-8 54 h-48 Z'), INK.gold) })}
    ${dust(ellipse(330, 1010, 250, 26), INK.night, { round: true, strength: 1 })}
    ${person(250, 1000, 1.06, { coat: INK.blue, skin: INK.umber, hair: INK.white, hat: INK.night,
      arm: 'M20 -116 L60 -74',
      more: line(path('M60 -78 V-2 M60 -78 q0 -20 -22 -18'), INK.gold, 8) })}
    ${person(388, 1000, 1.02, { coat: INK.red, skin: INK.clay, hair: INK.mist, arm: 'M20 -116 L64 -92',
      more: `${solid(circle(-24, -186, 17), INK.mist)}${solid(path('M62 -118 h34 l-5 44 h-24 Z'), INK.cream)}
        ${line(path('M96 -108 q16 2 2 22'), INK.cream, 5)}` })}
    ${solid(path('M150 890 h330 v18 h-330 Z M166 850 h300 v16 h-300 Z M170 850 h14 v150 h-14 Z M446 850 h14 v150 ' +
      'h-14 Z M150 940 h330 v20 h-330 Z'), INK.umber)}
    ${times(26, () => { const x = random() * 1600; const y = 930 + random() * 120
      return (x > 560 && x < 1340) || (x > 130 && x < 500) ? '' : line(path(`M${x} ${y} l-6 -20 M${x + 6} ${y} l4
        -24 M${x + 12} ${y} l10 -16`), INK.sage, 4) })}
  `
}
