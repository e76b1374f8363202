// Four tall books stand in the sand at night beside a field lamp; behind them a lit white tent.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(1949)
  const stars = times(70, () => {
    const [x, y, r] = [random() * 1600, random() * 520, 1.5 + random() * 3]
    return `M${(x - r).toFixed(0)} ${y.toFixed(0)} a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)} 0
      a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(-2 * r).toFixed(1)} 0 z `
  })
  // A book on its end: its back to the left, its cover to the right, the pages on top.
  const book = (x, y, height, colour, dark, trim, turn) => at(x, y, `
    ${solid(polygon(`-58,${-height} 104,${-height - 26} 178,${-height + 8} 16,${-height + 40}`), INK.white,
      { shade: INK.sand, angle: 0, from: 0.2 })}
    ${line(path(`M-40 ${-height + 6} L118 ${-height - 18} M-22 ${-height + 14} L136 ${-height - 10} M-4 ${-height + 24}
      L156 ${-height}`), INK.clay, 3)}
    ${solid(path(`M-66 20 V${-height - 8} q4 -8 14 -4 L22 ${-height + 34} V40 z`), colour, { shade: dark, angle: 180,
      from: 0.2, strength: 1 })}
    ${solid(polygon(`22,${-height + 34} 184,${-height} 184,20 22,40`), colour, { shade: dark, angle: 215, from: 0.55,
      strength: 0.8 })}
    ${solid(path(`M-66 ${-height + 70} L22 ${-height + 116} v26 L-66 ${-height + 96} z M-66 ${-height + 116} L22
      ${-height + 162} v9 L-66 ${-height + 125} z M-66 -120 L22 -84 v26 L-66 -94 z M-66 -148 L22 -112 v9 L-66 -139 z`),
        trim)}
    ${line(polygon(`46,${-height + 62} 160,${-height + 38} 160,-20 46,-4`), trim, 6)}
    ${line(path(`M72 ${-height + 130} L134 ${-height + 118} M72 ${-height + 158} L134 ${-height + 146}`), trim, 9)}
    ${solid(polygon(`103,${-height + 204} 134,${-height + 246} 103,${-height + 300} 72,${-height + 258}`), trim)}
    ${line(path(`M22 ${-height + 38} V34`), dark, 5)}`, { turn })
  const mound = (x, y, w) => solid(path(`M${x - w} ${y + 44} q${w * 0.4} -64 ${w} -50 q${w * 0.5} -30 ${w} 50 q${-w} 34
    ${-w * 2} 0 z`), INK.gold, { shade: INK.umber, angle: 200, from: 0.35, strength: 0.8 })
  const ripple = (x, y, w) => `M${x} ${y} q${w * 0.25} -16 ${w * 0.5} 0 t${w * 0.5} 0 `
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.2, strength: 1 })}
    ${dust(rect(0, 300, 1600, 360), INK.blue, { angle: 90, from: 0, strength: 0.9 })}
    ${solid(path(stars), INK.cream)}
    ${dust(circle(1330, 190, 210), INK.sage, { round: true, from: 0.1, strength: 0.6 })}
    ${solid(circle(1330, 190, 92), INK.cream, { shade: INK.clay, angle: 200, from: 0.4, strength: 0.7 })}
    ${solid(path('M1298 150 a20 20 0 1 0 1 0 z M1364 214 a13 13 0 1 0 1 0 z M1354 142 a9 9 0 1 0 1 0 z'), INK.sand)}
    ${solid(path(`M-10 640 C200 560 420 560 620 630 C860 560 1100 540 1300 600 C1440 560 1540 570 1620 590 V800 H-10
      z`), INK.umber, { shade: INK.night, angle: 200, from: 0.1, strength: 0.9 })}
    ${solid(path('M-10 730 C260 640 500 700 720 690 C980 680 1200 640 1620 700 V1080 H-10 z'), INK.ochre,
      { shade: INK.umber, angle: 200, from: 0.2, strength: 0.9 })}
    ${at(100, 0, `${dust(ellipse(1210, 760, 330, 60), INK.night, { round: true, strength: 0.9 })}
    ${line(path('M1130 380 L880 760 M1130 380 L1500 760'), INK.sand, 4)}
    ${solid(polygon('1130,376 960,748 1250,772'), INK.white, { shade: INK.gold, angle: 110, from: 0.45,
      strength: 0.8 })}
    ${solid(polygon('1130,376 1250,772 1432,726 1278,390'), INK.sand, { shade: INK.umber, angle: 0, from: 0.1,
      strength: 0.9 })}
    ${solid(polygon('1130,376 1278,390 1284,400 1136,394'), INK.white)}
    ${solid(polygon('1124,520 1052,758 1176,767'), INK.gold, { shade: INK.red, angle: 270, from: 0.3, strength: 0.6 })}
    ${solid(polygon('1124,520 1052,758 1024,754'), INK.cream)}
    ${solid(polygon('1124,520 1176,767 1206,769'), INK.cream)}
    ${line(path('M1204 386 L1330 748 M1176 376 L1300 755'), INK.clay, 3)}
    ${solid(path('M1098 766 v-60 q0 -18 16 -18 q16 0 16 18 v62 z'), INK.navy)}
    ${solid(circle(1114, 676, 13), INK.umber)}
    ${line(path('M1130 376 V330'), INK.umber, 8)}
    ${solid(path('M1133 332 q26 -12 44 2 t40 -2 v34 q-22 12 -42 0 t-42 2 z'), INK.white)}`)}
    ${solid(path('M-10 850 C200 790 480 830 800 840 C1100 850 1320 800 1620 840 V1080 H-10 z'), INK.gold,
      { shade: INK.umber, angle: 70, from: 0.35, strength: 0.9 })}
    ${dust(polygon('200,880 880,900 640,1090 -60,1090 -60,930'), INK.night, { angle: 160, from: 0, strength: 1 })}
    ${at(-36, 104, `${book(262, 860, 520, INK.teal, INK.night, INK.gold, -5)}
    ${book(486, 876, 620, INK.red, INK.night, INK.cream, 2)}
    ${book(712, 884, 560, INK.cream, INK.umber, INK.red, -2)}
    ${book(930, 900, 480, INK.sage, INK.pine, INK.navy, 6)}
    ${mound(310, 880, 190)}${mound(540, 898, 200)}${mound(770, 910, 190)}${mound(990, 920, 190)}`, { scale: 0.9 })}
    ${dust(ellipse(1110, 960, 460, 120), INK.cream, { round: true, from: 0, strength: 0.95 })}
    ${dust(circle(1110, 830, 250), INK.cream, { round: true, from: 0.1, strength: 0.75 })}
    ${at(1110, 960, `
      ${line(path('M-62 -206 C-74 -330 74 -330 62 -206'), INK.night, 9)}
      ${solid(path(`M-70 30 q0 -40 20 -40 h100 q20 0 20 40 z M-58 -206 h116 l-18 -34 h-80 z M-22 -240 h44 v-22 h-44
        z`), INK.red, { shade: INK.night, angle: 0, from: 0.4, strength: 0.8 })}
      ${solid(path('M-50 -10 q-26 -98 0 -196 h100 q26 98 0 196 z'), INK.white, { shade: INK.gold, round: true,
        from: 0.3, strength: 0.9 })}
      ${solid(path('M0 -30 q-40 -36 -6 -76 q4 -30 12 -42 q4 30 18 48 q26 40 -24 70 z'), INK.red)}
      ${solid(path('M0 -34 q-20 -18 2 -52 q22 30 -2 52 z'), INK.gold)}
      ${line(path('M-50 -10 q-26 -98 0 -196 M50 -10 q26 -98 0 -196 M-62 -108 H62'), INK.night, 6)}`)}
    ${line(path(ripple(80, 990, 150) + ripple(260, 1030, 200) + ripple(1380, 900, 130) + ripple(1440, 990,
      140) + ripple(960, 1030, 170) + ripple(620, 1010, 140)), INK.umber, 5)}`
}
