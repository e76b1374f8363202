// A red lectern in a spotlight before a hundred desks in rows, sixty of them lit.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

// Rows of desks, nearest first: desks on each side of the aisle, radius across, and size.
const ROWS = [[6, 400, 1], [8, 497, 1], [10, 595, 1], [12, 692, 0.98], [14, 790, 0.96]]
const LIT = 10

export const draw = ({ solid, dust, line, at }) => {
  const [X, Y, FLAT] = [800, 900, 0.64]
  const desk = lit => {
    const [front, side, top] = lit ? [INK.cream, INK.ochre, INK.white] : [INK.blue, INK.night, INK.teal]
    return `${solid(ellipse(6, 6, 40, 9), INK.night)}
      ${solid(path('M-30 -22H30L26 4H-26Z'), front)}${solid(path('M10 -22H30L26 4H8Z'), side)}
      ${solid(path('M-36 -32H36L30 -20H-30Z'), top)}
      ${lit ? solid(path('M-12 -40H12L10 -30H-14Z'), INK.gold) : ''}`
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
  const microphone = (x, y, turn) => at(x, y, `
    ${solid(rect(-17, -66, 34, 70, 17), INK.sage, { shade: INK.pine, angle: 0, from: 0.2, strength: 1 })}
    ${line(path('M-15 -44H15M-16 -32H16M-16 -20H16'), INK.pine, 4)}
    ${solid(rect(-19, -4, 38, 12, 4), INK.gold)}`, { turn })
  const star = times(10, n => {
    const [a, d] = [(n * 36 - 90) * Math.PI / 180, n % 2 ? 15 : 36]
    return `${(d * Math.cos(a)).toFixed(1)},${(d * Math.sin(a)).toFixed(1)} `
  }).trim()
  const lectern = `
    ${solid(rect(-120, -26, 240, 30, 6), INK.brick, { shade: INK.night, angle: 0, from: 0.4 })}
    ${solid(polygon('-92,-26 92,-26 116,-250 -116,-250'),
      INK.red, { shade: INK.brick, angle: 0, from: 0.35, strength: 1 })}
    ${dust(polygon('20,-26 92,-26 116,-250 24,-250'), INK.night, { angle: 0, from: 0.1, strength: 0.8 })}
    ${solid(polygon('-118,-246 118,-246 152,-326 -152,-326'),
      INK.gold, { shade: INK.umber, angle: 0, from: 0.4, strength: 0.8 })}
    ${solid(polygon('-152,-326 152,-326 132,-372 -132,-372'), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(rect(-158, -334, 316, 14, 5), INK.cream)}
    ${solid(polygon('-84,-338 -4,-338 -6,-390 -76,-390'), INK.cream)}
    ${solid(polygon('84,-338 4,-338 6,-390 76,-390'), INK.white)}
    ${line(path('M-70 -378H-14M-74 -364H-14M-76 -350H-14M14 -378H70M14 -364H74M14 -350H76'), INK.blue, 4)}
    ${line(path('M0 -340V-452M-92 -340Q-116 -396 -128 -430M92 -340Q116 -396 128 -430'), INK.night, 9)}
    ${microphone(0, -452, 0)}${microphone(-130, -430, -22)}${microphone(130, -430, 22)}
    ${solid(circle(0, -146, 58), INK.gold)}${solid(circle(0, -146, 47), INK.red)}
    ${at(0, -146, solid(polygon(star), INK.gold))}
    ${line(path('M-100 -234H100'), INK.brick, 6)}`
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
    ${at(X, 992, lectern, { scale: 1.04 })}
  `
}
