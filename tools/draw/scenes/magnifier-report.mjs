// From above: a thick report with columns and small charts; a magnifying glass enlarges one of them.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const heights = [60, 96, 78, 132, 112, 160]
  const inks = [INK.teal, INK.red, INK.teal, INK.gold, INK.teal, INK.red]
  const bars = `${times(4, n => line(path(`M-130 ${-10 - n * 46} H130`), INK.sand, 3))}
    ${times(6, n => solid(rect(-124 + n * 43, -10 - heights[n], 30, heights[n]), inks[n]))}
    ${line(path('M-136 -180 V-10 H136'), INK.navy, 5)}`
  const slice = (from, to, r) => {
    const p = a => `${(r * Math.cos(a)).toFixed(1)} ${(r * Math.sin(a)).toFixed(1)}`
    return path(`M0 0 L${p(from)} A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${p(to)} Z`)
  }
  const pie = `${solid(slice(-1.6, 0.9, 92), INK.navy)}${solid(slice(0.9, 2.7, 92), INK.red)}
    ${solid(slice(2.7, 3.9, 92), INK.gold)}${solid(slice(3.9, 4.68, 92), INK.teal)}
      ${solid(circle(0, 0, 40), INK.cream)}`
  const text = (x, y, width, rows) => times(rows, n =>
    line(path(`M${x} ${y + n * 26} H${x + width * (n === rows - 1 ? 0.55 : n % 3 === 1 ? 0.93 : 1)}`), INK.blue, 8))
  const page = `
    ${solid(rect(-390, -470, 120, 22, 4), INK.red)}${line(path('M-390 -420 H120'), INK.navy, 26)}
    ${line(path('M-390 -376 H-60'), INK.navy, 18)}${line(path('M-390 -336 H390'), INK.red, 4)}
    ${text(-390, -296, 350, 9)}${at(-215, 130, bars)}${text(-390, 206, 350, 12)}
    ${at(206, -186, pie)}${times(4, n => solid(rect(330, -250 + n * 40, 24, 24, 4), [INK.navy, INK.red, INK.gold,
      INK.teal][n]))}
    ${text(40, -52, 350, 5)}${at(210, 300, bars)}${text(40, 374, 350, 6)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.sage, { shade: INK.teal, angle: 40, from: 0.2, strength: 0.95 })}
    ${times(7, n => line(path(`M-20 ${60 + n * 170} C400 ${20 + n * 170} 900 ${130 + n * 170} 1620
      ${50 + n * 170}`), INK.mist, 3))}
    ${at(760, 560, `
      ${at(60, 66, dust(rect(-440, -520, 900, 1100, 10), INK.night, { angle: 20, from: -0.2, strength: 0.9 }))}
      ${solid(rect(-440, -506, 932, 1090, 14), INK.navy, { shade: INK.night, angle: 0, from: 0.5 })}
      ${times(9, n => solid(rect(-436 + n * 4.4, -518 + n * 3, 896, 1060, 6), n % 2 ? INK.sand : INK.cream))}
      ${times(4, n => solid(path(`M450 ${-330 + n * 190} h52 q14 0 14 14 v62 q0 14 -14 14 h-52 Z`),
        [INK.red, INK.gold, INK.teal, INK.blue][n]))}
      ${solid(rect(-448, -530, 904, 1070, 6), INK.white, { shade: INK.sand, angle: 50, from: 0.3, strength: 0.8 })}
      ${dust(rect(-448, -530, 60, 1070), INK.ochre, { angle: 180, from: 0, strength: 0.7 })}
      ${page}`, { turn: -9 })}
    ${at(1000, 500, `
      ${at(50, 70, `${dust(circle(0, 0, 290), INK.night, { round: true, from: 0.8, strength: 0.75 })}
        ${at(0, 0, dust(rect(250, -40, 470, 84, 30), INK.night, { angle: 0, from: -0.6, strength: 0.8 }),
          { turn: 42 })}`)}
      ${within(circle(0, 0, 250), `${solid(circle(0, 0, 252), INK.cream)}
        ${at(0, 140, bars, { scale: 1.72, turn: -9 })}
        ${dust(circle(0, 0, 252), INK.teal, { angle: 30, from: 0.45, strength: 0.55 })}
        ${line(path('M-208 -58 A216 216 0 0 1 -74 -202'), INK.mist, 16)}
          ${line(path('M-42 -211 l8 -2'), INK.mist, 16)}`)}
      ${line(circle(0, 0, 262), INK.ochre, 40)}${line(circle(0, 0, 264), INK.gold, 24)}
        ${line(circle(0, 0, 240), INK.umber, 5)}
      ${at(0, 0, `${solid(rect(276, -24, 70, 48), INK.gold, { shade: INK.ochre, from: 0.4 })}
        ${solid(path('M340 -34 C460 -52 640 -56 700 -44 Q728 0 700 44 C640 56 460 52 340 34 Z'), INK.red,
          { shade: INK.brick, from: 0.35, strength: 1 })}
        ${line(path('M370 -22 C480 -36 600 -38 670 -30'), INK.clay, 9)}
          ${solid(rect(336, -40, 26, 80, 6), INK.ochre)}`, { turn: 42 })}`)}
    ${at(180, 860, `${dust(polygon('-150,26 190,26 210,60 -130,60'), INK.night, { from: -0.3, strength: 0.6 })}
      ${solid(rect(-170, -24, 320, 48), INK.gold)}${solid(rect(-170, -24, 320, 16), INK.sand)}
        ${solid(rect(-170, 10, 320, 14), INK.ochre)}
      ${solid(polygon('150,-24 226,0 150,24'), INK.cream)}${solid(polygon('202,-8 230,0 202,8'), INK.night)}
      ${solid(rect(-206, -24, 40, 48), INK.mist)}${solid(path('M-206 -24 h-26 q-18 24 0 48 h26 Z'), INK.red)}`,
        { turn: -64 })}
    ${times(3, n => at(1400 + (n % 2) * 90, 160 + n * 74,
      line(path('M-14 -40 V34 a18 18 0 0 0 36 0 V-44 a26 26 0 0 0 -52 0 V20'),
      INK.navy, 7), { turn: 20 + n * 74 }))}
  `
}
