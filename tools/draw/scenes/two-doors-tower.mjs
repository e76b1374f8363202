// A brick tower seen on its corner, with an arched door and a square one, a path from each.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(1907)
  // On a face, `u` leads from the tower's corner (0) outwards (1), `v` is the height at the corner.
  const spot = (side, u, v) => [800 + side * u * 186, 868 - v + u * (v * 0.1 - 14)].map(n => n.toFixed(1)).join(' ')
  const quad = (side, u, v, du, dv) => `M${spot(side, u, v)} L${spot(side, u + du, v)} L${spot(side, u + du, v + dv)}
    L${spot(side, u, v + dv)} z `
  const arch = (side, u, v, du, dv) => `M${spot(side, u, v)} L${spot(side, u, v + dv * 0.7)} Q${spot(side,
    u + du * 0.1, v + dv)} ${spot(side, u + du / 2, v + dv * 1.05)} Q${spot(side, u + du * 0.9, v + dv)} ${spot(side,
      u + du, v + dv * 0.7)} L${spot(side, u + du, v)} z `
  const courses = side => times(32, n => `M${spot(side, 0, n * 20 + 10)} L${spot(side, 1, n * 20 + 10)} `)
  const bricks = (side, share) => times(32, n => times(9, b => (random() < share ? quad(side, (b + (n % 2) / 2) / 9.6,
    n * 20 + 12, 0.09, 16) : '')))
  const tree = (x, y, s) => `${line(path(`M${x} ${y} v${-50 * s}`), INK.umber, 10 * s)}
    ${solid(ellipse(x, y - 110 * s, 52 * s, 78 * s), INK.pine, { shade: INK.night, angle: 20, from: 0.3 })}`
  const walker = (x, y, coat, skin) => at(x, y, `${dust(polygon('-14,0 14,0 90,24 40,28'), INK.night,
    { angle: 180, from: 0, strength: 1 })}
    ${solid(path('M-13 -34 h11 v36 h-11 z M3 -34 h11 v36 h-11 z'), INK.night)}
    ${solid(path('M-17 -96 q17 -12 34 0 l7 68 h-48 z'), coat)}${solid(circle(0, -114, 15), skin)}
    ${solid(path('M-16 -112 q-2 -22 16 -22 q18 0 16 22 q-16 -8 -32 0 z'), INK.night)}`)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.sage, { shade: INK.cream, angle: 90, from: 0.1, strength: 1.1 })}
    ${dust(rect(0, 0, 1600, 420), INK.teal, { angle: 270, from: 0.1, strength: 0.7 })}
    ${solid(circle(800, 420, 360), INK.cream, { shade: INK.gold, angle: 90, from: 0.3, strength: 0.7 })}
    ${solid(path(`M140 240 h230 a26 26 0 0 0 -40 -26 a50 50 0 0 0 -96 -8 a36 36 0 0 0 -64 14 q-28 0 -30 20 z M1230 180
      h250 a28 28 0 0 0 -44 -28 a56 56 0 0 0 -104 -6 a38 38 0 0 0 -66 14 q-32 0 -36 20 z`), INK.white,
        { shade: INK.sage, from: 0.5, strength: 0.6 })}
    ${solid(path(`M-10 740 C160 660 340 700 480 690 C620 660 980 660 1120 690 C1300 650 1440 690 1620 660 V900 H-10
      z`), INK.teal, { shade: INK.pine, from: 0.1, strength: 0.8 })}
    ${solid(path('M-10 800 C300 760 600 770 800 772 C1000 770 1300 750 1620 790 V1080 H-10 z'), INK.pine,
      { shade: INK.night, angle: 90, from: 0.3, strength: 0.8 })}
    ${solid(path(`M634 862 C580 890 430 900 250 960 C160 1004 110 1040 70 1080 H520 C540 1000 620 940 780 884
      z`), INK.sand, { shade: INK.clay, angle: 110, from: 0.3 })}
    ${solid(path(`M966 862 C1020 890 1170 900 1350 960 C1440 1004 1490 1040 1530 1080 H1080 C1060 1000 980 940 820 884
      z`), INK.gold, { shade: INK.umber, angle: 70, from: 0.3 })}
    ${dust(polygon('800,872 986,856 1480,880 1620,950 1100,950'), INK.night, { angle: 180, from: 0, strength: 0.95 })}
    ${tree(300, 800, 1)}${tree(210, 830, 1.2)}${tree(1330, 796, 1)}${tree(1430, 830, 1.25)}${tree(420, 780, 0.7)}
    ${tree(1220, 776, 0.7)}
    ${solid(path(`M${spot(-1, 0, 0)} L${spot(-1, 1, 0)} L${spot(-1, 1, 660)} L${spot(-1, 0, 660)} z`), INK.red,
      { shade: INK.gold, angle: 180, from: 0.3, strength: 0.4 })}
    ${line(path(courses(-1)), INK.brick, 3)}${solid(path(bricks(-1, 0.22)), INK.brick)}
    ${solid(path(bricks(-1, 0.1)), INK.clay)}
    ${solid(path(`M${spot(1, 0, 0)} L${spot(1, 1, 0)} L${spot(1, 1, 660)} L${spot(1, 0, 660)} z`), INK.brick,
      { shade: INK.night, angle: 0, from: 0.1, strength: 0.8 })}
    ${line(path(courses(1)), INK.night, 2)}${solid(path(bricks(1, 0.12)), INK.night)}
    ${solid(path(bricks(1, 0.08)), INK.red)}
    ${solid(path(quad(-1, 0, 350, 1.04, 20) + quad(-1, 0, 634, 1, 26) + quad(-1, 0, 0, 1.04, 22)), INK.cream,
      { shade: INK.sand, angle: 0, from: 0.3 })}
    ${solid(path(quad(1, 0, 350, 1.04, 20) + quad(1, 0, 634, 1, 26) + quad(1, 0, 0, 1.04, 22)), INK.clay,
      { shade: INK.umber, angle: 0, from: 0.2 })}
    ${solid(path([0.14, 0.6].map(u => arch(-1, u - 0.04, 412, 0.34, 150)).join('')), INK.cream)}
    ${solid(path([0.14, 0.6].map(u => arch(-1, u, 420, 0.26, 130)).join('')), INK.navy, { shade: INK.blue, angle: 270,
      from: 0.3 })}
    ${solid(path([0.14, 0.6].map(u => quad(1, u - 0.04, 412, 0.34, 148)).join('')), INK.clay)}
    ${solid(path([0.14, 0.6].map(u => quad(1, u, 420, 0.26, 130)).join('')), INK.gold,
      { shade: INK.ochre, from: 0.3 })}
    ${line(path([0.14, 0.6].map(u => `M${spot(-1, u + 0.13, 420)} L${spot(-1, u + 0.13, 554)} M${spot(-1, u,
      490)} L${spot(-1, u + 0.26, 490)} `).join('')), INK.cream, 5)}
    ${line(path([0.14, 0.6].map(u => `M${spot(1, u + 0.13, 420)} L${spot(1, u + 0.13, 550)} M${spot(1, u,
      485)} L${spot(1, u + 0.26, 485)} `).join('')), INK.umber, 5)}
    ${solid(path(arch(-1, 0.2, 8, 0.6, 300)), INK.cream, { shade: INK.clay, angle: 0, from: 0.4 })}
    ${solid(path(arch(-1, 0.27, 8, 0.46, 262)), INK.teal, { shade: INK.night, angle: 90, from: 0.2, strength: 0.9 })}
    ${line(path(`M${spot(-1, 0.5, 8)} L${spot(-1, 0.5, 278)} M${spot(-1, 0.27, 180)} L${spot(-1, 0.73,
      180)} M${spot(-1, 0.38, 20)} L${spot(-1, 0.38, 166)} M${spot(-1, 0.62, 20)} L${spot(-1, 0.62, 166)}`), INK.sage,
        5)}
    ${solid(path(quad(1, 0.16, 8, 0.68, 290)), INK.clay, { shade: INK.umber, angle: 0, from: 0.3 })}
    ${solid(path(quad(1, 0.23, 8, 0.54, 206)), INK.navy, { shade: INK.night, from: 0.2 })}
    ${solid(path(quad(1, 0.23, 226, 0.54, 54)), INK.gold)}
    ${line(path(quad(1, 0.28, 120, 0.19, 78) + quad(1, 0.53, 120, 0.19, 78) + quad(1, 0.28, 26, 0.19, 78) + quad(1,
      0.53, 26, 0.19, 78) + `M${spot(1, 0.5, 8)} L${spot(1, 0.5, 280)}`), INK.gold, 5)}
    ${solid(circle(716, 760, 6), INK.gold)}${solid(path('M882 752 h8 v22 h-8 z M898 752 h8 v22 h-8 z'), INK.cream)}
    ${solid(polygon('582,292 800,214 800,40'), INK.navy, { shade: INK.blue, angle: 180, from: 0.3, strength: 0.8 })}
    ${solid(polygon('1018,292 800,214 800,40'), INK.night)}
    ${solid(polygon('690,240 746,222 746,180 718,152 690,190'), INK.cream)}
    ${solid(path('M704 230 v-30 l14 -18 l15 14 v24 z'), INK.gold)}
    ${solid(polygon('910,240 854,222 854,180 882,152 910,190'), INK.clay)}
    ${solid(path('M896 230 v-30 l-14 -18 l-15 14 v24 z'), INK.gold)}
    ${line(path('M800 46 V12'), INK.gold, 7)}${solid(circle(800, 30, 11), INK.gold)}
    ${solid(circle(800, 10, 6), INK.gold)}
    ${solid(path(quad(-1, 0.14, -18, 0.72, 24) + quad(-1, 0.1, -34, 0.8, 18)), INK.cream)}
    ${solid(path(quad(1, 0.14, -18, 0.72, 24) + quad(1, 0.1, -34, 0.8, 18)), INK.clay)}
    ${walker(420, 930, INK.gold, INK.umber)}${walker(1170, 920, INK.cream, INK.clay)}
    ${walker(1236, 944, INK.teal, INK.umber)}
    ${solid(path(times(30, () => {
      const x = 600 + random() * 390
      return `M${x.toFixed(0)} ${(985 + random() * 80).toFixed(0)} l-5 -22 l9 12 l6 -20 l5 30 z `
    })), INK.teal)}`
}
