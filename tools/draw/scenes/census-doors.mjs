// A row of colourful front doors on a street, a census taker with a clipboard before one of them.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(11)
  const bricks = (x, wide, colour) => line(path(times(70, () =>
    `M${(x + 16 + random() * (wide - 60)).toFixed()} ${(20 + Math.floor(random() * 38) * 22)}h28`)), colour, 7)

  const door = (wall, mortar, [leaf, deep], { fan, pane, open } = {}) => `
    ${solid(rect(-165, 0, 330, 930), wall)}${bricks(-165, 330, mortar)}
    ${solid(rect(-122, -10, 84, 150), INK.night)}${solid(rect(38, -10, 84, 150), INK.night)}
    ${line(path('M-80 0v140M-122 70h84M80 0v140M38 70h84'), INK.cream, 8)}
    ${line(path('M-122 -10v150h84v-150M38 -10v150h84v-150'), INK.cream, 10)}
    ${solid(rect(-136, 138, 112, 20), INK.cream)}${solid(rect(24, 138, 112, 20), INK.cream)}
    ${fan ? `${solid(path('M-128 372A128 128 0 0 1 128 372Z'), INK.cream)}
      ${solid(path('M-96 366A96 96 0 0 1 96 366Z'), open ? INK.gold : INK.navy)}
      ${line(path('M0 366V270M0 366L-70 300M0 366L70 300'), INK.cream, 7)}`
      : `${solid(polygon('-150,330 150,330 128,292 -128,292'), INK.cream)}
      ${solid(rect(-128, 330, 256, 46), INK.cream)}${solid(rect(-94, 338, 188, 30), INK.navy)}`}
    ${solid(rect(-128, 366, 256, 494), INK.cream, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(rect(-100, 384, 200, 476), INK.night)}
    ${open ? `${solid(rect(-100, 384, 200, 476), INK.gold, { shade: INK.white, angle: 90, from: 0.2, strength: 0.9 })}
      ${solid(polygon('-100,384 -22,404 -22,880 -100,860'), leaf, { shade: deep, angle: 180, from: 0 })}
      ${solid(polygon('-84,440 -40,446 -40,596 -84,590'), deep)}
      ${solid(polygon('-84,640 -40,646 -40,816 -84,806'), deep)}
      ${solid(circle(-34, 640, 9), INK.gold)}`
      : `${solid(rect(-100, 384, 200, 476), leaf, { shade: deep, angle: 40, from: 0.35 })}
      ${pane === 'round' ? `${solid(circle(0, 480, 52), INK.cream)}${solid(circle(0, 480, 40), INK.night)}
        ${line(path('M-40 480H40M0 440V520'), INK.cream, 6)}${solid(rect(-70, 570, 140, 240, 4), deep)}`
        : pane === 'tall' ? `${solid(rect(-72, 416, 62, 250, 4), INK.night)}
          ${solid(rect(10, 416, 62, 250, 4), INK.night)}
        ${line(path('M-64 560L-18 480M18 620L64 520'), INK.blue, 8)}${solid(rect(-72, 700, 144, 120, 4), deep)}`
          : path(times(3, n => `M-74 ${414 + n * 140}h62v112h-62ZM12 ${414 + n * 140}h62v112h-62Z`))
            .replace('<path', `<path fill="${deep}"`)}
      ${solid(rect(-30, 676, 60, 14, 5), INK.gold)}${solid(circle(80, 640, 11), INK.gold)}`}
    ${solid(rect(-150, 856, 300, 34), INK.mist)}${solid(rect(-165, 888, 330, 40), INK.sage)}`

  const pot = (x, leaf) => at(x, 930, `
    ${solid(path(times(7, n => `M0 -76Q${-90 + n * 30} ${-130 - (n % 3) * 20} ${-66 + n * 22}
      ${-190 + Math.abs(n - 3) * 18}Q${-20 + n * 8} -130 0 -76Z`)), leaf)}
    ${solid(polygon('-46,-84 46,-84 34,0 -34,0'), INK.clay, { shade: INK.umber, angle: 0, from: 0.3 })}`)

  const taker = at(0, 0, `
    ${solid(polygon('-46,-250 44,-250 40,0 8,0 0,-180 -12,0 -46,0'), INK.night)}
    ${solid(path('M-58 0h54v-20h-34ZM6 0h54q-2 -18 -22 -20h-32Z'), INK.umber)}
    ${solid(path('M-84 -210 L-74 -440 Q-66 -486 0 -486 Q66 -486 74 -440 L86 -210 Q0 -186 -84 -210Z'), INK.navy,
      { shade: INK.night, angle: 0, from: 0.4, strength: 1 })}
    ${line(path('M0 -300V-196'), INK.night, 5)}${line(path('M-58 -462L66 -250'), INK.ochre, 15)}
    ${solid(rect(26, -292, 104, 92, 12), INK.ochre, { shade: INK.umber, from: 0.3 })}
      ${solid(rect(26, -292, 104, 34, 12), INK.umber)}
    ${at(-112, -388, `${solid(rect(-48, -70, 96, 136, 6), INK.umber)}${solid(rect(-38, -54, 76, 112), INK.white)}
      ${line(path('M-26 -32h50M-26 -10h50M-26 12h50M-26 34h34'), INK.blue, 7)}
        ${solid(rect(-20, -80, 40, 22, 5), INK.gold)}`, { turn: -9 })}
    ${line(path('M-58 -440Q-112 -380 -92 -322'), INK.navy, 42)}${solid(circle(-94, -318, 22), INK.umber)}
    ${line(path('M62 -440Q96 -370 84 -300'), INK.night, 40)}${solid(circle(84, -284, 20), INK.umber)}
    ${solid(rect(-22, -520, 44, 44), INK.umber)}${solid(circle(0, -546, 54), INK.umber)}
    ${solid(path('M-56 -540Q-66 -618 0 -618Q66 -618 56 -540Q40 -500 0 -498Q-40 -500 -56 -540Z'), INK.night)}
    ${solid(circle(0, -622, 30), INK.night)}${line(path('M-24 -606Q0 -594 24 -606'), INK.red, 9)}`)

  const houses = [
    [INK.brick, INK.umber, [INK.teal, INK.pine], { pane: 'tall' }],
    [INK.gold, INK.ochre, [INK.navy, INK.night], { fan: true }],
    [INK.clay, INK.sand, [INK.red, INK.brick], { fan: true, open: true }],
    [INK.sage, INK.teal, [INK.gold, INK.umber], { pane: 'round' }],
    [INK.brick, INK.umber, [INK.sage, INK.teal], { fan: true, pane: 'tall' }],
  ]
  return `
    ${houses.map((house, n) => at(160 + n * 320, 0, door(...house))).join('')}
    ${dust(rect(0, 0, 1600, 330), INK.night, { angle: 270, from: 0, strength: 0.75 })}
    ${solid(rect(0, 926, 1600, 141), INK.sand, { shade: INK.clay, from: 0.2, strength: 0.7 })}
    ${line(path(`M0 930H1600M0 1020H1600M140 1020l-40 47M460 930l-60 90M790 1020l-6 47M1120 930l40 90M1440 1020l40
      47`), INK.clay, 5)}
    ${within(rect(0, 0, 1600, 1067), dust(polygon('700,928 900,928 960,1067 640,1067'), INK.gold, { angle: 270,
      from: -0.3, strength: 0.8 }))}
    ${pot(320, INK.teal)}${pot(1280, INK.pine)}
    ${dust(ellipse(930, 1024, 230, 30), INK.night, { round: true, strength: 1 })}
    ${at(884, 1024, taker, { scale: 1.02 })}
  `
}
