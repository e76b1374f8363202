// What the portraits of the edition share: the ground with its ring, a bust from the front, glasses.
import { INK, circle, ellipse, path, rect } from './ink.mjs'

const FACE = 'M252 310C252 214 322 172 400 172C478 172 548 214 548 310L545 424C540 522 470 592 400 592' +
  'C330 592 260 522 255 424Z'
const HALF = 'M400 172C478 172 548 214 548 310L545 424C540 522 470 592 400 592Z'

/** Two round lenses with bridge and temples. */
export const glasses = ({ line }, colour = INK.navy) => `
  ${line(circle(330, 380, 60), colour, 13)}${line(circle(470, 380, 60), colour, 13)}
  ${line(path('M390 374Q400 364 410 374M270 374L246 362M530 374L554 362'), colour, 13)}`

/**
 * A person seen from the front. `ground` and `ring` are each [colour, its shade]; `skin` is
 * [colour, shade, darkest line]; `brow` and `lips` are colours; `coat` is [colour, shade].
 * `behind`, `front` and `over` are drawn behind the head, on the face and above everything;
 * `collar` lies on the coat. `beard` goes under the mouth.
 */
export function bust({ solid, dust, line, within },
  { ground, ring, skin, brow, lips, coat, behind = '', front = '', over = '', collar = '', beard = '', cheeks }) {
  const [face, shade, dark] = skin
  const eye = x => `${solid(ellipse(x, 380, 14, 18), INK.night)}${solid(circle(x - 5, 373, 5), INK.white)}`
  return `
    ${solid(rect(0, 0, 800, 800), ground[0], { shade: ground[1], angle: 25, from: 0.45, strength: 0.9 })}
    ${solid(circle(400, 384, 302), ring[0], { shade: ring[1], angle: 40, from: 0.3, strength: 0.8 })}
    ${behind}
    ${solid(rect(318, 520, 164, 150, 20), face)}
    ${dust(path('M318 540H482V600Q400 650 318 600Z'), shade, { angle: 270, from: -0.6, strength: 1 })}
    ${dust(rect(400, 540, 82, 120), shade, { angle: 0, from: -0.4, strength: 0.9 })}
    ${solid(path('M62 800C78 690 150 612 312 600Q400 690 488 600C650 612 722 690 738 800Z'), coat[0],
      { shade: coat[1], angle: 25, from: 0.45, strength: 1 })}
    ${collar}
    ${solid(ellipse(248, 398, 30, 44), face)}${solid(ellipse(552, 398, 30, 44), face)}
    ${dust(ellipse(552, 398, 30, 44), shade, { from: -1, strength: 1 })}
    ${line(path('M238 382Q252 392 244 414M562 382Q548 392 556 414'), dark, 5)}
    ${solid(path(FACE), face)}
    ${dust(path(HALF), shade, { angle: 35, from: -0.5, strength: 1 })}
    ${cheeks ? `${dust(circle(300, 456, 44), cheeks, { round: true, from: 0, strength: 0.6 })}
    ${dust(circle(500, 456, 44), cheeks, { round: true, from: 0, strength: 0.6 })}` : ''}
    ${within(path(FACE), front)}
    ${beard}
    ${eye(330)}${eye(470)}
    ${line(path('M294 334Q328 308 364 326M436 326Q472 308 506 334'), brow, 13)}
    ${line(path('M404 372Q408 410 424 442Q424 462 396 460'), dark, 8)}
    ${solid(path('M344 494Q400 514 456 494Q438 546 400 546Q362 546 344 494Z'), lips)}
    ${solid(path('M358 504Q400 518 442 504Q430 528 400 528Q370 528 358 504Z'), INK.white)}
    ${over}`
}
