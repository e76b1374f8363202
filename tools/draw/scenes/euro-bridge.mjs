// A stone bridge with pennants over a river at dawn, behind it a tall tower of glass.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(99)
  const arches = [[250, 150, 170], [800, 212, 236], [1350, 150, 170]]
  const deck = x => 560 + ((x - 800) / 800) ** 2 * 54
  const stone = `<path fill-rule="evenodd" d="M-20 614 Q800 506 1620 614 V858 H-20 z
    ${arches.map(([x, rx, ry]) => `M${x - rx} 858 V836 A${rx} ${ry} 0 0 1 ${x + rx} 836 V858 z`).join(' ')}"/>`
  const voussoirs = (x, rx, ry) => times(17, n => {
    const a = Math.PI * (n + 0.5) / 17
    return `M${(x - rx * Math.cos(a)).toFixed(0)} ${(836 - ry * Math.sin(a)).toFixed(0)}
      L${(x - (rx + 36) * Math.cos(a)).toFixed(0)} ${(836 - (ry + 36) * Math.sin(a)).toFixed(0)} `
  })
  const joints = times(9, row => times(26, n => `M${n * 66 + (row % 2) * 33 - 20} ${600 + row * 32} v32 `)) + times(8,
    row => `M-20 ${600 + row * 32} H1620 `)
  const poles = [90, 326, 563, 1037, 1274, 1510]
  const colours = [INK.red, INK.navy, INK.gold, INK.teal, INK.white]
  const string = (x1, y1, x2, y2, sag, count, offset) => {
    const spot = t => [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + sag * 4 * t * (1 - t)]
    return line(path(`M${x1} ${y1} Q${(x1 + x2) / 2} ${(y1 + y2) / 2 + sag * 2} ${x2} ${y2}`), INK.night, 3)
      + times(count, n => {
        const [[ax, ay], [bx, by]] = [spot((n + 0.12) / count), spot((n + 0.88) / count)]
        return solid(path(`M${ax.toFixed(0)} ${ay.toFixed(0)} L${bx.toFixed(0)} ${by.toFixed(0)}
          L${((ax + bx) / 2 + 5).toFixed(0)} ${((ay + by) / 2 + 46).toFixed(0)} z`), colours[(n + offset) % 5])
      })
  }
  const lamp = x => `${line(path(`M${x} ${deck(x)} V${deck(x) - 190}`), INK.night, 8)}
  ${solid(circle(x, deck(x) - 196, 12), INK.gold)}`
  const glints = times(60, () => {
    const y = 850 + random() * 210
    const w = 20 + random() * (y - 800) * 0.5
    return `M${(random() * 1600).toFixed(0)} ${y.toFixed(0)} h${w.toFixed(0)} `
  })
  const pier = x => `${solid(path(`M${x - 66} 856 v-150 l34 -40 h64 l34 40 v150 z`), INK.sand,
    { shade: INK.umber, angle: 0, from: 0.35, strength: 0.9 })}
    ${line(path(`M${x - 66} 742 h132 M${x - 66} 790 h132 M${x - 66} 830 h132 M${x - 66} 706 h132`), INK.clay, 4)}`
  const tower = `
    ${solid(polygon('1000,700 1000,250 1070,120 1130,160 1130,700'), INK.blue, { shade: INK.mist, angle: 120,
      from: 0.2, strength: 0.9 })}
    ${solid(polygon('1130,160 1196,96 1262,230 1262,700 1130,700'), INK.navy, { shade: INK.blue, angle: 270,
      from: 0.2 })}
    ${solid(polygon('1130,160 1196,96 1196,420 1130,520'), INK.teal, { shade: INK.sage, angle: 270, from: 0.2 })}
    ${within(polygon('1000,700 1000,250 1070,120 1130,160 1130,700'),
      line(path(times(26, n => `M1000 ${150 + n * 22} l130 14 `) + 'M1032 100 V700 M1065 100 V700 M1098 100 V700'),
        INK.navy, 3))}
    ${within(polygon('1130,160 1196,96 1262,230 1262,700 1130,700'),
      line(path(times(28, n => `M1130 ${126 + n * 22} l132 -14 `) + 'M1163 90 V700 M1196 90 V700 M1229 90 V700'),
        INK.night, 3))}
    ${line(path('M1130 160 V700 M1196 96 V40'), INK.cream, 5)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.clay, { shade: INK.cream, angle: 90, from: 0, strength: 1.3 })}
    ${dust(rect(0, 0, 1600, 330), INK.red, { angle: 270, from: 0, strength: 0.8 })}
    ${solid(circle(560, 420, 200), INK.white, { shade: INK.gold, angle: 90, from: 0.3, strength: 0.9 })}
    ${solid(path(`M120 230 h280 v13 h-280 z M190 262 h150 v12 h-150 z M1330 190 h210 v13 h-210 z M1290 222 h120 v12
      h-120 z M640 150 h180 v12 h-180 z`), INK.cream)}
    ${solid(path(`M-10 700 V500 h70 v-40 h60 v70 h80 v-100 l30 -40 l30 40 v80 h90 v50 h90 v-30 h80 v60 h140 v-50 h70
      v-30 h60 v50 h110 v40 h480 v-60 h70 v-40 h60 v60 h80 v-30 h120 V700 z`), INK.sage, { shade: INK.teal, from: 0,
        strength: 0.9 })}
    ${tower}
    ${solid(rect(0, 690, 1600, 377), INK.teal, { shade: INK.navy, angle: 90, from: 0, strength: 1.4 })}
    ${solid(path(`M-10 700 h1630 v-22 q-90 -30 -160 -6 q-70 -34 -140 0 q-80 -26 -150 4 q-90 -30 -170 0 q-90 -30 -180 0
      q-90 -26 -160 0 q-90 -34 -170 0 q-80 -30 -160 0 q-80 -34 -170 0 q-80 -30 -170 2 z`), INK.pine)}
    ${dust(path(`M-20 850 H1620 V1010 H-20 z`), INK.night, { angle: 270, from: 0, strength: 1 })}
    ${line(path('M440 884 h240 M470 914 h180 M488 946 h144 M506 980 h108 M526 1014 h68'), INK.cream, 9)}
    ${dust(path(arches.map(([x, rx, ry]) => `M${x - rx} 856 H${x + rx} Q${x + rx * 0.8} ${856 + ry * 0.8} ${x}
      ${856 + ry * 0.86} Q${x - rx * 0.8} ${856 + ry * 0.8} ${x - rx} 856 z`).join(' ')), INK.sage,
        { angle: 270, from: 0.1, strength: 0.8 })}
    ${solid(stone, INK.cream, { shade: INK.clay, angle: 90, from: 0.35, strength: 1 })}
    ${within(stone.replace('<path fill-rule', '<path clip-rule'), line(path(joints), INK.sand, 3))}
    ${arches.map(([x, rx, ry]) => `${line(path(`M${x - rx - 18} 836 A${rx + 18} ${ry + 18} 0 0 1 ${x + rx + 18} 836`),
      INK.white, 36, 'style="stroke-linecap:butt"')}
      ${line(path(voussoirs(x, rx, ry)), INK.clay, 4)}
      ${line(path(`M${x - rx} 836 A${rx} ${ry} 0 0 1 ${x + rx} 836`), INK.umber, 8)}`).join('')}
    ${pier(494)}${pier(1106)}${pier(20)}${pier(1580)}
    ${poles.map(lamp).join('')}
    ${[250, 690, 742, 900, 1180, 1400].map((x, n) => at(x, deck(x) - 2,
      `${solid(path('M-15 0 l4 -56 q11 -10 22 0 l4 56 z'), [INK.red, INK.navy, INK.gold, INK.teal, INK.red,
        INK.navy][n])}
      ${solid(circle(0, -72, 13), [INK.umber, INK.clay, INK.umber][n % 3])}
      ${solid(path('M-14 -72 q0 -18 14 -18 q14 0 14 18 q-14 -8 -28 0 z'), INK.night)}`)).join('')}
    ${line(path('M-20 616 Q800 508 1620 616'), INK.umber, 20)}
    ${line(path('M-20 608 Q800 500 1620 608'), INK.white, 20)}
    ${poles.slice(0, -1).map((x, n) => string(x, deck(x) - 180, poles[n + 1], deck(poles[n + 1]) - 180,
      n === 2 ? 70 : 44, n === 2 ? 11 : 6, n * 2)).join('')}
    ${line(path(glints), INK.sage, 4)}
    ${at(930, 930, `${dust(ellipse(0, 34, 170, 22), INK.night, { round: true, strength: 1 })}
      ${solid(path('M-140 -6 h280 q-16 40 -60 40 h-160 q-44 0 -60 -40 z'), INK.red, { shade: INK.night, from: 0.3,
        strength: 0.7 })}${solid(path('M-70 -8 v-44 h120 l26 44 z'), INK.white)}
      ${solid(path('M-56 -40 h24 v20 h-24 z M-18 -40 h24 v20 h-24 z M20 -40 h20 l10 20 h-30 z'), INK.navy)}
      ${line(path('M-146 -6 H146'), INK.cream, 7)}`)}`
}
