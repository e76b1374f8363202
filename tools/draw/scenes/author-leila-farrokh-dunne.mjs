// Portrait of a woman with round glasses and her hair in a bun.
import { INK, circle, path } from '../ink.mjs'
import { bust, glasses } from '../portrait.mjs'

export const width = 800
export const height = 800

export const draw = ink => {
  const { solid, dust, line } = ink
  const hair = 'M238 384C216 190 296 122 400 122C504 122 584 190 562 384C546 330 520 262 400 214' +
    'C280 262 254 330 238 384Z'
  return bust(ink, {
    ground: [INK.red, INK.brick],
    ring: [INK.brick, INK.red],
    skin: [INK.clay, INK.umber, INK.umber],
    brow: INK.night,
    lips: INK.brick,
    coat: [INK.cream, INK.ochre],
    cheeks: INK.red,
    behind: `${solid(circle(400, 98, 78), INK.navy)}
    ${dust(circle(400, 98, 78), INK.blue, { angle: 215, from: 0.3, strength: 1 })}
      ${line(path('M352 96Q396 60 446 90M360 128Q400 98 440 122'), INK.blue, 6)}`,
    collar: `${line(path('M312 606Q400 700 488 606'), INK.sand, 16)}`,
    over: `${solid(path(hair), INK.navy)}${dust(path(hair), INK.night, { angle: 20, from: 0.4, strength: 1 })}
      ${line(path('M400 212C330 226 280 270 256 330M400 170C320 180 270 220 246 290M400 212C470 226 520 270 544 330' +
        'M400 170C480 180 530 220 554 290'), INK.blue, 5)}
      ${line(path('M358 148Q400 134 442 148'), INK.gold, 14)}${glasses(ink, INK.night)}`,
  })
}
