// Rain on a red umbrella; under it, dry, a small safe and stacks of coins.
import { INK, circle, ellipse, path, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(23)
  const rain = (count, colour, width, length) => line(path(times(count, () => {
    const [x, y, l] = [random() * 1760, random() * 1000 - 60, length * (0.6 + random() * 0.8)]
    const dry = Math.abs(x - 770) < 570 && y > 70
    return dry ? '' : `M${x.toFixed(0)} ${y.toFixed(0)} l${(-l * 0.32).toFixed(0)} ${l.toFixed(0)} `
  })), colour, width)
  const stack = (x, y, count) => `
    ${dust(ellipse(x + 40, y + 8, 110, 20), INK.night, { round: true, strength: 1 })}
    ${solid(path(times(count, n => {
      const cx = x + Math.round((random() - 0.5) * 14)
      const cy = y - n * 26
      return `M${cx - 68} ${cy - 14} v16 a68 20 0 0 0 136 0 v-16 a68 20 0 0 0 -136 0 Z `
    })), INK.gold, { shade: INK.umber, angle: 0, from: 0.3, strength: 0.85 })}
    ${line(path(times(count, n => `M${x - 66} ${y - n * 26 + 4} a68 20 0 0 0 132 0 `)), INK.umber, 4)}
    ${line(path(times(count * 4, n => `M${x - 48 + (n % 4) * 32}
      ${y - Math.floor(n / 4) * 26 + (n % 4 % 3 ? 12 : 6)} v8 `)), INK.sand, 4)}
    ${solid(ellipse(x, y - (count - 1) * 26 - 14, 68, 20), INK.gold)}
      ${line(ellipse(x, y - (count - 1) * 26 - 14, 48, 12), INK.ochre, 5)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.15, strength: 1 })}
    ${times(3, n => solid(path(`M${[-80, 520, 1060][n]} ${[90, 40,
      110][n]} c20 -70 110 -80 140 -30 c40 -90 200 -80 210 10 c60 -40 150 0 140 60
      c-160 24 -360 20 -490 -40 Z`), INK.blue, { shade: INK.navy, from: 0.4 }))}
    ${rain(120, INK.blue, 5, 90)}
    ${dust(ellipse(800, 640, 560, 380), INK.blue, { round: true, from: 0.2, strength: 0.9 })}
    ${solid(rect(0, 860, 1600, 207), INK.blue, { shade: INK.night, from: 0.1, strength: 1 })}
    ${solid(ellipse(800, 930, 520, 78), INK.teal, { shade: INK.pine, angle: 90, from: 0.2 })}
    ${times(9, n => line(ellipse([120, 300, 210, 1380, 1500, 1290, 60, 1440, 420][n], [920, 1010, 890, 930, 1010,
      890, 1040, 880, 1050][n],
      44 - (n % 3) * 10, 11 - (n % 3) * 2), INK.sage, 4))}
    ${times(9, n => line(path(`M${[120, 300, 210, 1380, 1500, 1290, 60, 1440, 420][n]} ${[912, 1002, 882, 922,
      1002, 882, 1032, 872, 1042][n]} 
      l-14 -26 m14 26 l14 -22`), INK.mist, 4))}
    ${line(path('M800 200 V930'), INK.umber, 22)}${line(path('M795 210 V930'), INK.clay, 7)}
    ${solid(ellipse(800, 930, 46, 14), INK.pine)}
    ${dust(ellipse(640, 944, 230, 30), INK.night, { round: true, strength: 1 })}
    ${solid(rect(440, 640, 320, 284, 18), INK.mist, { shade: INK.teal, angle: 30, from: 0.1, strength: 0.95 })}
    ${solid(rect(474, 672, 252, 220, 10), INK.sage, { shade: INK.pine, angle: 30, from: 0.3 })}
      ${line(rect(474, 672, 252, 220, 10), INK.pine, 7)}
    ${solid(circle(612, 782, 66), INK.cream, { shade: INK.sand, angle: 40, from: 0.3 })}
      ${line(circle(612, 782, 66), INK.navy, 8)}
    ${times(12, n => at(612, 782, line(path('M0 -54 V-44'), INK.navy, 5), { turn: n * 30 }))}
    ${times(3, n => at(612, 782, `${line(path('M0 0 V-36'), INK.red, 12)}
      ${solid(circle(0, -36, 10), INK.red)}`, { turn: 20 + n * 120 }))}
    ${solid(circle(612, 782, 15), INK.brick)}${solid(path('M460 706 h20 v46 h-20 z M460 812 h20 v46 h-20 z'),
      INK.navy)}
    ${times(4, n => solid(circle(456 + (n % 2) * 288, 656 + Math.floor(n / 2) * 252, 6), INK.navy))}
    ${solid(path('M470 924 h50 v16 h-50 z M680 924 h50 v16 h-50 z'), INK.night)}
    ${stack(900, 900, 6)}${stack(1160, 906, 5)}${stack(1030, 922, 9)}${stack(940, 962, 3)}${stack(390, 936, 4)}
    ${at(1110, 972, `${solid(ellipse(0, 0, 62, 18), INK.gold)}${line(ellipse(0, 0, 42, 10), INK.ochre, 5)}`)}
    ${solid(path(`M240 520 C250 270 500 130 800 130 S1350 270 1360 520 Q1310 470 1248 472 Q1190 474 1136 524 Q1080
      470 968 470 Q880 474 800 528
      Q720 474 632 470 Q520 470 464 524 Q410 474 352 472 Q290 470 240 520 Z`), INK.red, { shade: INK.brick,
        angle: 20, from: 0.3, strength: 1 })}
    ${solid(path('M800 130 C620 190 480 330 464 524 Q520 470 632 470 Q720 474 800 528 Z'), INK.brick,
      { shade: INK.night, angle: 150, from: 0.5 })}
    ${solid(path('M800 130 C1010 190 1120 330 1136 524 Q1190 474 1248 472 Q1310 470 1360 520 C1350 270 1100 130 ' +
      '800 130 Z'), INK.brick,
      { shade: INK.night, angle: 20, from: 0.3, strength: 0.8 })}
    ${line(path('M800 132 C620 190 480 330 464 522 M800 132 C1010 190 1120 330 1136 522 M800 132 V524'),
      INK.night, 5)}
    ${line(path('M310 380 C370 270 480 200 600 172'), INK.cream, 12)}${line(path('M290 424 l4 -10'), INK.cream, 12)}
    ${solid(path('M786 136 L794 70 H806 L814 136 Z'), INK.gold)}
    ${times(5, n => solid(circle([240, 464, 800, 1136, 1360][n], [524, 528, 532, 528, 524][n], 9), INK.gold))}
    ${times(16, n => line(path(`M${330 + n * 62} ${Math.round(330 - Math.sin(((n + 1.5) / 18) * Math.PI) * 220)}
      m-6 -4
      l${(n - 8) * 2 - 9} -24 m${22 - (n - 8) * 2} 24 l${(n - 8) * 2 + 9} -20`), INK.mist, 5))}
    ${times(3, n => solid(path(`M${[240, 464, 1360][n]} ${[560, 570, 562][n]} q14 24 0 34 q-14 -10 0 -34 Z`),
      INK.mist))}
    ${rain(34, INK.mist, 5, 100)}
  `
}
