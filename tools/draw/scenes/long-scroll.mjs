// A scroll full of signatures runs over a marble floor to a clerk's desk between columns.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(218)
  // The floor's perspective: depth 1 in front at y 1067, its vanishing line at y 300.
  const floorY = depth => 300 + 767 / depth
  const tiles = times(11, row => times(44, column => {
    if ((row + column) % 2) return ''
    const [near, far] = [1 + row * 0.36, 1 + (row + 1) * 0.36]
    const x = (c, d) => (800 + (c - 22) * 190 / d).toFixed(1)
    return `M${x(column, near)} ${floorY(near).toFixed(1)} L${x(column + 1, near)} ${floorY(near).toFixed(1)}
      L${x(column + 1, far)} ${floorY(far).toFixed(1)} L${x(column, far)} ${floorY(far).toFixed(1)} z `
  }))
  // The scroll winds over the floor; `side` leads from -1 (its left edge) to 1.
  const spot = (depth, side) => {
    const way = Math.max(0, (floorY(depth) - 517) / 468)
    const middle = 800 - 370 * Math.sin(way * 2 * Math.PI) * way ** 0.8 * (1 - way ** 3)
    return `${(middle + side * 300 / depth).toFixed(1)} ${floorY(depth).toFixed(1)}`
  }
  const edge = side => Array.from({ length: 41 }, (_, n) => spot(1.12 + n * 0.0605, side))
  const scroll = path(`M${edge(-1).join(' L')} L${edge(1).reverse().join(' L')} z`)
  const shadow = path(`M${edge(-0.8).join(' L')} L${edge(1.28).reverse().join(' L')} z`)
  const signature = (depth, from, to) => {
    const turns = 5 + Math.floor(random() * 4)
    return `M${spot(depth, from)} ` + times(turns, n => {
      const u = side => from + (to - from) * side / turns
      const lift = 0.03 + random() * 0.05
      return `Q${spot(depth + (n % 2 ? -lift * 0.4 : lift), u(n + 0.2))} ${spot(depth, u(n + 0.8 + random() * 0.3))} `
    })
  }
  const rows = Array.from({ length: 25 }, (_, n) => 1.2 + n * 0.092)
  const rule = d => `M${spot(d, -0.86)} L${spot(d, -0.1)} M${spot(d, 0.1)} L${spot(d, 0.86)} `
  const column = x => `
    ${solid(rect(x - 44, 84, 88, 352), INK.cream, { shade: INK.teal, angle: 0, from: 0.3, strength: 0.95 })}
    ${line(path(`M${x - 22} 104 V424 M${x} 104 V424 M${x + 22} 104 V424`), INK.sage, 5)}
    ${solid(path(`M${x - 60} 62 h120 v22 h-120 z M${x - 58} 428 h116 v16 h-116 z M${x - 68} 444 h136 v18 h-136 z`),
      INK.sand)}`
  const person = (x, y, coat, skin, hair, scale) => at(x, y, `
    ${dust(polygon('-30,0 30,0 150,40 70,44'), INK.night, { angle: 180, from: 0, strength: 0.9 })}
    ${solid(path('M-30 -60 h26 v60 h-26 z M4 -60 h26 v60 h-26 z'), INK.night)}
    ${solid(path('M-34 -190 q34 -22 68 0 l12 136 h-92 z'), coat, { shade: INK.night, angle: 0, from: 0.4,
      strength: 0.8 })}
    ${line(path('M-34 -176 L-52 -100 M34 -176 L56 -112'), coat, 20)}
    ${solid(circle(0, -226, 28), skin)}${solid(path(hair), INK.night)}`, { scale })
  const short = 'M-30 -222 q-4 -38 30 -38 q34 0 30 38 q-30 -12 -60 0 z'
  const bob = 'M-34 -200 q-12 -64 34 -64 q46 0 34 64 q-34 10 -68 0 z'
  return `
    ${solid(rect(0, 0, 1600, 470), INK.teal, { shade: INK.pine, angle: 270, from: 0.1 })}
    ${solid(path('M590 440 V256 a210 210 0 0 1 420 0 V440 z'), INK.gold, { shade: INK.ochre, angle: 270, from: 0.3 })}
    ${line(path('M590 440 V256 a210 210 0 0 1 420 0 V440'), INK.cream, 16)}
    ${line(path('M660 440 V256 a140 140 0 0 1 280 0 V440 M800 50 V300 M602 200 H998'), INK.ochre, 6)}
    ${solid(rect(0, 0, 1600, 20), INK.sand)}
    ${[70, 290, 510, 1090, 1310, 1530].map(column).join('')}
    ${solid(rect(0, 462, 1600, 605), INK.mist, { shade: INK.sage, angle: 90, from: 0.2 })}
    ${solid(path(tiles), INK.sage, { shade: INK.teal, angle: 80, from: 0.1, strength: 1 })}
    ${dust(rect(0, 462, 1600, 60), INK.night, { angle: 270, from: 0, strength: 0.7 })}
    ${person(382, 620, INK.navy, INK.clay, short, 0.92)}${person(1210, 600, INK.red, INK.umber, bob, 0.88)}
    ${person(1330, 690, INK.gold, INK.sand, short, 1.1)}
    ${dust(shadow, INK.night, { angle: 250, from: 0, strength: 0.9 })}
    ${dust(polygon('600,500 1000,500 1130,560 640,560'), INK.night, { angle: 270, from: 0, strength: 0.9 })}
    ${solid(circle(800, 282, 38), INK.umber)}
    ${solid(path('M760 282 q-6 -48 40 -48 q46 0 40 48 q-10 -22 -40 -22 q-30 0 -40 22 z'), INK.night)}
    ${solid(path('M716 400 q4 -78 84 -78 q80 0 84 78 z'), INK.navy, { shade: INK.night, angle: 0, from: 0.4 })}
    ${solid(polygon('780,322 820,322 800,362'), INK.white)}${line(path('M916 376 L962 344'), INK.red, 8)}
    ${line(path('M652 380 V330'), INK.night, 8)}
    ${solid(path('M606 340 q46 -56 92 0 z'), INK.red, { shade: INK.brick, angle: 0, from: 0.3 })}
    ${solid(rect(560, 380, 480, 30, 5), INK.clay, { shade: INK.umber, angle: 0, from: 0.4 })}
    ${solid(rect(584, 410, 432, 112), INK.umber, { shade: INK.night, angle: 0, from: 0.2 })}
    ${line(path('M608 428 h104 v76 h-104 z M888 428 h104 v76 h-104 z'), INK.clay, 5)}
    ${solid(scroll, INK.white, { shade: INK.sand, angle: 270, from: 0.3, strength: 0.9 })}
    ${solid(rect(713, 376, 172, 150), INK.white, { shade: INK.clay, from: 0.3, strength: 0.7 })}
    ${line(path(`M734 404 h52 m20 0 h58 M734 430 h60 m20 0 h50 M734 456 h48 m28 0 h54 M734 482 h58 m22 0
      h48`), INK.navy, 4)}
    ${line(path(rows.map(rule).join('')), INK.sage, 2.5)}
    ${rows.map((d, n) => line(path(signature(d, -0.82, -0.3 + random() * 0.18) + signature(d, 0.14,
      0.5 + random() * 0.3)), [INK.navy, INK.navy, INK.blue, INK.brick][n % 4], (7 / d).toFixed(1))).join('')}
    ${dust(ellipse(800, 1010, 430, 40), INK.night, { round: true, strength: 1 })}
    ${solid(rect(506, 928, 588, 92, 40), INK.white, { shade: INK.clay, from: 0.25, strength: 1 })}
    ${solid(ellipse(1084, 974, 28, 46), INK.sand)}
    ${line(path('M1084 938 a22 36 0 1 1 -16 36 a16 24 0 1 1 14 24 a9 13 0 1 1 2 -22'), INK.umber, 5)}
    ${line(path('M514 960 h520 M530 992 h500'), INK.sand, 4)}
    ${solid(rect(470, 954, 40, 40, 14), INK.red, { shade: INK.brick, from: 0.2 })}
    ${solid(rect(1108, 954, 40, 40, 14), INK.red, { shade: INK.brick, from: 0.2 })}`
}
