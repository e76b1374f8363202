// Portrait of a woman with short curls and a red sweater.
import { INK, circle, path, rect, times } from '../ink.mjs'
import { bust } from '../portrait.mjs'

export const width = 800
export const height = 800

export const draw = ink => {
  const { solid, dust, line } = ink
  const curls = list => list.map(([x, y, r]) => solid(circle(x, y, r), INK.night)).join('')
  const locks = list => line(path(list.map(([x, y, r]) => `M${x - r} ${y}A${r} ${r} 0 0 1 ${x + r * 0.5}
    ${y - r * 0.86}`).join('')), INK.blue, 6)
  const ring = [[400, 142, 92], [290, 170, 88], [510, 170, 88], [214, 258, 84], [586, 258, 84], [194, 366, 76],
    [606, 366, 76], [222, 462, 68], [578, 462, 68]]
  const fringe = [[410, 176, 50], [288, 246, 60], [372, 216, 62], [458, 224, 60], [520, 262, 52], [256, 302, 40],
    [546, 310, 36]]
  return bust(ink, {
    ground: [INK.blue, INK.navy],
    ring: [INK.navy, INK.blue],
    skin: [INK.umber, INK.night, INK.night],
    brow: INK.night,
    lips: INK.red,
    coat: [INK.red, INK.brick],
    behind: `${curls(ring)}${solid(rect(220, 150, 360, 300, 120), INK.night)}
    ${locks(ring.map(([x, y, r]) => [x, y, r * 0.62]))}`,
    front: dust(path('M252 310C252 214 322 172 400 172V592C330 592 260 522 255 424Z'),
      INK.clay, { angle: 205, from: -0.7, strength: 0.85 }),
    collar: line(path('M312 606Q400 704 488 606'), INK.white, 20),
    over: `${curls(fringe)}${locks(fringe.slice(1).map(([x, y, r]) => [x, y, r * 0.5]))}
      ${times(2, n => `${solid(circle(244 + n * 312, 468, 21), INK.gold)}
      ${solid(circle(239 + n * 312, 462, 6), INK.cream)}`)}`,
  })
}
