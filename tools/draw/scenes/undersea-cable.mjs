// A ship lays a cable across the sea; below, in layers of ever darker water, fish, a whale and the sea floor.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(31)
  const layer = (y, wave, colour, shade) => solid(path(`M0 ${y} q100 ${wave} 200 0 ${times(7,
    () => 't200 0 ')} V1067 H0 Z`), colour,
    { shade, angle: 90, from: 0, strength: 0.9 })
  const fish = (x, y, scale, body, stripe, turn = 0) => at(x, y, `
    ${solid(path('M-60 0 C-30 -44 40 -44 70 0 C40 44 -30 44 -60 0 Z M-48 0 L-104 -38 Q-88 0 -104 38 Z M-8 -30 Q16 ' +
      '-64 44 -52 L34 -24 Z'), body)}
    ${solid(path('M-4 -34 Q14 0 -4 34 L-22 30 Q-6 0 -22 -30 Z'), stripe)}${solid(circle(42, -8, 8), INK.white)}
      ${solid(circle(44, -8, 4), INK.night)}
    ${line(path('M20 -10 q8 12 0 24'), stripe, 4)}`, { scale, turn })
  const weed = (x, y, height, colour) => line(path(`M${x} ${y} c-30 -${height / 4} 30 -${height / 3} 0
    -${height / 2} s24 -${height / 4} 2 -${height / 2}
    M${x + 22} ${y} c24 -${height / 5} -20 -${height / 4} 6 -${height / 2.6} s-10 -${height / 6} 4
      -${height / 4}`), colour, 13)
  const coral = (x, y, colour, scale) => at(x, y, line(path('M0 0 V-60 M0 -30 q-36 -6 -36 -46 M0 -44 q34 -8 34 -54 ' +
    'M0 -60 q-18 -20 -12 -52 M-36 -70 ' +
    'q-20 -8 -20 -30 M34 -92 q20 -6 22 -24'), colour, 15), { scale })
  const cable = 'M838 254 C806 256 806 290 802 340 C796 420 788 450 760 520 C700 680 640 720 590 800 C540 880 470 ' +
    '908 380 910 S180 880 90 920 S-20 950 -40 950'
  return `
    ${solid(rect(0, 0, 1600, 420), INK.gold, { shade: INK.red, angle: 270, from: 0.4, strength: 0.8 })}
    ${solid(circle(430, 330, 170), INK.cream, { shade: INK.gold, angle: 90, from: 0.2 })}
    ${times(4, n => solid(rect([90, 560, 60, 1330][n], [110, 80, 220, 150][n], [240, 300, 170, 240][n], 13, 6),
      INK.cream))}
    ${line(path('M640 170 q16 -18 30 0 q14 -18 30 0 M730 210 q12 -14 24 0 q12 -14 24 0 M180 180 q14 -16 28 0 q14 ' +
      '-16 28 0'), INK.navy, 5)}
    ${at(1120, 336, `
      ${solid(path('M-292 -78 L-258 30 H262 L334 -96 L190 -92 L170 -62 H-200 L-212 -78 Z'), INK.navy,
        { shade: INK.night, angle: 60, from: 0.3 })}
      ${solid(path('M-268 0 L-258 30 H262 L280 0 Z'), INK.red)}${line(path('M-276 -34 H296'), INK.cream, 6)}
      ${solid(path('M20 -62 V-150 H170 V-62 Z'), INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}
      ${solid(path('M50 -150 L60 -206 H150 L160 -150 Z'), INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}
      ${solid(path('M62 -192 H148 V-172 H58 Z M40 -128 h22 v20 h-22 z M82 -128 h22 v20 h-22 z M124 -128 h22 v20 ' +
        'h-22 z'), INK.navy)}
      ${solid(path('M86 -206 V-258 H130 V-206 Z'), INK.red)}${solid(rect(86, -244, 44, 14), INK.cream)}
      ${line(path('M180 -92 V-190 M166 -176 H194 M172 -150 H188 M160 -124 H200 M60 -206 V-250'), INK.navy, 7)}
      ${solid(circle(-96, -98, 66), INK.ochre)}${solid(circle(-96, -98, 52), INK.red, { shade: INK.brick,
        angle: 60, from: 0.3 })}
      ${times(3, n => line(circle(-96, -98, 24 + n * 11), INK.brick, 4))}${solid(circle(-96, -98, 16), INK.gold)}
      ${line(path('M-150 -62 L-96 -98 L-42 -62'), INK.umber, 10)}
      ${line(path('M-284 -56 L-236 -140 L-200 -70 M-236 -140 V-78'), INK.navy, 11)}
        ${line(path('M-96 -158 L-280 -80'), INK.red, 11)}
      ${solid(circle(-284, -56, 24), INK.gold)}${solid(circle(-284, -56, 9), INK.umber)}
      ${times(5, n => solid(circle(-150 + n * 84, -16, 8), INK.cream))}`)}
    ${layer(356, -16, INK.teal, INK.pine)}
    ${times(12, n => line(path(`M${40 + n * 134 + random() * 40} ${376 + random() * 34} q20 -12 40 0 t40 0`),
      INK.sage, 5))}
    ${dust(polygon('250,360 610,360 900,900 0,900'), INK.sage, { angle: 270, from: 0.2, strength: 0.6 })}
    ${layer(560, 22, INK.pine, INK.navy)}
    ${solid(path('M960 640 C1040 560 1240 540 1370 610 C1430 640 1470 640 1520 600 Q1524 570 1560 556 Q1560 590 ' +
      '1548 610 Q1580 616 1600 644 Q1560 650 1530 640 ' +
      'C1480 700 1400 730 1300 740 C1160 752 1010 730 960 640 Z'), INK.blue, { shade: INK.navy, angle: 270,
        from: 0.3 })}
    ${solid(path('M962 648 C1010 730 1160 752 1300 740 C1180 720 1060 700 962 648 Z'), INK.mist)}
      ${solid(circle(1040, 640, 8), INK.white)}
    ${line(path('M1040 700 l40 20 M1080 700 l44 22 M1124 704 l42 20'), INK.sage, 4)}
      ${solid(path('M1150 724 q10 60 70 70 q-4 -50 -20 -70 Z'), INK.navy)}
    ${layer(760, -20, INK.navy, INK.night)}
    ${solid(path('M0 930 C140 860 300 960 460 930 C640 890 760 960 940 940 C1120 910 1300 850 1600 930 V1067 H0 ' +
      'Z'), INK.umber, { shade: INK.night, from: 0, strength: 0.95 })}
    ${solid(path('M0 980 C240 930 500 1010 800 985 S1340 960 1600 1000 V1067 H0 Z'), INK.ochre,
      { shade: INK.umber, from: 0.1, strength: 1 })}
    ${times(44, () => solid(ellipse(random() * 1600, 1006 + random() * 56, 5, 3), INK.sand))}
    ${weed(200, 1010, 190, INK.teal)}${weed(250, 1016, 140, INK.sage)}${weed(1380, 1000, 230, INK.teal)}
      ${weed(1450, 1010, 170, INK.sage)}${weed(1010, 1000, 110, INK.teal)}
    ${coral(1260, 1016, INK.red, 1.2)}${coral(700, 1006, INK.clay, 0.9)}${coral(60, 1030, INK.red, 1.1)}
    ${solid(path('M1080 1010 q20 -70 80 -60 q60 0 70 60 Z M820 1006 q10 -36 44 -34 q40 0 44 34 Z'), INK.blue,
      { shade: INK.night, angle: 40, from: 0.1 })}
    ${line(path(cable), INK.night, 30)}${line(path(cable), INK.red, 21)}
      ${line(path(cable), INK.clay, 4, 'transform="translate(-5 -4)"')}
    ${line(path(cable), INK.cream, 12, 'stroke-dasharray="1 64"')}
    ${line(path(cable), INK.gold, 22, 'stroke-dasharray="1 194"')}
      ${line(path(cable), INK.white, 10, 'stroke-dasharray="1 194"')}
    ${fish(360, 520, 0.8, INK.gold, INK.red)}${fish(230, 570, 0.62, INK.gold, INK.red, 6)}
      ${fish(460, 590, 0.56, INK.gold, INK.red, -5)}${fish(330, 640, 0.5, INK.gold, INK.red)}
    <g transform="translate(1000 480) scale(-1 1)">${fish(0, 0, 0.7, INK.cream, INK.teal)}
      ${fish(-140, 40, 0.56, INK.cream, INK.teal)}${fish(-250, -14, 0.5, INK.cream, INK.teal)}</g>
    ${at(910, 812, `${dust(circle(-108, -60, 80), INK.cream, { round: true, strength: 0.9 })}
      ${solid(path('M-80 10 C-70 -50 20 -64 60 -10 L110 -40 Q98 0 112 40 L58 18 C20 62 -66 56 -84 22 L-40 16 Z'),
        INK.blue)}${solid(circle(-34, -14, 10), INK.white)}
      ${solid(circle(-36, -14, 5), INK.night)}${line(path('M-20 -44 Q-60 -110 -104 -70'), INK.blue, 6)}
        ${solid(circle(-108, -62, 11), INK.white)}
      ${solid(path('M-76 14 l8 14 l8 -16 l8 14 l8 -14 Z'), INK.white)}`)}
    ${times(3, n => at([130, 1320, 640][n], [740, 850, 520][n],
      `${solid(path('M-36 0 C-36 -52 36 -52 36 0 Q24 10 18 0 Q8 10 0 0 Q-8 10 -18 0 Q-26 10 -36 0 Z'), INK.clay)}
      ${line(path('M-22 8 q-8 24 4 44 t0 36 M0 8 q8 24 -2 48 t2 44 M22 8 q8 20 -2 40 t2 30'), INK.clay, 5)}`,
        { scale: [1.1, 1, 0.6][n] }))}
    ${times(26, () => line(circle(560 + random() * 900, 420 + random() * 500, 3 + random() * 6), INK.sage, 3))}
  `
}
