// Two suited hands bring the halves of a puzzle together before a wall calendar with one day ringed.
import { INK, circle, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const mirrored = content => `<g transform="translate(1600 0) scale(-1 1)">${content}</g>`
  const left = 'M410 440 h100 c26 0 22 -22 10 -36 c-32 -36 -6 -92 44 -92 s76 56 44 92 c-12 14 -16 36 10 36 h122 ' +
    'v130 c0 26 22 22 36 10 c36 -32 92 -6 92 44 s-56 76 -92 44 c-14 -12 -36 -16 -36 10 v130 ' +
    'h-122 c-26 0 -22 -22 -10 -36 c32 -36 6 -92 -44 -92 s-76 56 -44 92 c12 14 16 36 -10 36 h-100 z'
  const right = 'M850 440 h122 c26 0 22 22 10 36 c-32 36 -6 92 44 92 s76 -56 44 -92 c-12 -14 -16 -36 10 -36 h110 ' +
    'v368 h-110 c-26 0 -22 22 -10 36 c32 36 6 92 -44 92 s-76 -56 -44 -92 c12 -14 16 -36 -10 -36 h-122 ' +
    'v-130 c0 -26 22 -22 36 -10 c36 32 92 6 92 -44 s-56 -76 -92 -44 c-14 12 -36 16 -36 -10 z'
  const finger = (x, y, length, skin, dark) =>
    `${solid(rect(x, y, length, 54, 27), skin, { shade: dark, from: 0.45, strength: 0.7 })}
    ${solid(rect(x + length - 40, y + 11, 32, 26, 13), INK.cream)}`
  const hand = (skin, dark, coat, deep) => `
    ${solid(path('M-40 420 L196 470 L196 790 L-40 960 Z'), coat, { shade: deep, angle: 80, from: 0.25 })}
    ${times(5, n => line(path(`M-40 ${500 + n * 90} L196 ${520 + n * 58}`), deep, 4))}
    ${solid(path('M196 478 L252 486 V776 L196 784 Z'), INK.white, { shade: INK.sand, from: 0.5 })}
    ${solid(circle(224, 742, 11), INK.gold)}
    ${solid(path('M252 506 C310 484 372 500 404 524 L420 744 C370 776 300 776 252 756 Z'), skin,
      { shade: dark, angle: 100, from: 0.3, strength: 0.8 })}
    ${finger(366, 502, 150, skin, dark)}${finger(362, 560, 178, skin, dark)}
    ${finger(362, 618, 166, skin, dark)}${finger(362, 676, 130, skin, dark)}
    ${line(path('M376 557 H500 M372 615 H512 M372 673 H480'), dark, 5)}
    ${line(path('M330 560 q18 -8 34 0 M326 618 q18 -6 34 0 M326 676 q18 -2 34 2'), dark, 5)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, angle: 60, from: 0.1, strength: 0.95 })}
    ${times(14, n => at(800, 560, solid(path('M0 0 L-70 -1200 L70 -1200 Z'), INK.sand), { turn: n * 360 / 14 }))}
    ${dust(rect(0, 0, 1600, 1067), INK.ochre, { angle: 90, from: 0.15, strength: 0.9 })}
    ${dust(rect(386, 170, 920, 880, 20), INK.umber, { from: 0.2, strength: 0.9 })}
    ${solid(rect(350, 110, 900, 890, 20), INK.cream, { shade: INK.sand, angle: 70, from: 0.3 })}
    ${solid(path('M350 262 V130 Q350 110 370 110 H1230 Q1250 110 1250 130 V262 Z'), INK.red,
      { shade: INK.brick, from: 0.2, strength: 0.8 })}
    ${times(7, n => solid(circle(440 + n * 120, 214, 14), INK.cream))}
    ${times(6, n => `${solid(circle(500 + n * 120, 150, 15), INK.brick)}
      ${line(path(`M${500 + n * 120} 150 C${470 + n * 120} 130 ${480 + n * 120} 74 ${500 + n * 120} 74 
      S${524 + n * 120} 110 ${512 + n * 120} 134`), INK.navy, 11)}`)}
    ${times(35, n => solid(rect(390 + (n % 7) * 120, 292 + Math.floor(n / 7) * 138, 100, 116, 8),
      n % 7 > 4 ? INK.sand : INK.white))}
    ${times(35, n => solid(circle(410 + (n % 7) * 120, 312 + Math.floor(n / 7) * 138, 8), INK.ochre))}
    ${line(path('M738 352 C732 286 862 276 870 346 C876 424 736 430 732 350 C732 328 744 304 766 296'), INK.red, 13)}
    ${times(3, n => line(path(`M${402 + n * 120} 304 l76 92 M${478 + n * 120} 304 l-76 92`), INK.brick, 8))}
    ${at(34, 44, `<g opacity="0.22">${solid(path(left), INK.night)}
      ${solid(path(right), INK.night)}</g>${dust(path(left), INK.night, { from: -0.5, strength: 0.9 })}
      ${dust(path(right), INK.night, { from: -0.5, strength: 0.9 })}`)}
    ${solid(path(left), INK.teal, { shade: INK.pine, angle: 60, from: 0.2, strength: 0.95 })}
    ${solid(path(right), INK.red, { shade: INK.brick, angle: 60, from: 0.2, strength: 0.95 })}
    ${line(path('M424 454 h92 M726 454 h-94 M424 454 v40'), INK.sage, 6)}
    ${line(path('M864 454 h106 M1176 454 h-100 M864 454 v108'), INK.clay, 6)}
    ${hand(INK.umber, INK.night, INK.navy, INK.night)}
    ${mirrored(hand(INK.clay, INK.umber, INK.pine, INK.night))}
  `
}
