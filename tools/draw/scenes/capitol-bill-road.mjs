// The Capitol before a large red sun; the road that leads up to it is a long sheet of paper.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const bars = (count, x, y, step, wide, high) => path(times(count, n => `M${x + n * step}
    ${y}h${wide}v${high}h${-wide}Z`))
  const wing = (side, shaded) => at(0, 0, `
    ${solid(rect(150, 640, 350, 160), INK.cream, shaded)}${solid(bars(11, 164, 664, 31, 15, 110), INK.navy)}
    ${solid(rect(140, 616, 372, 26), INK.white, shaded)}${solid(rect(150, 774, 362, 26), INK.sand)}
    ${solid(rect(440, 626, 120, 176), INK.white, shaded)}${solid(bars(3, 456, 662, 34, 18, 112), INK.navy)}
    ${solid(polygon('430,628 570,628 500,588'), INK.white, shaded)}
    ${solid(polygon('462,620 538,620 500,598'), INK.navy)}`)
    .replace('translate(0 0) rotate(0) scale(1)', `scale(${side} 1)`)
  const capitol = `
    ${wing(-1, { shade: INK.sand, angle: 180, from: 0.3 })}
    ${wing(1, { shade: INK.navy, angle: 0, from: 0.05, strength: 0.65 })}
    ${solid(rect(-170, 468, 340, 110), INK.cream, { shade: INK.navy, angle: 0, from: 0.4, strength: 0.8 })}
    ${solid(rect(-184, 452, 368, 24, 4), INK.white)}
    ${solid(rect(-140, 336, 280, 120), INK.navy)}
    ${times(10, n => solid(rect(-140 + n * 29, 340, 17, 112), INK.cream))}
    ${solid(rect(-156, 318, 312, 24, 4), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(rect(-124, 270, 248, 50), INK.cream)}
    ${solid(path(times(9, n => `M${-108 + n * 25} 312v-22a8 8 0 0 1 16 0v22Z`)), INK.navy)}
    ${solid(rect(-132, 258, 264, 16, 4), INK.white)}
    ${solid(path('M-120 260C-118 150 -66 84 0 84C66 84 118 150 120 260Z'),
      INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}
    ${line(path('M0 84V258M0 86C-36 110 -46 190 -48 258M0 86C-70 110 -88 190 -90 258M0 86C36 110 46 190 48 258M0 86' +
      'C70 110 88 190 90 258'), INK.ochre, 4)}
    ${dust(path('M10 84C76 84 118 150 120 260V456H20Z'), INK.navy, { angle: 0, from: 0.2, strength: 0.85 })}
    ${solid(rect(-30, 74, 60, 14, 3), INK.cream)}${solid(rect(-22, 32, 44, 44), INK.navy)}
    ${line(path('M-18 34V74M-6 34V74M6 34V74M18 34V74'), INK.cream, 5)}${solid(path('M-26 34Q0 -6 26 34Z'), INK.cream)}
    ${line(path('M0 14V-16'), INK.navy, 7)}
    ${solid(rect(-190, 590, 380, 212), INK.navy)}
    ${times(8, n => `${solid(rect(-184 + n * 49, 594, 26, 204),
      INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}`)}
    ${solid(rect(-26, 660, 52, 140), INK.gold)}${line(path('M0 662V800'), INK.umber, 5)}
    ${solid(polygon('-216,590 216,590 0,504'), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(polygon('-150,576 150,576 0,518'), INK.navy)}${solid(circle(0, 556, 14), INK.gold)}
    ${solid(rect(-216, 586, 432, 18), INK.white)}
    ${dust(polygon('60,504 216,590 196,800 60,800'), INK.navy, { angle: 0, from: 0.1, strength: 0.7 })}
    ${times(5, n => solid(rect(-200 - n * 26, 798 + n * 15, 400 + n * 52, 17), n % 2 ? INK.sand : INK.white))}
    ${dust(polygon('0,798 200,798 306,874 0,874'), INK.navy, { angle: 0, from: 0.1, strength: 0.8 })}`
  const tree = (x, y, r) => `${solid(rect(x - 6, y, 12, r + 20), INK.night)}
  ${solid(circle(x, y, r), INK.navy, { shade: INK.teal, angle: 225, from: 0.45, strength: 0.8 })}`
  const road = 'M716 798H884C960 830 724 850 716 886C720 946 1380 946 1340 1067H210C270 972 560 930 560 876' +
    'C560 836 700 828 716 798Z'
  const walker = (x, y, scale, coat, skin, hat) => at(x, y, `
    ${dust(polygon('-20,0 20,0 -60,74 -110,74'), INK.navy, { angle: 100, from: -0.4, strength: 0.9 })}
    ${solid(path('M-22 -60H-2L-8 0H-24Z M4 -60H24L26 -2H10Z'), INK.night)}
    ${solid(path('M-34 -52L-28 -130Q0 -148 28 -130L34 -52Q0 -42 -34 -52Z'), coat)}
    ${line(path('M-26 -122L-38 -72M26 -122L40 -74'), coat, 15)}
    ${solid(rect(28, -70, 42, 32, 4), INK.umber)}${solid(circle(0, -158, 22), skin)}${hat}`, { scale })
  return `
    ${solid(rect(0, 0, 1600, 830), INK.sage, { shade: INK.mist, angle: 90, from: 0.2, strength: 1 })}
    ${dust(rect(0, 0, 1600, 420), INK.teal, { angle: 270, from: 0, strength: 0.75 })}
    ${solid(circle(1090, 452, 310), INK.red, { shade: INK.brick, angle: 75, from: 0.25, strength: 0.75 })}
    ${line(path('M96 330H420M250 360H520M330 130H500M1310 236H1560M1400 264H1600M1180 120H1330'), INK.white, 14)}
    ${solid(path('M0 716Q400 646 800 686T1600 686V860H0Z'), INK.teal)}
    ${tree(70, 664, 92)}${tree(216, 690, 66)}${tree(1536, 660, 96)}${tree(1388, 692, 62)}
    ${solid(rect(0, 744, 1600, 323), INK.pine, { shade: INK.night, from: 0.2, strength: 0.9 })}
    ${dust(polygon('980,800 1200,744 1600,780 1600,860 1200,850'), INK.night, { angle: 0, from: -0.3, strength: 1 })}
    ${at(800, 101, capitol, { scale: 0.8 })}
    ${at(26, 14, solid(path(road), INK.night))}
    ${solid(path(road), INK.white, { shade: INK.sand, angle: 20, from: 0.35, strength: 0.9 })}
    ${within(path(road), `${line(path('M736 810H850M730 821H800M812 821H862M700 833H806'), INK.blue, 4)}
    ${line(path('M670 846H740'), INK.red, 5)}
      ${line(path('M626 860H702M612 875H690M610 890H660'), INK.blue, 6)}
      ${line(path('M612 907H700M580 926H664M680 926H734'), INK.blue, 7)}
      ${line(path('M540 946H800'), INK.red, 8)}${line(path('M490 967H820M840 967H940'), INK.blue, 9)}
      ${line(path('M440 990H640M670 990H1060'), INK.blue, 10)}${line(path('M390 1015H1090'), INK.blue, 11)}
      ${line(path('M350 1043H700M736 1043H1000'), INK.red, 12)}
      ${dust(rect(1000, 910, 360, 160), INK.ochre, { angle: 10, from: 0.1, strength: 0.7 })}`)}
    ${walker(800, 846, 0.42, INK.navy, INK.umber, solid(path('M-22 -162Q0 -196 22 -162Q0 -150 -22 -162Z'), INK.night))}
    ${walker(640, 962, 0.82, INK.red, INK.clay, solid(path('M-24 -154Q-26 -186 0 -188Q26 -186 24 -154' +
      'Q20 -130 0 -130Q-20 -130 -24 -154Z'), INK.night))}
  `
}
