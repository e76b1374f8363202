// At dawn an observer's tower with a white flag stands on the line between two fields.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(12)
  const birds = `M250 210 q16 -16 28 0 q14 -16 30 0 M330 260 q12 -12 22 0 q10 -12 24 0 M1330 300 q14 -14 26 0 q12 -14
    28 0`
  const furrows = (to, step) => times(14, n => `M${800 + (to - 800) * 0.03 * (n + 0.4)} 700
    Q${800 + (to - 800) * 0.2 * n + step} 820 ${800 + (to - 800) * 0.42 * n} 1080 `)
  const village = (x, colour) => at(x, 690, `
    ${solid(path(`M-96 10 V-34 L-66 -62 L-36 -34 V10 z M-30 10 V-24 L-4 -48 L24 -24 V10 z M34 10 V-30 L62 -58 L92 -30
      V10 z M-2 -40 V-86 L10 -112 L22 -86 V0 z`), colour)}
    ${solid(path('M-74 -30 h14 v16 h-14 z M-12 -20 h12 v14 h-12 z M54 -26 h14 v16 h-14 z'), INK.gold)}`)
  const stake = n => {
    const near = n / 6
    const [x, y, h] = [800 + near * near * 24, 735 + near * near * 320, 20 + near * near * 70]
    return solid(path(`M${x - h * 0.1} ${y} v${-h} h${h * 0.2} v${h} z`), INK.white)
      + solid(path(`M${x - h * 0.1} ${y - h * 0.72} v${h * 0.22} h${h * 0.2} v${-h * 0.22} z`), INK.red)
  }
  const tree = (x, y, s) => `M${x - 3 * s} ${y} v${-16 * s} q${-22 * s} ${-14 * s} ${3 * s} ${-62 * s} q${25 * s}
    ${48 * s} ${3 * s} ${62 * s} v${16 * s} z `
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.gold, angle: 90, from: 0.08, strength: 1.35 })}
    ${dust(rect(0, 0, 1600, 260), INK.brick, { angle: 270, from: 0.1, strength: 0.9 })}
    ${solid(circle(1100, 560, 190), INK.cream, { shade: INK.gold, from: 0.4, strength: 0.8 })}
    ${solid(path(`M1180 190 h300 v14 h-300 z M1260 162 h140 v14 h-140 z M120 300 h220 v12 h-220 z M60 326 h140 v12
      h-140 z`), INK.gold)}
    ${line(path(birds), INK.night, 6)}
    ${solid(path(`M-10 700 C120 560 260 600 380 560 C520 500 640 600 760 640 H900 C1040 560 1180 620 1300 570 C1440 520
      1540 610 1620 590 V760 H-10 z`), INK.brick, { shade: INK.red, angle: 90, from: 0.3, strength: 0.8 })}
    ${solid(path(`M-10 720 C200 640 400 680 560 670 C700 660 760 676 800 676 C900 664 1100 690 1240 660 C1400 640 1500
      680 1620 660 V800 H-10 z`), INK.umber, { shade: INK.night, from: 0.5, strength: 0.6 })}
    ${village(300, INK.night)}${village(1370, INK.night)}
    ${solid(path([[120, 712, 1], [160, 706, 1.3], [470, 694, 1], [520, 692, 0.8], [1150, 700, 0.9], [1210, 702, 1.2],
      [1500, 690, 1.3], [1540, 696, 1]].map(([x, y, s]) => tree(x, y, s)).join('')), INK.night)}
    ${solid(path('M-10 712 C300 690 600 706 800 700 L824 1080 H-10 z'), INK.gold, { shade: INK.umber, angle: 90,
      from: 0.3, strength: 0.95 })}
    ${solid(path('M800 700 C1000 706 1300 690 1610 700 V1080 H824 z'), INK.teal, { shade: INK.night, angle: 90,
      from: 0.2, strength: 0.95 })}
    ${line(path(furrows(20, -30)), INK.ochre, 8)}${line(path(furrows(1580, 30)), INK.pine, 8)}
    ${solid(path('M778 700 h44 L980 1080 H640 z'), INK.sand, { shade: INK.clay, from: 0.3 })}
    ${dust(polygon('700,800 900,800 470,1067 60,1067'), INK.night, { angle: 170, from: 0, strength: 1 })}
    ${times(7, stake)}
    ${line(path('M900 116 V440'), INK.night, 10)}${solid(circle(900, 112, 12), INK.gold)}
    ${solid(path(`M902 130 C980 90 1040 170 1110 140 C1150 122 1180 120 1206 132 L1198 290 C1150 270 1110 310 1060 314
      C1000 318 960 270 902 296 z`), INK.white, { shade: INK.clay, angle: 15, from: 0.25, strength: 0.7 })}
    ${line(path('M986 128 C1000 190 984 250 990 288 M1104 150 C1122 200 1100 260 1106 296'), INK.sand, 6)}
    ${line(path('M724 480 L676 870 M876 480 L924 870 M760 480 L744 830 M840 480 L856 830'), INK.night, 16)}
    ${line(path(`M716 560 L896 660 M884 560 L704 660 M704 660 L912 770 M896 660 L690 770 M690 770 L922 860 M910 770
      L678 860 M716 560 H884 M704 660 H896 M690 770 H910`), INK.navy, 8)}
    ${line(path('M790 480 V850 M818 480 V850'), INK.umber, 6)}
    ${line(path(times(19, n => `M790 ${500 + n * 19} h28 `)), INK.clay, 5)}
    ${solid(path('M650 460 h300 v26 h-300 z'), INK.umber, { shade: INK.night, angle: 180, from: 0.4 })}
    ${solid(rect(690, 300, 220, 162), INK.cream, { shade: INK.clay, angle: 180, from: 0.3, strength: 1 })}
    ${solid(rect(706, 322, 188, 74), INK.navy)}${solid(polygon('820,322 894,322 894,396 860,396'), INK.gold)}
    ${solid(circle(776, 356, 21), INK.umber)}${solid(path('M744 396 q4 -28 32 -28 q28 0 32 28 z'), INK.teal)}
    ${solid(path('M752 350 q0 -26 24 -26 q24 0 24 22 l8 4 z'), INK.sage)}
    ${solid(path('M792 350 h22 v14 h-22 z'), INK.night)}
    ${line(path('M706 322 h188 v74 h-188 z M850 322 v74'), INK.umber, 7)}
    ${line(path('M692 420 H908 M692 440 H908'), INK.sand, 4)}
    ${solid(polygon('660,304 940,304 880,232 720,232'), INK.navy, { shade: INK.night, angle: 180, from: 0.3 })}
    ${line(path('M654 462 V410 H692 M946 462 V410 H910 M672 462 V410 M928 462 V410'), INK.night, 6)}
    ${solid(path(`M650 880 q10 -26 40 -22 q16 -22 44 -8 q30 6 26 30 z M844 880 q-2 -24 28 -28 q26 -18 46 4 q32 -4 36 24
      z`), INK.sand, { shade: INK.umber, angle: 180, from: 0.2 })}
    ${solid(path(times(26, () => {
      const [x, y] = [random() * 560 + (random() > 0.5 ? 20 : 1020), 900 + random() * 140]
      return `M${x.toFixed(0)} ${y.toFixed(0)} l-5 -24 l10 14 l6 -22 l5 32 z `
    })), INK.night)}`
}
