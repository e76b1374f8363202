// A corner shop at night, wrapped in scaffolding; its window and its round sign are lit, a customer comes.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(11)
  const wall = (slope, content, x = 760, y = 330) => `<g transform="matrix(1 ${slope} 0 1 ${x} ${y})">${content}</g>`
  const window_ = (x, y, lit) => `${solid(rect(x, y, 66, 96, 4), lit ? INK.gold : INK.night)}
    ${line(path(`M${x + 33} ${y} v96 M${x} ${y + 40} h66`), INK.cream, 5)}${line(rect(x, y, 66, 96, 4), INK.cream, 7)}
    ${solid(rect(x - 10, y + 98, 86, 12), INK.sand)}`
  const awning = (x, width, count) => times(count, n => {
    const w = width / count
    return solid(path(`M${x + n * w} 322 h${w} v62 a${w / 2} ${w / 2} 0 0 1 ${-w} 0 Z`), n % 2 ? INK.cream : INK.teal)
  })
  const tubes = (from, to, count) => {
    const step = (to - from) / count
    return `${times(count + 1, n => line(path(`M${from + n * step} -70 V616`), INK.ochre, 11))}
      ${times(count + 1, n => line(path(`M${from + n * step - 3} -70 V616`), INK.gold, 5))}
      ${line(path(`M${from} 30 H${to} M${from} 206 H${to} M${from} -40 H${to}`), INK.gold, 6)}
      ${times(count, n => line(path(n % 2
        ? `M${from + n * step} 90 l${step} 174 M${from + n * step} 300 l${step} -28`
        : `M${from + n * step} 264 l${step} -174`), INK.ochre, 5))}
      ${times(2, n => `${solid(rect(from - 22, 84 + n * 182, to - from + 44, 20, 3), INK.sand)}
        ${solid(rect(from - 22, 98 + n * 182, to - from + 44, 8), INK.umber)}`)}
      ${times(count + 1, n => solid(rect(from + n * step - 16, 612, 32, 10), INK.ochre))}`
  }
  const tower = (x, y, w, colour) => `${solid(rect(x, y, w, 800 - y), colour, { shade: INK.night, from: 0.2 })}
    ${times(12, n => random() > 0.7 ? solid(rect(x + 24 + (n % 3) * (w - 70) / 2, y + 40 + Math.floor(n / 3) * 74,
      22, 34),
      INK.ochre) : '')}`
  const worker = (x, y) => at(x, y, `${solid(path('M-26 0 L-20 -84 H18 L24 0 H6 L0 -46 L-8 0 Z'), INK.blue)}
    ${solid(path('M-26 -76 C-26 -134 -14 -142 0 -142 S26 -134 24 -76 Z'), INK.red)}
    ${line(path('M16 -128 L52 -158'), INK.red, 15)}${line(path('M52 -158 L62 -184'), INK.sand, 10)}
    ${solid(circle(0, -160, 19), INK.clay)}${solid(path('M-24 -164 a24 24 0 0 1 48 0 Z'), INK.cream)}`)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.2 })}
    ${times(46, () => solid(circle(random() * 1600, random() * 460, 1.5 + random() * 2.5), INK.mist))}
    ${dust(circle(1320, 230, 250), INK.blue, { round: true, strength: 1 })}
    ${solid(circle(1320, 230, 104), INK.cream, { shade: INK.sand, angle: 40, from: 0.3 })}
    ${tower(0, 420, 190, INK.blue)}${tower(180, 330, 200, INK.navy)}${tower(1160, 470, 210, INK.navy)}
    ${tower(1350, 390, 260, INK.blue)}
    ${solid(path('M0 790 H1600 V1067 H0 Z'), INK.blue, { shade: INK.night, from: 0.1 })}
    ${solid(polygon('760,1004 60,850 300,780 1220,780 1460,850'), INK.teal, { shade: INK.pine, from: 0.2 })}
    ${solid(polygon('760,1004 60,850 60,872 760,1028 1460,872 1460,850'), INK.pine)}
    ${times(9, n => line(path(`M${760 - n * 84} ${1000 - n * 18.4} l120 -60 M${760 + n * 84} ${1000 - n * 18.4}
      l-120 -60`),
      INK.pine, 3))}
    ${solid(polygon('760,330 320,233 750,140 1190,235'), INK.umber, { shade: INK.night, angle: 180, from: 0.2 })}
    ${solid(path('M700 120 h90 v84 h-90 z M690 108 h110 v18 h-110 z'), INK.blue)}
    ${wall(0.22, `${solid(rect(-440, 0, 440, 600), INK.red, { shade: INK.brick, angle: 160, from: 0.2 })}
      ${times(26, n => line(path(`M${-420 + Math.floor(random() * 24) * 16} ${20 + n * 12} h26`), INK.brick, 4))}
      ${solid(rect(-440, -6, 440, 34), INK.cream)}${times(11, n => solid(rect(-430 + n * 40, 28, 20, 12), INK.cream))}
      ${window_(-390, 66, true)}${window_(-250, 66, false)}${window_(-110, 66, true)}
      ${window_(-390, 200, false)}${window_(-250, 200, true)}${window_(-110, 200, false)}
      ${solid(rect(-420, 356, 380, 244), INK.navy)}
      ${solid(rect(-402, 372, 344, 190), INK.gold, { shade: INK.cream, angle: 270, from: 0.2, strength: 0.9 })}
      ${solid(path('M-390 500 h320 v8 h-320 Z M-390 440 h130 v7 h-130 Z M-200 440 h130 v7 h-130 Z'), INK.umber)}
      ${times(6, n => solid(path(`M${-380 + n * 54} 500 v-34 q0 -8 10 -12 v-8 h12 v8 q10 4 10 12 v34 Z`),
        n % 2 ? INK.teal : INK.red))}
      ${times(3, n => solid(circle(-368 + n * 36, 426, 14), INK.red))}${solid(rect(-190, 412, 100, 28, 6), INK.teal)}
      ${line(path('M-230 372 V562'), INK.navy, 9)}`)}
    ${wall(-0.22, `${solid(rect(0, 0, 430, 600), INK.brick, { shade: INK.night, angle: 20, from: 0.1 })}
      ${solid(rect(0, -6, 430, 34), INK.sand)}${times(11, n => solid(rect(12 + n * 40, 28, 20, 12), INK.sand))}
      ${window_(50, 66, false)}${window_(184, 66, true)}${window_(316, 66, false)}
      ${window_(50, 200, true)}${window_(184, 200, false)}${window_(316, 200, false)}
      ${solid(rect(50, 366, 140, 234), INK.navy)}${solid(rect(66, 384, 108, 130), INK.gold)}
      ${solid(circle(160, 540, 8), INK.gold)}
      ${solid(rect(230, 372, 176, 210), INK.navy)}${solid(rect(246, 388, 144, 160), INK.gold)}
      ${line(path('M318 388 v160'), INK.navy, 8)}${line(rect(86, 414, 68, 50, 10), INK.red, 8)}
      ${line(path('M100 446 l12 -14 l12 14 l16 -14'), INK.brick, 6)}`)}
    ${wall(0.22, awning(-432, 418, 9))}${wall(-0.22, awning(14, 400, 9))}
    ${dust(polygon('716,922 342,840 236,884 620,972'), INK.gold, { angle: 290, from: 0, strength: 1 })}
    ${dust(polygon('824,920 1160,842 1264,884 920,966'), INK.gold, { angle: 250, from: 0, strength: 1 })}
    ${wall(0.22, tubes(-452, -24, 4), 736, 352)}${wall(-0.22, tubes(24, 452, 4), 772, 352)}
    ${worker(960, 388)}${worker(560, 576)}
    ${dust(circle(760, 620, 150), INK.cream, { round: true, strength: 0.9 })}
    ${line(path('M760 540 V580'), INK.cream, 9)}${solid(circle(760, 628, 56), INK.cream)}
      ${line(circle(760, 628, 52), INK.red, 9)}
    ${solid(path('M734 610 h42 v26 q0 18 -21 18 t-21 -18 z'), INK.red)}
      ${line(path('M778 616 q18 -2 14 14 q-2 8 -16 8'), INK.red, 6)}
    ${line(path('M744 602 q-5 -8 0 -14 M758 602 q-5 -8 0 -14'), INK.red, 5)}
    ${dust(ellipse(1180, 1000, 90, 18), INK.night, { round: true, strength: 1 })}
    ${solid(path('M1142 996 L1150 880 H1206 L1214 996 H1190 L1180 930 L1168 996 Z'), INK.night)}
    ${solid(path('M1134 940 C1132 846 1150 812 1180 812 S1226 846 1224 940 Z'), INK.cream, { shade: INK.sand,
      angle: 0, from: 0.3 })}
    ${solid(circle(1180, 784, 30), INK.umber)}${solid(path('M1146 780 q34 -64 68 0 l18 4 q-52 12 -104 0 Z'),
      INK.teal)}
    ${line(path('M1142 866 L1126 930'), INK.sand, 20)}${solid(path('M1094 934 h50 l-6 62 h-38 Z'), INK.clay)}
  `
}
