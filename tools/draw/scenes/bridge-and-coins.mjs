// A small town's bridge over a river; its pillars are tall stacks of coins.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(5)
  const stack = x => {
    const coins = times(11, n => {
      const cx = x + Math.round((random() - 0.5) * 14)
      const y = 590 + n * 27
      return `M${cx - 86} ${y} v16 a86 15 0 0 0 172 0 v-16 a86 15 0 0 0 -172 0 Z `
    })
    return `${solid(path(coins), INK.gold, { shade: INK.umber, angle: 0, from: 0.35, strength: 0.9 })}
      ${line(path(times(11, n => `M${x - 84} ${606 + n * 27} a86 15 0 0 0 168 0 `)), INK.umber, 4)}
      ${line(path(times(55, n => `M${x - 64 + (n % 5) * 32} ${600 + Math.floor(n / 5) * 27 + [7, 11, 13, 11,
        7][n % 5]} v9 `)), INK.sand, 4)}
      ${solid(ellipse(x, 898, 118, 16), INK.mist)}${times(4,
        n => line(path(`M${x - 90 + n * 14} ${924 + n * 30} h${170 - n * 34}`), INK.gold, 9))}`
  }
  const house = (x, y, w, h, wall, roof, dark) => `
    ${solid(rect(x, y - h, w, h), wall, { shade: dark, angle: 0, from: 0.4 })}
    ${solid(polygon(`${x - 12},${y - h} ${x + w / 2},${y - h - w * 0.5} ${x + w + 12},${y - h}`), roof)}
    ${solid(rect(x + w * 0.7, y - h - w * 0.42, 18, 44), roof)}
    ${times(4, n => `${solid(rect(x + w * (n % 2 ? 0.58 : 0.18), y - h + 26 + Math.floor(n / 2) * 62, w * 0.24,
      38), n === 1 ? INK.gold : INK.navy)}
      ${line(path(`M${x + w * (n % 2 ? 0.7 : 0.3)} ${y - h + 26 + Math.floor(n / 2) * 62} v38`), INK.cream, 3)}`)}`
  const lamp = x => `${line(path(`M${x} 486 V398`), INK.night, 7)}${solid(circle(x, 388, 13), INK.white)}
    ${line(path(`M${x - 14} 404 h28`), INK.night, 5)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.cream, { shade: INK.sand, angle: 270, from: 0.3, strength: 0.9 })}
    ${solid(circle(1010, 300, 190), INK.red, { shade: INK.gold, angle: 90, from: 0.25, strength: 0.9 })}
    ${times(4, n => solid(rect([180, 700, 1080, 420][n], [130, 220, 300, 250][n], [300, 260, 300, 140][n], 15, 7),
      n === 2 ? INK.cream : INK.mist))}
    ${line(path('M560 150 q16 -18 30 0 q14 -18 30 0 M650 190 q12 -14 24 0 q12 -14 24 0 M1320 150 q14 -16 28 0 q14 ' +
      '-16 28 0'), INK.navy, 5)}
    ${solid(path('M0 470 C200 330 420 360 600 440 C760 350 1000 390 1120 440 C1280 330 1480 340 1600 420 V700 H0 ' +
      'Z'), INK.sage,
      { shade: INK.teal, angle: 90, from: 0.1 })}
    ${house(30, 600, 130, 170, INK.white, INK.red, INK.sand)}
      ${house(180, 600, 104, 230, INK.clay, INK.navy, INK.umber)}
    ${solid(rect(306, 290, 74, 320), INK.cream, { shade: INK.clay, angle: 0, from: 0.4 })}
      ${solid(polygon('298,290 343,190 388,290'), INK.teal)}
    ${solid(circle(343, 340, 26), INK.white)}${line(circle(343, 340, 26), INK.navy, 5)}
      ${line(path('M343 340 v-16 M343 340 h12'), INK.navy, 4)}
    ${line(path('M343 190 v-26'), INK.navy, 5)}${solid(path('M343 164 h30 l-8 9 l8 9 h-30 Z'), INK.red)}
    ${house(1210, 600, 112, 180, INK.gold, INK.brick, INK.ochre)}
      ${house(1340, 600, 128, 240, INK.white, INK.teal, INK.sand)}
    ${house(1480, 600, 120, 160, INK.red, INK.navy, INK.brick)}
    ${solid(path('M0 640 H1600 V1067 H0 Z'), INK.teal, { shade: INK.pine, from: 0.1, strength: 1 })}
    ${dust(ellipse(1010, 720, 210, 60), INK.gold, { round: true, strength: 0.9 })}
    ${times(56, () => { const y = 676 + random() * 380
      return line(path(`M${random() * 1600} ${y} q${y / 26} -9 ${y / 13} 0`),
        random() > 0.6 ? INK.mist : INK.sage, 4) })}
    ${times(2, s => `<g transform="translate(${s ? 1600 : 0} 0) scale(${s ? -1 : 1} 1)">
      ${solid(path('M-20 640 H196 L214 800 Q120 900 -20 930 Z'), INK.sand, { shade: INK.clay, angle: 40, from: 0.2 })}
      ${line(path('M-20 690 H200 M-20 742 H206 M-20 794 H212 M-20 846 H150 M60 640 v50 M150 640 v50 M20 690 v52 ' +
        'M110 690 v52 M60 742 v52 ' +
      'M160 742 v52 M20 794 v52 M120 794 v52 M60 846 v40'), INK.clay, 5)}</g>`)}
    ${stack(440)}${stack(800)}${stack(1160)}
    ${solid(path('M-10 560 Q800 440 1610 560 V650 H1396 Q1388 596 1330 580 Q1290 572 1246 596 H1074 Q980 520 886 ' +
      '588 H714 Q620 520 526 596 H354 ' +
      'Q310 572 270 580 Q212 596 204 650 H-10 Z'), INK.blue, { shade: INK.navy, from: 0.1, strength: 1 })}
    ${line(path(times(36, n => { const x = 10 + n * 45
      const y = 560 - 60 * (1 - ((x - 800) / 810) ** 2)
      return `M${x} ${y.toFixed(0)} v-36 ` })), INK.navy, 6)}
    ${line(path('M-10 524 Q800 404 1610 524'), INK.navy, 8)}${line(path('M-10 566 Q800 446 1610 566'), INK.cream, 8)}
    ${lamp(440)}${lamp(800)}${lamp(1160)}
    ${at(620, 500, `${solid(path('M-86 -14 C-90 -50 -70 -56 -52 -58 L-30 -96 H36 L60 -58 C88 -54 92 -40 90 -14 ' +
      'Z'), INK.red, { shade: INK.brick, from: 0.4 })}
      ${solid(path('M-36 -60 L-20 -86 H0 V-60 Z M8 -86 H30 L46 -60 H8 Z'), INK.mist)}
        ${times(2, n => `${solid(circle(-48 + n * 100, -12, 19), INK.night)}
      ${solid(circle(-48 + n * 100, -12, 8), INK.cream)}`)}`, { turn: -3, scale: 0.95 })}
    ${at(975, 496, `${line(circle(-36, -24, 25), INK.night, 6)}${line(circle(40, -24, 25), INK.night, 6)}
      ${line(path('M-36 -24 L-8 -66 L28 -62 L40 -24 M-8 -66 L2 -24 L28 -62'), INK.red, 6)}
      ${line(path('M-14 -72 L4 -46 L0 -18'), INK.night, 12)}${line(path('M-16 -76 L8 -122'), INK.teal, 26)}
        ${line(path('M8 -112 L34 -74'), INK.teal, 11)}
      ${solid(circle(18, -146, 17), INK.umber)}${solid(path('M-2 -148 a20 20 0 0 1 40 -4 Z'), INK.gold)}`,
        { turn: 2 })}
    ${at(1290, 532, `${solid(path('M-20 0 L-16 -50 H16 L20 0 H6 L0 -30 L-6 0 Z'), INK.night)}
      ${solid(path('M-24 -42 C-24 -94 -14 -100 0 -100 S24 -94 24 -42 Z'), INK.red)}
      ${solid(circle(0, -116, 17), INK.clay)}${solid(path('M-19 -114 a19 19 0 0 1 38 0 Z'), INK.night)}
        ${line(path('M20 -60 L70 -26'), INK.night, 3)}
      ${solid(path('M66 -6 v-26 h44 l8 -14 l14 10 l-8 16 v14 h-6 v-10 h-40 v10 Z'), INK.umber)}`, { turn: 3 })}
    ${at(1000, 968, `${dust(ellipse(0, 10, 130, 16), INK.night, { round: true, strength: 1 })}
      ${solid(path('M-110 -26 H110 L84 16 H-80 Z'), INK.red, { shade: INK.brick, from: 0.3 })}
      ${line(path('M0 -26 V-176'), INK.umber, 7)}${solid(path('M8 -176 C80 -140 90 -80 92 -44 H8 Z'), INK.cream,
        { shade: INK.sand, angle: 0, from: 0.3 })}
      ${solid(path('M-8 -160 C-50 -120 -64 -80 -66 -44 H-8 Z'), INK.white)}`)}
  `
}
