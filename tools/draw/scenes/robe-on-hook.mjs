// A black robe on a hook beside an empty high bench, on which a lamp burns.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  // One half of the robe; the other is its mirror image.
  const half = `
    ${solid(path(`M0 150L-40 -6Q-60 50 -150 76Q-204 100 -226 190L-336 520Q-250 590 -158 566L-118 360L-236 700Q-120 742
      0 738Z`), INK.night)}
    ${solid(path('M-336 520Q-250 590 -158 566Q-186 520 -246 508Q-310 500 -336 520Z'), INK.navy)}
    ${line(path(`M-92 110Q-84 420 -164 712M-50 130Q-46 430 -84 726M-196 190Q-236 360 -282 500M-150 180Q-170 360 -204
      506`), INK.blue, 6)}
    ${line(path('M-150 80L-92 110L-50 128'), INK.blue, 5)}
    ${solid(path('M-36 4Q-62 50 -36 90L0 160Q-8 60 -36 4Z'), INK.blue)}`
  const robe = `
    ${at(46, 40, `<g opacity="0.5">${solid(path(`M0 0L-40 -6Q-60 50 -150 76L-336 520Q-250 590 -158 566L-236 700Q0 760
      236 700L158 566Q250 590 336 520L150 76Q60 50 0 0Z`), INK.umber)}</g>`)}
    ${solid(path('M-34 0Q-20 60 0 150Q20 60 34 0Q0 26 -34 0Z'), INK.umber)}
    ${half}<g transform="scale(-1 1)">${half}</g>
    ${dust(path('M0 150L40 -6Q60 50 150 76Q204 100 226 190L336 520Q250 590 158 566L118 360L236 700Q120 742 0 738Z'),
      INK.blue, { angle: 0, from: 0.3, strength: 0.8 })}
    ${line(path('M0 150V736'), INK.blue, 7)}`
  const hook = at(420, 150, `
    ${solid(rect(-150, -46, 300, 76, 10), INK.umber, { shade: INK.night, angle: 60, from: 0.4, strength: 0.7 })}
    ${times(3, n => `${solid(circle(-100 + n * 100, -12, 20), INK.gold)}
      ${line(path(`M${-100 + n * 100} -8q2 54 24 46`), INK.gold, 12)}
        ${solid(circle(-100 + n * 100, -12, 8), INK.ochre)}`)}`)

  const chair = at(1150, 470, `
    ${solid(path('M-170 80V-250Q-170 -360 0 -372Q170 -360 170 -250V80Z'), INK.umber, { shade: INK.night, angle: 0,
      from: 0.4 })}
    ${solid(path('M-134 80V-236Q-134 -322 0 -332Q134 -322 134 -236V80Z'), INK.navy, { shade: INK.night, angle: 320,
      from: 0.2 })}
    ${times(5, row => times(3 - row % 2, n => solid(circle((n - (2 - row % 2) / 2) * 84, -250 + row * 62, 8),
      INK.gold)))}
    ${solid(circle(0, -372, 26), INK.gold)}${solid(circle(-170, -268, 18), INK.gold)}
      ${solid(circle(170, -268, 18), INK.gold)}`)

  const bench = at(1150, 500, `
    ${solid(rect(-360, 30, 720, 460), INK.umber, { shade: INK.night, angle: 20, from: 0.25, strength: 0.8 })}
    ${times(4, n => `${solid(rect(-326 + n * 166, 84, 142, 330, 4), INK.night)}
      ${solid(rect(-318 + n * 166, 92, 134, 322, 4), n < 2 ? INK.clay : INK.umber, { shade: INK.umber, angle: 50,
        from: 0.1, strength: 0.95 })}
      ${line(path(`M${-296 + n * 166} 116h88v272h-88Z`), n < 2 ? INK.umber : INK.night, 6)}`)}
    ${solid(rect(-400, -10, 800, 44, 6), INK.clay, { shade: INK.umber, angle: 0, from: 0.2 })}
    ${solid(rect(-384, 32, 768, 16), INK.night)}${solid(rect(-386, 452, 772, 44), INK.night)}`)

  const lamp = at(950, 490, `
    ${dust(ellipse(0, -60, 430, 320), INK.gold, { round: true, strength: 0.85 })}
    ${dust(polygon('-96,-160 96,-160 190,0 -190,0'), INK.white, { angle: 270, from: 0, strength: 0.9 })}
    ${solid(rect(-64, -18, 128, 20, 8), INK.gold)}${solid(rect(-8, -190, 16, 180), INK.gold)}
    ${solid(path('M-118 -150Q-110 -232 0 -236Q110 -232 118 -150Z'), INK.teal, { shade: INK.pine, angle: 0,
      from: 0.4 })}
    ${solid(rect(-122, -156, 244, 14, 7), INK.gold)}${solid(circle(0, -242, 12), INK.gold)}
    ${line(path('M62 -142v52'), INK.gold, 4)}${solid(circle(62, -86, 7), INK.gold)}`)

  const gavel = at(1370, 478, `
    ${solid(rect(-70, -6, 140, 20, 6), INK.night)}
    ${at(0, -36, `${line(path('M0 0H150'), INK.clay, 16)}${solid(rect(-40, -48, 76, 96, 10), INK.clay,
      { shade: INK.umber, angle: 0, from: 0.2 })}
      ${solid(path('M-42 -34h80v12h-80ZM-42 22h80v12h-80Z'), INK.gold)}`, { turn: -16 })}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.brick, angle: 150, from: 0.3, strength: 1 })}
    ${line(path(times(13, n => `M${60 + n * 124} 0V700`)), INK.brick, 3)}
    ${solid(rect(0, 700, 1600, 220), INK.brick, { shade: INK.night, angle: 180, from: 0.3, strength: 0.7 })}
    ${solid(rect(0, 690, 1600, 20), INK.umber)}
    ${line(path(times(8, n => `M${24 + n * 204} 742h160v146h-160Z`)), INK.umber, 6)}
    ${solid(rect(0, 920, 1600, 147), INK.navy, { shade: INK.night, from: 0.1 })}
    ${line(path('M0 926H1600'), INK.night, 10)}
    ${within(rect(0, 920, 1600, 147), times(8, n => line(path(`M${-300 + n * 300} 1067L${120 + n * 190} 920`),
      INK.night, 5)))}
    ${dust(circle(950, 380, 620), INK.gold, { round: true, strength: 0.55 })}
    ${hook}${at(420, 172, robe)}
    ${dust(ellipse(440, 962, 290, 26), INK.night, { round: true, strength: 1 })}
    ${chair}${bench}${gavel}${lamp}
    ${dust(ellipse(1180, 1004, 470, 30), INK.night, { round: true, strength: 1 })}
  `
}
