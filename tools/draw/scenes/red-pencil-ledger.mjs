// A giant red pencil striking one line of an open ledger, seen from above on a teal desk.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(4)
  const rows = (x, seed) => times(12, n => {
    const y = -322 + n * 56
    const long = 150 + ((n * 7 + seed) % 5) * 26
    return `${solid(rect(x, y, 16, 16, 3), n % 3 ? INK.sage : INK.gold)}
      ${line(path(`M${x + 44} ${y + 8}h${long}`), INK.navy, 11)}
      ${line(path(`M${x + 344} ${y + 8}h${40 + random() * 46}`), INK.navy, 11)}
      ${line(path(`M${x + 482} ${y + 8}h${30 + random() * 40}`), INK.teal, 11)}`
  })
  const page = (x, angle) => `
    ${solid(rect(x, -410, 650, 820, 8), INK.white, { shade: INK.sand, angle, from: 0.62, strength: 1 })}
    ${line(path(times(13, n => `M${x + 24} ${-286 + n * 56 - 56}h602`)), INK.sage, 2)}
    ${line(path(`M${x + 350} -390v780M${x + 490} -390v780`), INK.red, 3)}
      ${line(path(`M${x + 24} -362h602`), INK.red, 4)}`

  const ledger = `
    ${solid(rect(-690, -440, 1380, 890, 20), INK.navy, { shade: INK.night, angle: 30, from: 0.3 })}
    ${solid(path('M-690 -440h90l-90 90ZM690 -440h-90l90 90ZM-690 450h90l-90 -90ZM690 450h-90l90 -90Z'), INK.gold)}
    ${solid(rect(-668, -402, 1336, 828, 8), INK.sand)}${solid(rect(-660, -406, 1320, 822, 8), INK.cream)}
    ${page(-652, 0)}${page(2, 180)}${rows(-614, 1)}${rows(44, 3)}
    ${line(path('M0 -412V412'), INK.umber, 4)}
    ${solid(path('M-40 -440h58v300l-29 -36l-29 36Z'), INK.gold, { shade: INK.ochre, from: 0.3 })}`

  // The pencil's tip is its origin, and it leads to the right.
  const pencil = `
    ${solid(polygon('150,-86 600,-86 600,-30 190,-30'), INK.red)}
    ${solid(polygon('150,-34 600,-34 600,40 150,40'), INK.red, { shade: INK.brick, from: 0.1, strength: 0.5 })}
    ${solid(polygon('150,36 600,36 600,86 150,86'), INK.brick)}
    ${line(path('M240 -58H580'), INK.cream, 9)}
    ${solid(polygon('0,0 196,-86 170,-52 206,-30 172,4 206,36 170,58 196,86'), INK.sand, { shade: INK.clay,
      from: 0.35, strength: 1 })}
    ${solid(polygon('0,0 74,-33 66,0 74,33'), INK.brick)}
    ${solid(rect(596, -90, 130, 180, 6), INK.gold, { shade: INK.umber, from: 0.45, strength: 0.9 })}
    ${line(path('M624 -88v176M652 -88v176M698 -88v176'), INK.umber, 6)}
    ${solid(path('M724 -84h70q50 0 50 84t-50 84h-70Z'), INK.cream, { shade: INK.clay, from: 0.4 })}`

  const coin = (x, y) => `${dust(circle(x + 16, y + 20, 74), INK.night, { round: true, strength: 1 })}
    ${solid(circle(x, y, 62), INK.gold, { shade: INK.ochre, angle: 50, from: 0.3 })}
      ${line(circle(x, y, 46), INK.ochre, 6)}
    ${solid(circle(x, y, 18), INK.ochre)}`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 30, from: 0.1, strength: 1 })}
    ${line(path(times(7, n => `M-20 ${90 + n * 160}q400 ${n % 2 ? 26 : -22} 820 4t840 -10`)), INK.pine, 4)}
    ${at(690, 604, solid(rect(-690, -440, 1380, 890, 20), INK.night), { turn: -8 })}
    ${at(650, 560, ledger, { turn: -8 })}
    ${at(650, 560, line(path('M62 104 C120 48 170 108 230 70 S320 96 372 76'), INK.red, 15), { turn: -8 })}
    ${at(1030, 584, solid(polygon('0,0 200,-84 900,-84 900,84 200,84'), INK.night).replace('<', '<g opacity="0.42"><')
      .replace('/>', '/></g>'), { turn: -21, scale: 1.02 })}
    ${at(1030, 584, pencil, { turn: -42, scale: 1.02 })}
    ${coin(1330, 912)}${coin(1460, 838)}${coin(1472, 972)}
  `
}
