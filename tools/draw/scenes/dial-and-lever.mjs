// A control room: a big brass dial, a figure at a lever, a window on a city at dusk.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(17)
  const around = (x, y, r, degrees) => `${(x + r * Math.sin(degrees * Math.PI / 180)).toFixed(1)}
    ${(y - r * Math.cos(degrees * Math.PI / 180)).toFixed(1)}`
  const ticks = (x, y, from, to, count) => path(times(count, n => {
    const a = -120 + n * 240 / (count - 1)
    return `M${around(x, y, from, a)} L${around(x, y, to, a)} `
  }))
  const sector = (x, y, r, from, to) => path(`M${x} ${y} L${around(x, y, r, from)} A${r} ${r} 0 0 1 ${around(x, y, r,
    to)} z`)
  const dots = (points, r) => points.map(([x, y]) => `M${x - r} ${y} a${r} ${r} 0 1 0 ${2 * r} 0 a${r} ${r} 0 1 0
    ${-2 * r} 0 z`).join(' ')
  const gauge = (x, y, r, needle) => `
    ${solid(circle(x, y, r), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
    ${solid(circle(x, y, r * 0.78), INK.cream)}
    ${line(ticks(x, y, r * 0.54, r * 0.66, 9), INK.navy, 4)}
    ${line(path(`M${x} ${y} L${around(x, y, r * 0.56, needle)}`), INK.red, 6)}
    ${solid(circle(x, y, r * 0.14), INK.navy)}`
  const towers = [[880, 130, 300], [962, 90, 210], [1040, 120, 270], [1130, 100, 150], [1216, 130, 240], [1310, 90,
    180], [1386, 120, 290]]
  const city = towers.map(([x, w, y]) => `M${x} 520 V${y} h${w * 0.7} V520 z `).join('')
  const lights = towers.map(([x, w, y]) => times(Math.floor((500 - y) / 26), row => times(Math.floor(w / 26), n =>
    (random() < 0.5 ? `M${x + 9 + n * 22} ${y + 16 + row * 26} h10 v13 h-10 z ` : '')))).join('')
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.pine, { shade: INK.night, angle: 60, from: 0.25, strength: 0.9 })}
    ${line(path('M0 130 H820 M0 560 H1600 M0 860 H1600 M210 0 V130 M700 0 V130'), INK.night, 6)}
    ${solid(rect(850, 84, 640, 440, 6), INK.red, { shade: INK.gold, from: 0.1, strength: 1.1 })}
    ${solid(circle(1180, 420, 150), INK.cream, { shade: INK.gold, from: 0.4 })}
    ${solid(path(city), INK.navy, { shade: INK.blue, angle: 270, from: 0.4, strength: 0.7 })}
    ${solid(path(lights), INK.gold)}
    ${solid(path('M1146 152 l21 -70 l21 70 z'), INK.navy)}
    ${line(path('M850 84 h640 v440 h-640 z M1064 84 v440 M1278 84 v440'), INK.umber, 20)}
    ${line(path('M850 84 h640 M850 92 v432'), INK.clay, 5)}
    ${solid(rect(826, 520, 690, 30, 6), INK.clay, { shade: INK.umber, angle: 0, from: 0.3 })}
    ${dust(polygon('860,550 1480,550 1240,900 420,900'), INK.gold, { angle: 270, from: 0.3, strength: 0.5 })}
    ${line(path('M60 0 V1067 M130 0 V300 q0 40 40 40 H220'), INK.night, 40)}
    ${line(path('M52 0 V1067 M122 0 V300 q0 46 48 46 H220'), INK.clay, 14)}
    ${solid(path('M26 240 h68 v34 h-68 z M26 640 h68 v34 h-68 z M98 190 h66 v32 h-66 z'), INK.gold,
      { shade: INK.umber, angle: 0, from: 0.3 })}
    ${dust(circle(530, 490, 420), INK.night, { round: true, from: 0.6, strength: 1 })}
    ${solid(circle(500, 450, 366), INK.umber)}
    ${solid(circle(500, 446, 356), INK.gold, { shade: INK.umber, angle: 50, from: 0.25, strength: 0.9 })}
    ${line(path('M220 266 A334 334 0 0 1 560 118'), INK.cream, 9)}
    ${solid(path(dots(Array.from({ length: 16 },
      (_, n) => around(500, 446, 330, n * 22.5 + 11).split(/\s+/).map(Number)), 9)), INK.umber)}
    ${solid(circle(500, 446, 300), INK.cream, { shade: INK.clay, angle: 50, from: 0.4, strength: 0.8 })}
    ${solid(sector(500, 446, 262, -120, -40), INK.sage)}${solid(sector(500, 446, 262, -40, 40), INK.gold)}
    ${solid(sector(500, 446, 262, 40, 120), INK.red)}
    ${solid(circle(500, 446, 196), INK.cream, { shade: INK.clay, angle: 50, from: 0.4, strength: 0.8 })}
    ${line(ticks(500, 446, 206, 280, 13), INK.navy, 9)}${line(ticks(500, 446, 252, 280, 61), INK.navy, 4)}
    ${at(500, 446, `${dust(polygon('-10,60 20,60 30,-220'), INK.umber, { strength: 0.9 })}
    ${solid(polygon('-20,70 20,70 6,-246 -6,-246'), INK.navy, { shade: INK.night, angle: 0, from: 0.5 })}`,
      { turn: 24 })}
    ${solid(circle(500, 446, 40), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
    ${solid(circle(500, 446, 15), INK.navy)}
    ${solid(path('M404 590 h192 v54 h-192 z'), INK.navy)}
    ${line(path('M424 617 h30 M472 617 h30 M520 617 h30 M568 617 h8'), INK.gold, 12)}
    ${solid(polygon('0,880 1600,880 1600,1067 0,1067'), INK.navy, { shade: INK.night, from: 0.1 })}
    ${solid(path('M160 940 L230 820 H1010 L1060 940 z'), INK.teal, { shade: INK.night, angle: 0, from: 0.3 })}
    ${solid(rect(160, 940, 900, 127), INK.pine, { shade: INK.night, angle: 0, from: 0.2 })}
    ${line(path('M230 820 H1010 M160 940 H1060'), INK.sage, 5)}
    ${gauge(300, 874, 46, -50)}${gauge(420, 874, 46, 30)}${gauge(540, 874, 46, 80)}
    ${solid(path(dots([[650, 856], [700, 856], [750, 856], [650, 900], [700, 900], [750, 900]], 15)), INK.gold)}
    ${solid(path(dots([[700, 856], [650, 900]], 15)), INK.red)}
    ${solid(path('M830 850 h110 l12 66 h-118 z'), INK.night)}
    ${line(path('M890 884 L1020 610'), INK.umber, 34)}${line(path('M886 880 L1014 610'), INK.gold, 20)}
    ${solid(circle(1022, 596, 44), INK.red, { shade: INK.brick, angle: 50, from: 0.2, strength: 1 })}
    ${line(path('M998 582 q6 -16 22 -18'), INK.cream, 6)}
    ${solid(path('M852 862 q40 -34 76 0 l8 34 h-90 z'), INK.gold, { shade: INK.umber, angle: 0, from: 0.3 })}
    ${dust(ellipse(1240, 1030, 220, 34), INK.night, { round: true, strength: 1 })}
    ${solid(path('M1186 800 h56 v230 h-62 z M1256 800 h56 l8 230 h-62 z'), INK.night)}
    ${solid(path('M1160 496 q88 -60 176 0 l28 360 q-116 40 -232 0 z'), INK.cream, { shade: INK.clay, angle: 0,
      from: 0.3, strength: 0.95 })}
    ${line(path('M1180 532 L1096 640 L1044 606'), INK.cream, 54)}${line(path('M1206 560 L1106 664'), INK.clay, 4)}
    ${line(path('M1050 604 L1034 592'), INK.umber, 44)}
    ${line(path('M1330 540 L1368 690 L1340 800'), INK.sand, 50)}${solid(circle(1336, 824, 26), INK.umber)}
    ${line(path('M1248 476 V850'), INK.clay, 5)}
    ${solid(rect(1222, 430, 52, 60, 20), INK.umber)}${solid(ellipse(1248, 398, 60, 66), INK.umber)}
    ${solid(path('M1186 420 q-24 -106 62 -106 q86 0 62 106 q-62 24 -124 0 z'), INK.night)}`
}
