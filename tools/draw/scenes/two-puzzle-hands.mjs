// Two suited hands bring two big halves of a puzzle together, with a burst of light behind the joint.
import { INK, circle, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const mirrored = content => `<g transform="translate(1600 0) scale(-1 1)">${content}</g>`
  const left = 'M410 440 h100 c26 0 22 -22 10 -36 c-32 -36 -6 -92 44 -92 s76 56 44 92 c-12 14 -16 36 10 36 h122 ' +
    'v130 c0 26 22 22 36 10 c36 -32 92 -6 92 44 s-56 76 -92 44 c-14 -12 -36 -16 -36 10 v130 ' +
    'h-122 c-26 0 -22 -22 -10 -36 c32 -36 6 -92 -44 -92 s-76 56 -44 92 c12 14 16 36 -10 36 h-100 z'
  const right = 'M850 440 h122 c26 0 22 22 10 36 c-32 36 -6 92 44 92 s76 -56 44 -92 c-12 -14 -16 -36 10 -36 h110 ' +
    'v368 h-110 c-26 0 -22 22 -10 36 c32 36 6 92 -44 92 s-76 -56 -44 -92 c12 -14 16 -36 -10 -36 h-122 ' +
    'v-130 c0 -26 22 -22 36 -10 c36 32 92 6 92 -44 s-56 -76 -92 -44 c-14 12 -36 16 -36 -10 z'
  const big = content => at(-200, -216, content, { scale: 1.25 })
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
  const flipped = content => `<g transform="translate(0 1248) scale(1 -1)">${content}</g>`
  const reach = content => at(-52, -214, content, { scale: 1.16 })
  const ray = (n, wide) => at(800, 560, solid(path(`M0 0 L${-wide} -1200 L${wide} -1200 Z`), INK.cream),
    { turn: n * 22.5 })
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, angle: 90, from: 0.1, strength: 0.95 })}
    ${times(16, n => ray(n, n % 2 ? 60 : 110))}
    ${dust(rect(0, 0, 1600, 1067), INK.ochre, { angle: 90, from: 0.3, strength: 0.95 })}
    ${solid(circle(800, 560, 440), INK.white, { shade: INK.gold, round: true, from: 0.55, strength: 0.9 })}
    ${at(26, 40, big(`${solid(path(left), INK.ochre, { shade: INK.umber, from: 0, strength: 0.9 })}
      ${flipped(solid(path(right), INK.ochre, { shade: INK.umber, angle: 270, from: 0, strength: 0.9 }))}`))}
    ${big(`${solid(path(left), INK.teal, { shade: INK.pine, angle: 180, from: 0.25, strength: 1 })}
      ${flipped(solid(path(right), INK.red, { shade: INK.brick, angle: 0, from: 0.25, strength: 1 }))}
      ${line(path('M636 454 H718 V556'), INK.sage, 7)}${line(path('M424 454 h88'), INK.sage, 7)}
      ${line(path('M864 556 V454 H966 M1080 454 H1178'), INK.clay, 7)}`)}
    ${reach(hand(INK.umber, INK.night, INK.navy, INK.night))}
    ${mirrored(reach(hand(INK.clay, INK.umber, INK.pine, INK.night)))}
  `
}
