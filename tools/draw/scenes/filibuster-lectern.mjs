// A speaker at a wooden lectern in a spotlight before a hundred desks in rows, sixty of them lit.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

// Rows of desks, nearest first: desks on each side of the aisle, radius across, and size.
const ROWS = [[6, 400, 1], [8, 497, 1], [10, 595, 1], [12, 692, 0.98], [14, 790, 0.96]]
const LIT = 10

export const draw = ({ solid, dust, line, at }) => {
  const [X, Y, FLAT] = [800, 900, 0.64]
  const desk = lit => {
    const [front, side, top] = lit ? [INK.cream, INK.ochre, INK.white] : [INK.blue, INK.night, INK.teal]
    return `${solid(ellipse(6, 6, 42, 8), INK.night)}
      ${solid(path('M-32 -24H32V5H20V-8H-20V5H-32Z'), front)}${solid(path('M20 -24H32V5H20Z'), side)}
      ${solid(path('M-28 -40H28L36 -24H-36Z'), top)}
      ${lit ? solid(path('M-10 -37H12L15 -28H-12Z'), INK.gold) : ''}`
  }
  // From the left to the aisle, then from the aisle to the right: the first two in each
  // row beyond the aisle are lit as well, which makes sixty.
  const rows = [...ROWS].reverse().map(([half, r, scale]) => {
    // The aisle is equally wide everywhere.
    const span = Math.acos(226 / r) * 180 / Math.PI
    const angle = n => (n < half ? 180 + n * span / (half - 1)
      : 360 - (half * 2 - 1 - n) * span / (half - 1)) * Math.PI / 180
    return times(half * 2, n => {
      const a = angle(n)
      const lit = n < half + LIT / ROWS.length
      return at((X + r * Math.cos(a) * 0.87).toFixed(1), (Y + r * FLAT * Math.sin(a)).toFixed(1), desk(lit), { scale })
    })
  }).join('')
  const terraces = [...ROWS].reverse().map(([, r], n) =>
    solid(ellipse(X, Y, (r + 50) * 0.9, (r + 50) * FLAT), n % 2 ? INK.navy : INK.pine)).join('')
  const speaker = at(-6, -388, `
    ${solid(path('M-104 60V-70Q-100 -128 -36 -136H36Q100 -128 104 -70V60Z'),
      INK.red, { shade: INK.brick, angle: 0, from: 0.4, strength: 1 })}
    ${solid(polygon('-34,-138 34,-138 0,-20'), INK.white)}
    ${solid(path('M-34 -138L-52 -104L-30 -92L-6 10H6L30 -92L52 -104L34 -138L0 -24Z'), INK.brick)}
    ${solid(polygon('-10,-122 10,-122 13,-48 0,-26 -13,-48'), INK.navy)}
    ${solid(rect(-20, -166, 40, 36), INK.umber)}${solid(ellipse(0, -194, 44, 52), INK.clay)}
    ${solid(path('M0 -246A44 52 0 0 1 0 -142Q24 -194 0 -246Z'), INK.umber)}
    ${solid(path('M-52 -176Q-66 -266 0 -268Q66 -266 52 -176Q44 -220 8 -228Q-38 -226 -52 -176Z'), INK.night)}
    ${line(path('M-92 -70Q-112 -10 -84 28M92 -70Q112 -10 84 28'), INK.brick, 40)}
    ${solid(circle(-80, 36, 22), INK.clay)}${solid(circle(80, 36, 22), INK.umber)}`, { scale: 0.88 })
  const lectern = `
    ${speaker}
    ${solid(polygon('-150,-24 150,-24 196,-52 196,-30 150,4 -150,4'), INK.night)}
    ${solid(polygon('-150,-26 150,-26 196,-52 -104,-52'), INK.umber)}${solid(rect(-150, -28, 300, 32), INK.umber)}
    ${solid(polygon('124,-330 166,-358 166,-50 124,-26'), INK.night)}
    ${solid(rect(-124, -330, 248, 304), INK.clay, { shade: INK.umber, angle: 20, from: 0.2, strength: 0.9 })}
    ${line(path('M-110 -318V-40M110 -318V-40'), INK.umber, 4)}
    ${solid(rect(-88, -288, 176, 224), INK.umber)}
    ${solid(rect(-76, -276, 164, 212), INK.clay, { shade: INK.umber, angle: 45, from: 0.1, strength: 0.8 })}
    ${line(path('M-76 -64V-276H88'), INK.sand, 3, 'opacity="0.6"')}
    ${solid(polygon('-146,-346 146,-346 184,-394 -108,-394'), INK.sand, { shade: INK.clay, angle: 0, from: 0.4 })}
    ${solid(polygon('146,-346 184,-394 184,-370 146,-322'), INK.night)}
    ${solid(rect(-146, -346, 292, 24, 3), INK.gold)}
    ${solid(polygon('-72,-352 24,-352 50,-386 -46,-386'), INK.white)}
    ${line(path('M-40 -376H30M-48 -364H22'), INK.blue, 4)}
    ${line(path('M118 -366Q150 -470 84 -492Q58 -498 50 -480'), INK.night, 10)}
    ${solid(rect(100, -374, 36, 14, 5), INK.night)}
    ${at(46, -474, solid(rect(-16, -12, 32, 52, 15), INK.mist, { shade: INK.pine, angle: 0, from: 0.3 })
      + line(path('M-12 6H12M-12 18H12'), INK.pine, 4), { turn: 24 })}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.2, strength: 1 })}
    ${solid(path('M0 300H1600V330H0Z'), INK.night)}
    ${times(8, n => `${solid(rect(44 + n * 208 + (n > 3 ? 12 : 0), 60, 44, 240), INK.blue)}
    ${solid(rect(32 + n * 208 + (n > 3 ? 12 : 0), 48, 68, 18), INK.blue)}`)}
    ${dust(rect(0, 0, 1600, 330), INK.night, { angle: 270, from: -0.2, strength: 1 })}
    ${terraces}
    ${solid(ellipse(X, Y, 312, 348 * FLAT), INK.navy)}
    ${dust(ellipse(X, Y, 756, 538), INK.night, { angle: 10, from: 0.4, strength: 1 })}
    ${rows}
    ${solid(ellipse(X, 948, 330, 104), INK.gold, { shade: INK.ochre, round: true, from: 0.5 })}
    ${dust(polygon(`${X - 46},-20 ${X + 46},-20 ${X + 330},948 ${X - 330},948`),
      INK.gold, { angle: 270, from: -0.7, strength: 0.9 })}
    ${dust(ellipse(X, 900, 500, 300), INK.gold, { round: true, from: 0, strength: 0.3 })}
    ${dust(polygon(`${X - 90},996 ${X + 100},980 ${X + 400},1030 ${X + 240},1067 ${X - 20},1067`),
      INK.night, { angle: 0, from: -0.8, strength: 1 })}
    ${at(X, 1000, lectern, { scale: 0.98 })}
  `
}
