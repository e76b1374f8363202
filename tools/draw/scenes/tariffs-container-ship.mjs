// A container ship from the front, stacked with coloured containers, between harbour cranes.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const COLOURS = [INK.red, INK.navy, INK.teal, INK.cream, INK.brick, INK.sage, INK.blue, INK.gold]
  const ROWS = [6, 8, 10, 10, 10]
  const box = (x, y, colour) => `${solid(rect(x, y, 62, 56), colour)}
    ${line(path(`M${x + 12} ${y + 8}v40M${x + 24} ${y + 8}v40M${x + 38} ${y + 8}v40M${x + 50} ${y + 8}v40`),
      INK.night, 4, 'opacity="0.4"')}${line(rect(x, y, 62, 56), INK.night, 4)}`
  const cargo = ROWS.map((count, row) => times(count, n =>
    box(800 - count * 32 + n * 64, 250 + row * 58, COLOURS[(n * 3 + row * 5 + (n * row) % 4) % 8]))).join('')
  const crane = (side, far) => {
    const [post, beam] = far ? [INK.teal, INK.teal] : [INK.navy, INK.night]
    return at(800, 0, `
      ${solid(path(far ? 'M470 330H496V800H470ZM610 330H636V800H610Z' : 'M566 150H606V850H566ZM764 150H804V850H764Z'),
        post)}
      ${line(path(far ? 'M483 470H623M483 620H623M483 470L623 620M483 620L623 780' : 'M586 400H784M586 620H784' +
        'M586 400L784 620M784 400L586 620M586 620L784 840'), post, far ? 11 : 17)}
      ${solid(rect(far ? 300 : 250, far ? 310 : 122, far ? 520 : 640, far ? 26 : 38), beam)}
      ${line(path(far ? 'M560 200L330 312M560 200L780 312M560 200V312' : 'M680 -40L280 126M680 -40V126M680 -40' +
        'L880 126'), post, far ? 9 : 13)}
      ${line(path(far ? 'M346 336V420M386 336V420' : 'M330 160V300M410 160V300'), post, 5)}
      ${far ? '' : `${solid(rect(318, 152, 104, 26, 4), INK.brick)}${solid(rect(320, 296, 100, 12), INK.navy)}
      ${solid(rect(322, 308, 96, 58), side > 0 ? INK.sage : INK.red)}
        ${line(path('M342 316v42M362 316v42M382 316v42M402 316v42'), INK.night, 4, 'opacity="0.4"')}
        ${line(path(times(10, n => `M${262 + n * 62} 158l31 -34l31 34`)), INK.gold, 4)}
        ${solid(rect(600, 60, 84, 62, 4), INK.red)}
        ${solid(rect(612, 74, 60, 24), INK.mist)}`}`).replace('scale(1)', `scale(${side} 1)`)
  }
  const hull = 'M420 556H1180Q1168 690 1100 800Q1000 900 800 940Q600 900 500 800Q432 690 420 556Z'
  const wave = (y, step, high, shift) => path(times(Math.ceil(1700 / step), n => `M${n * step - shift}
    ${y}q${step * 0.2} ${-high} ${step * 0.4} 0t${step * 0.4} 0`))
  const anchor = `${solid(circle(0, -46, 34), INK.night)}
  ${line(path('M0 -30V40M-30 14Q-26 44 0 44Q26 44 30 14M-16 -14H16'), INK.cream, 10)}`
  return `
    ${solid(rect(0, 0, 1600, 860), INK.gold, { shade: INK.red, angle: 90, from: 0.3, strength: 0.95 })}
    ${line(path('M60 250H250M130 280H330M1290 228H1540M1240 260H1400'), INK.cream, 11)}
    ${solid(circle(800, 420, 388), INK.red, { shade: INK.brick, angle: 90, from: 0.3, strength: 0.9 })}
    ${crane(1, true)}${crane(-1, true)}
    ${solid(path('M0 772H330V792H0ZM1270 772H1600V792H1270Z'), INK.pine)}
    ${solid(rect(0, 786, 1600, 281), INK.blue, { shade: INK.night, angle: 90, from: 0.1, strength: 1 })}
    ${solid(path('M0 756H300V850H0ZM1300 756H1600V850H1300Z'), INK.umber)}
    ${solid(path('M0 748H312V768H0ZM1288 748H1600V768H1288Z'), INK.sand)}
    ${line(path('M40 772V848M110 772V848M180 772V848M250 772V848M1350 772V848M1420 772V848M1490 772V848M1560 772V848'),
      INK.night, 8)}
    ${crane(1, false)}${crane(-1, false)}
    ${solid(polygon('640,190 960,190 980,260 620,260'), INK.cream)}
    ${solid(rect(596, 146, 408, 58, 6), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(path(times(9, n => `M${614 + n * 42} 160h34v26h-34Z`)), INK.navy)}
    ${solid(rect(560, 138, 480, 12), INK.cream)}
    ${line(path('M800 140V56M768 86H832M780 62H820M700 140V110M900 140V110'), INK.navy, 9)}
    ${solid(circle(800, 50, 9), INK.red)}
    ${cargo}
    ${dust(polygon('800,250 992,250 992,308 1056,308 1056,366 1120,366 1120,556 800,556'),
      INK.night, { angle: 0, from: 0.1, strength: 0.85 })}
    ${dust(ellipse(800, 930, 560, 80), INK.night, { round: true, from: 0.3, strength: 1 })}
    ${solid(path(hull), INK.blue, { shade: INK.navy, angle: 180, from: 0.4, strength: 1 })}
    ${within(path(hull), `${solid(polygon('800,540 1200,540 1200,960 800,960'), INK.navy)}
    ${dust(polygon('800,540 1200,540 1200,960 800,960'), INK.night, { angle: 0, from: 0, strength: 1 })}
      ${solid(path('M400 770Q600 830 800 836V960H400Z'), INK.red)}
      ${solid(path('M1200 770Q1000 830 800 836V960H1200Z'), INK.brick)}
      ${line(path('M400 768Q600 828 800 834Q1000 828 1200 768'), INK.cream, 9)}`)}
    ${solid(path('M404 530H1196L1182 566Q1000 600 800 604Q600 600 418 566Z'),
      INK.white, { shade: INK.sand, angle: 0, from: 0.3, strength: 1 })}
    ${line(path('M440 546H1160'), INK.ochre, 5)}${line(path('M800 604V938'), INK.night, 7)}
    ${at(618, 706, anchor)}${at(982, 706, anchor)}
    ${solid(path('M250 968Q330 920 420 936Q500 880 590 916Q660 874 740 912Q800 890 860 912Q940 874 1010 916' +
      'Q1100 880 1180 936Q1270 920 1350 968Q800 1020 250 968Z'),
      INK.white, { shade: INK.sage, angle: 90, from: 0.3, strength: 1 })}
    ${line(wave(1008, 170, 22, 30), INK.sage, 6)}${line(wave(1046, 210, 24, 90), INK.cream, 6)}
    ${line(path('M40 900H210M1380 900H1560M100 930H260M1340 936H1470'), INK.red, 7)}
  `
}
