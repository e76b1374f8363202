// A red ballot box with a star, a list half in its slot, letters flying towards it.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const letter = (x, y, turn, scale) =>
    at(x, y, `${solid(polygon('-90,-58 90,-58 90,58 -90,58'), INK.cream, { shade: INK.sand, angle: 60, from: 0.2 })}
      ${line(path('M-90 -58 L0 14 L90 -58 M-90 58 L-22 -6 M90 58 L22 -6'), INK.navy, 5)}
      ${solid(circle(0, 14, 17), INK.red, { shade: INK.brick, from: 0.3 })}`, { turn, scale })
  const star = (x, y, r) => polygon(times(10, n => {
    const a = (n * 36 - 90) * Math.PI / 180
    const d = n % 2 ? r * 0.42 : r
    return `${(x + d * Math.cos(a)).toFixed(1)},${(y + d * Math.sin(a)).toFixed(1)} `
  }))
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.sage, { shade: INK.teal, angle: 100, from: 0.15, strength: 0.8 })}
    ${solid(circle(800, 470, 400), INK.cream, { shade: INK.sand, round: true, from: 0.45, strength: 0.9 })}
    ${solid(rect(0, 850, 1600, 217), INK.navy, { shade: INK.night, from: 0.1 })}
    ${dust(ellipse(860, 985, 470, 60), INK.night, { round: true, strength: 1 })}
    ${at(800, 330, `${solid(rect(-120, -200, 240, 470, 8), INK.white, { shade: INK.sand, angle: 90, from: 0.35 })}
      ${times(5, n => `${line(circle(-72, -140 + n * 72, 20), INK.navy, 6)}${line(path(`M-30 ${-140 + n * 72} H84`), INK.blue, 12)}`)}
      ${solid(circle(-72, -68, 14), INK.red)}`, { turn: 5 })}
    ${solid(polygon('470,560 1130,560 1080,500 520,500'), INK.brick, { shade: INK.night, angle: 0, from: 0.3, strength: 0.6 })}
    ${solid(rect(640, 522, 330, 20, 10), INK.night)}
    ${solid(rect(470, 556, 660, 430, 16), INK.red, { shade: INK.brick, angle: 35, from: 0.25 })}
    ${dust(rect(470, 556, 660, 90, 16), INK.brick, { angle: 270, from: 0, strength: 0.9 })}
    ${solid(circle(800, 780, 128), INK.cream, { shade: INK.sand, angle: 60, from: 0.3 })}
    ${solid(star(800, 784, 104), INK.navy, { shade: INK.blue, angle: 240, from: 0.4, strength: 0.7 })}
    ${letter(250, 250, -18, 1.25)}${letter(1340, 220, 16, 1.35)}${letter(150, 590, 12, 0.95)}${letter(1440, 610, -14, 1.05)}${letter(1110, 90, -24, 0.8)}
  `
}
