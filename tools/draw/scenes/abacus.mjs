// A big abacus seen from above on a red table, a rolled bill beside it.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  // Beads pushed to the left and to the right on each rod, out of ten.
  const rods = [7, 3, 9, 5, 2, 6, 8]
  const colours = [INK.cream, INK.gold, INK.teal, INK.cream, INK.navy, INK.gold, INK.teal]
  const darker = { [INK.cream]: INK.clay, [INK.gold]: INK.umber, [INK.teal]: INK.night, [INK.navy]: INK.night }
  const bead = (x, y) => `M${x - 27} ${y} c0 -56 54 -56 54 0 c0 56 -54 56 -54 0 z `
  const glint = (x, y) => `M${x - 12} ${y - 8} q2 -20 14 -26 `
  const rod = (count, n) => {
    const y = 84 + n * 92
    const beads = Array.from({ length: 10 }, (_, b) => (b < count ? 62 + b * 55 : 938 - (9 - b) * 55))
    return `
      ${line(path(`M4 ${y} H996`), INK.sand, 12)}${line(path(`M4 ${y + 5} H996`), INK.umber, 4)}
      ${solid(path(beads.map(x => bead(x + 12, y + 22)).join('')), INK.brick)}
      ${solid(path(beads.map(x => bead(x, y)).join('')), colours[n], { shade: darker[colours[n]], from: 0.3,
        strength: 1 })}
      ${line(path(beads.map(x => glint(x, y)).join('')), INK.white, 6)}
      ${line(path(beads.map(x => `M${x + 27} ${y - 12} v24`).join('')), darker[colours[n]], 3)}`
  }
  const screw = (x, y) => `${solid(circle(x, y, 15), INK.gold, { shade: INK.umber, angle: 60, from: 0.3 })}
    ${line(path(`M${x - 8} ${y - 6} l16 12`), INK.umber, 4)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.brick, angle: 35, from: 0.2, strength: 0.95 })}
    ${line(path(`M-20 180 C400 120 900 220 1620 130 M-20 470 C300 430 500 470 700 440 M-20 930 C500 880 1100 990 1620
      900 M1240 560 C1400 540 1500 560 1620 540 M-20 1020 C300 1000 700 1050 1000 1030`), INK.brick, 4)}
    ${dust(polygon('0,0 760,0 180,1067 0,1067'), INK.gold, { angle: 190, from: 0.1, strength: 0.5 })}
    ${at(190, 230, `
      ${dust(rect(-10, 0, 1110, 830, 40), INK.night, { angle: 40, from: 0.1, strength: 1 })}
      ${solid(path('M-40 -40 h1080 v790 h-1080 z M10 10 v690 h980 v-690 z'), INK.night, {})}
      ${solid(path(`M-60 -60 h1120 a14 14 0 0 1 14 14 v794 a14 14 0 0 1 -14 14 h-1120 a14 14 0 0 1 -14 -14 v-794 a14 14
        0 0 1 14 -14 z M0 10 v672 h1000 v-672 z`).replace('<path', '<path fill-rule="evenodd"'), INK.umber,
          { shade: INK.night, angle: 60, from: 0.2, strength: 0.9 })}
      ${line(path('M-56 -44 H1054 M-58 -40 V740'), INK.clay, 8)}
      ${line(path('M0 10 h1000 v672 h-1000 z'), INK.night, 6)}
      ${rods.map(rod).join('')}
      ${[[-36, -26], [1036, -26], [-36, 724], [1036, 724]].map(([x, y]) => screw(x, y)).join('')}`, { turn: -7 })}
    ${at(1270, 640, `
      ${dust(rect(-130, -330, 320, 740, 60), INK.night, { angle: 0, from: 0.3, strength: 1 })}
      ${solid(path('M-96 -330 h192 v640 h-192 z'), INK.cream, { shade: INK.clay, angle: 0, from: 0.35, strength: 1 })}
      ${solid(path('M-96 310 q96 70 192 0 v-22 h-192 z'), INK.cream, { shade: INK.clay, angle: 0, from: 0.35,
        strength: 1 })}
      ${solid(ellipse(0, -330, 96, 40), INK.sand)}
      ${line(path('M62 -330 a62 24 0 1 1 -60 -24 a44 17 0 1 1 -32 28 a26 10 0 1 0 42 -8'), INK.umber, 6)}
      ${line(path(`M-70 -240 h70 M-70 -200 h104 M-70 -160 h50 M-70 -120 h96 M-70 120 h96 M-70 160 h60 M-70 200 h100
        M-70 240 h40`), INK.blue, 8)}
      ${solid(path('M-98 -50 q98 60 196 0 v70 q-98 60 -196 0 z'), INK.navy, { shade: INK.night, angle: 0, from: 0.3 })}
      ${solid(path('M-20 40 l-54 150 l40 -14 l22 34 l34 -130 z M14 40 l34 156 l24 -32 l38 16 l-52 -140 z'), INK.navy,
        { shade: INK.night, from: 0.4 })}
      ${solid(circle(0, 22, 62), INK.gold, { shade: INK.ochre, angle: 50, from: 0.3 })}
      ${solid(path(times(16, n => {
        const a = n * Math.PI / 8
        return `M${(66 * Math.cos(a) - 13).toFixed(0)} ${(22 + 66 * Math.sin(a)).toFixed(0)} a13 13 0 1 0 26 0 a13 13 0
          1 0 -26 0 z `
      })), INK.gold)}${line(circle(0, 22, 42), INK.umber, 5)}
      ${solid(path(`M-24 42 h48 v8 h-48 z M-20 38 v-22 h8 v22 z M-4 38 v-22 h8 v22 z M12 38 v-22 h8 v22 z M-26 12 h52
        l-26 -20 z`), INK.umber)}`, { turn: 13 })}`
}
