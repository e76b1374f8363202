// A drawing desk from above: a sheet with a half-drawn dome, ruler, compass, paints and a lamp.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(1985)
  const pot = (x, y, colour) => `${dust(circle(x + 16, y + 20, 66), INK.night, { round: true, from: 0.3,
    strength: 1 })}
    ${solid(circle(x, y, 54), INK.white, { shade: INK.clay, angle: 50, from: 0.3 })}${solid(circle(x, y, 41), colour)}
    ${line(path(`M${x - 26} ${y - 8} q4 -20 24 -22`), INK.white, 5)}`
  const columns = (from, count) => path(times(count, n => `M${from + n * 38} 120 h22 v108 h-22 z `))
  // The half that is painted lies to the left of x 0.
  const painted = `
    ${solid(path('M0 -220 a270 270 0 0 0 -270 270 h270 z'), INK.red, { shade: INK.brick, angle: 90, from: 0.3 })}
    ${solid(rect(-330, 228, 330, 40), INK.navy)}
    ${solid(rect(-300, 92, 300, 136), INK.teal, { shade: INK.night, from: 0.3 })}
    ${solid(columns(-290, 8), INK.cream)}${solid(rect(-312, 84, 312, 30), INK.navy)}
    ${solid(path('M-170 84 V24 H0 v60 z'), INK.sage)}
    ${solid(path(times(5, n => `M${-160 + n * 34} 34 h18 v50 h-18 z `)), INK.navy)}
    ${solid(path('M-182 30 C-176 -80 -90 -126 0 -130 V30 z'), INK.gold, { shade: INK.umber, angle: 180, from: 0.3 })}
    ${line(path('M-126 28 C-120 -50 -66 -110 0 -128 M-62 28 C-60 -40 -36 -96 0 -128'), INK.navy, 4)}
    ${solid(path('M-30 -120 V-166 H0 v46 z M-30 -166 q2 -36 30 -40 v40 z'), INK.navy)}`
  const drafted = `
    ${line(path(`M0 30 H182 C176 -80 90 -126 0 -130 M126 28 C120 -50 66 -110 0 -128 M62 28 C60 -40 36 -96 0 -128 M0 24
      H170 V84 M0 84 H312 V114 H0 M300 114 V228 M0 228 H330 V268 H0 M30 -120 V-166 H0 M30 -166 q-2 -36 -30 -40`),
        INK.blue, 4)}
    ${line(columns(8, 8), INK.blue, 3)}
    ${line(path(`M-12 -250 V300 M-20 30 H380 M-20 -130 H300 M-20 228 H380 M0 30 L260 -200 M182 30 V-180 M312 84
      V-40`), INK.red, 2.5, 'stroke-dasharray="14 9"')}
    ${line(path('M270 50 A270 270 0 0 0 0 -220'), INK.red, 3)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.clay, { shade: INK.umber, angle: 200, from: 0.2, strength: 0.9 })}
    ${line(path('M0 214 H1600 M0 430 H1600 M0 646 H1600 M0 862 H1600'), INK.umber, 5)}
    ${line(path(times(34, () => `M${(random() * 1500).toFixed(0)} ${(random() * 1067).toFixed(0)}
      q${(40 + random() * 60).toFixed(0)} ${(random() * 12 - 6).toFixed(0)} ${(120 + random() * 140).toFixed(0)} 0 `)),
        INK.umber, 2)}
    ${dust(ellipse(940, 470, 860, 660), INK.cream, { round: true, from: 0.1, strength: 0.9 })}
    ${at(760, 560, `
      ${dust(rect(-450, -350, 960, 790, 30), INK.night, { angle: 50, from: 0, strength: 0.9 })}
      ${solid(rect(-486, -386, 972, 772, 10), INK.navy, { shade: INK.night, angle: 40, from: 0.3 })}
      ${line(path(times(23, n => `M${-462 + n * 42} -386 V386 `) + times(18, n => `M-486 ${-362 + n * 42} H486 `)),
        INK.blue, 1.5)}
      ${solid(rect(-440, -340, 880, 680, 3), INK.white, { shade: INK.sand, angle: 120, from: 0.3, strength: 0.9 })}
      ${at(0, 10, `${within(rect(-420, -330, 420, 660), painted)}${drafted}`)}
      ${solid(path('M-462 -372 h70 l-70 70 z M462 -372 h-70 l70 70 z M-462 372 h70 l-70 -70 z'), INK.gold)}`,
        { turn: -5 })}
    ${at(250, 150, `${pot(0, 0, INK.red)}${pot(120, -34, INK.gold)}${pot(-96, 84, INK.navy)}${pot(26, 112, INK.teal)}
    ${pot(-110, 210, INK.sage)}`)}
    ${at(820, 1000, `${dust(rect(-480, 14, 990, 70), INK.night, { angle: 90, from: 0, strength: 0.8 })}
      ${solid(rect(-500, -40, 1000, 88, 6), INK.gold, { shade: INK.ochre, angle: 0, from: 0.3 })}
      ${line(path(times(61, n => `M${-480 + n * 16} -38 v${n % 10 ? (n % 5 ? 18 : 28) : 40} `)), INK.night, 4)}
      ${solid(circle(470, 24, 12), INK.umber)}`, { turn: 3 })}
    ${at(1100, 298, `
      ${line(path('M0 -20 L-212 188'), INK.night, 26)}${line(path('M-6 -20 L-210 180'), INK.sage, 10)}
      ${line(path('M-212 188 L-246 222'), INK.night, 7)}
      ${line(path('M0 -20 L40 268'), INK.night, 26)}${line(path('M-6 -20 L34 262'), INK.sage, 10)}
      ${line(path('M40 268 L46 312'), INK.red, 12)}
      ${line(path('M-100 72 Q-20 130 24 128'), INK.gold, 8)}
      ${solid(circle(0, -24, 44), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
      ${solid(circle(0, -24, 16), INK.night)}${line(path('M0 -70 V-110'), INK.night, 20)}`, { turn: 22 })}
    ${at(1330, 690, `${dust(rect(-10, -210, 60, 430, 20), INK.night, { angle: 0, from: 0, strength: 0.9 })}
      ${solid(path('M-22 -190 h44 V150 l-22 66 l-22 -66 z'), INK.red, { shade: INK.brick, angle: 0, from: 0.3 })}
      ${solid(path('M-22 150 h44 l-22 66 z'), INK.cream)}${solid(path('M-8 192 h16 l-8 26 z'), INK.night)}
      ${solid(path('M-22 -190 h44 v-26 h-44 z'), INK.gold)}
      ${solid(path('M-22 -216 v-20 q22 -20 44 0 v20 z'), INK.cream)}
      ${line(path('M-7 -186 V146'), INK.cream, 4)}`, { turn: 12 })}
    ${at(1440, 800, `${dust(rect(-40, -20, 110, 80), INK.night, { angle: 45, from: 0, strength: 0.9 })}
      ${solid(rect(-54, -36, 108, 70, 8), INK.sage, { shade: INK.teal, angle: 30, from: 0.3 })}
      ${solid(rect(-14, -36, 68, 70, 4), INK.navy)}`, { turn: -24 })}
    ${at(46, -6, `${dust(polygon('1300,60 1600,190 1600,330 1230,230'), INK.night,
      { angle: 90, from: 0, strength: 0.7 })}
    ${line(path('M1640 40 L1420 60 L1290 170'), INK.night, 34)}
    ${line(path('M1640 32 L1416 52 L1286 160'), INK.teal, 12)}${solid(circle(1420, 58, 27), INK.gold)}
    ${dust(circle(1290, 196, 250), INK.cream, { round: true, from: 0.4, strength: 0.8 })}
    ${solid(circle(1270, 186, 152), INK.pine, { shade: INK.night, angle: 50, from: 0.3 })}
    ${line(circle(1270, 186, 146), INK.gold, 8)}
    ${solid(circle(1270, 186, 92), INK.teal, { shade: INK.night, angle: 50, from: 0.3 })}
    ${line(path('M1168 130 A116 116 0 0 1 1246 72'), INK.sage, 9)}
    ${solid(circle(1270, 186, 26), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}`)}`
}
