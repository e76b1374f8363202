// Three overlapping heads in profile before a red disc.
import { INK, circle, path, rect } from '../ink.mjs'

export const width = 800
export const height = 800

const HEAD = `M-330 520C-320 420 -250 380 -170 356C-134 344 -128 320 -136 290C-150 244 -196 190 -202 60C-208 -110 -110
  -206
  20 -206
  C140 -206 198 -130 202 -40C203 -6 196 10 204 32C216 66 240 96 242 112C244 126 222 130 210 134C206 146 216 156 214 168
  C212 178 202 180 200 186C206 196 210 206 202 218C194 230 200 246 194 264C186 292 150 296 112 290C84 288
  70 306 74 342C80 372 130 386 190 410C240 432 262 470 266 520Z`

export const draw = ({ solid, dust, line, at }) => {
  const head = (colour, shade, angle) => `${solid(path(HEAD), colour, { shade, angle, from: 0.35, strength: 1 })}`
  const shadow = path(HEAD)
  return `
    ${solid(rect(0, 0, 800, 800), INK.navy, { shade: INK.night, angle: 40, from: 0.3, strength: 1 })}
    ${line(circle(400, 400, 372), INK.blue, 5, 'stroke-dasharray="3 18"')}
    ${solid(circle(400, 384, 326), INK.red, { shade: INK.gold, angle: 290, from: 0.4, strength: 1 })}
    <g transform="translate(236 376) scale(-0.86 0.86)">${head(INK.gold, INK.umber, 120)}</g>
    ${at(566, 376, head(INK.teal, INK.night, 60), { scale: 0.86 })}
    ${at(410, 444, dust(shadow, INK.night, { angle: 90, from: -0.4, strength: 0.9 }), { scale: 0.9 })}
    ${at(392, 440, head(INK.cream, INK.ochre, 60), { scale: 0.88 })}
    ${at(392, 440, line(path('M-60 70Q-96 40 -70 14Q-34 0 -26 40Q-26 76 -52 96Q-66 90 -60 70'), INK.sand, 8),
      { scale: 0.88 })}
  `
}
