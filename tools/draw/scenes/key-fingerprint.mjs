// A great key whose bow is a fingerprint; around it fall torn strips with the dots of old passwords.
import { INK, circle, ellipse, path, polygon, rect, times, chance } from '../ink.mjs'

export const draw = ({ solid, line, within, at }) => {
  const random = chance(41)
  const ridges = times(13, n => {
    const r = 14 + n * 24
    const dash = times(6, () => `${Math.round(90 + random() * 260)} ${Math.round(24 + random() * 6)} `)
    return line(path(`M${-r * 1.16 - 70} 330 C${-r * 1.1 - 30} 190 ${-r} 110 ${-r} 10 C${-r} ${-r * 1.34 + 10}
      ${r * 0.96} ${-r * 1.34} ${r * 0.96} 10
      C${r * 0.96} 120 ${r * 0.86 - 10} 200 ${r * 0.9 - 44} 330`), INK.navy, 13,
        `stroke-dasharray="${dash.trim()}" stroke-dashoffset="${Math.round(random() * 200)}"`)
  })
  const core = line(path('M0 60 V-2 M-70 330 C-40 240 -4 180 -2 96'), INK.navy, 13)
  const silhouette = 'M-40 220 V812 Q-40 850 0 850 T40 812 V790 H206 V708 H156 V676 H206 V580 H40 V220 Z M84 620 ' +
    'H120 V752 H84 Z'
  const strip = (x, y, turn, scale, count, colour) => {
    const d = `M-150 -44 H${-150 + count * 60 + 6} l-14 20 l18 18 l-20 22 l16 28 H-150 Z`
    return at(x, y, `${at(16, 20, `<g opacity="0.3">${solid(path(d), INK.umber)}</g>`)}
      ${solid(path(d), colour, { shade: INK.clay, angle: 20, from: 0.5, strength: 0.6 })}
    ${times(count, n => solid(circle(-116 + n * 56, 0, 15), INK.navy))}`, { turn, scale })
  }
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.cream, { shade: INK.sand, angle: 50, from: 0.1, strength: 1 })}
    ${solid(circle(800, 534, 470), INK.red, { shade: INK.brick, angle: 50, from: 0.3, strength: 1 })}
    ${times(40, n => at(800, 534, line(path('M0 -500 V-528'), INK.red, 8), { turn: n * 9 }))}
    ${times(16, () => at(120 + random() * 1360, 80 + random() * 900, solid(polygon('-16,-12 14,-16 18,10 -10,16'),
      INK.white), { turn: random() * 180 }))}
    ${strip(186, 190, -18, 0.9, 5, INK.white)}${strip(1330, 240, 14, 1.1, 4, INK.white)}
      ${strip(210, 640, 22, 0.95, 3, INK.white)}
    ${strip(420, 930, -10, 1.1, 5, INK.white)}${strip(1446, 520, -22, 0.9, 3, INK.white)}
      ${strip(980, 90, 8, 0.8, 4, INK.white)}
    ${at(575, 340, `
      ${at(70, 22, `<g opacity="0.42">${solid(path(`${silhouette} M0 -262 A226 262 0 0 0 0 262 A226 262 0 0 0 0
        -262 Z`), INK.night)}</g>`)}
      ${solid(path(silhouette), INK.gold, { shade: INK.umber, angle: 0, from: 0.3, strength: 0.9 })}
      ${line(path('M-18 370 V800'), INK.sand, 12)}${line(path('M52 594 H192'), INK.sand, 10)}
      ${solid(ellipse(0, 0, 226, 262), INK.gold, { shade: INK.ochre, angle: 30, from: 0.1, strength: 1 })}
      ${within(ellipse(0, 0, 204, 240), ridges + core)}
      ${line(path('M-206 -60 C-190 -170 -120 -236 -40 -248'), INK.cream, 9)}
      ${solid(rect(-86, 262, 172, 40, 14), INK.ochre)}${solid(rect(-86, 262, 172, 14, 7), INK.gold)}
        ${solid(rect(-66, 314, 132, 28, 12), INK.ochre)}
      ${solid(rect(-66, 314, 132, 10, 5), INK.gold)}`, { turn: -48 })}
  `
}
