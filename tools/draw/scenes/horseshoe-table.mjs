// A horseshoe table from above: fifteen chairs, one of them red, and a struck-out paper in the middle.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

const [X, Y] = [800, 560]
const RED = 10
const WHITE = [1, 4, 7, 13]

export const draw = ({ solid, dust, line, at }) => {
  const chair = n => {
    const [seat, deep] = n === RED ? [INK.red, INK.brick] : WHITE.includes(n)
      ? [INK.white, INK.clay] : [INK.navy, INK.night]
    return `${solid(rect(-70, -34, 22, 74, 10), deep)}${solid(rect(48, -34, 22, 74, 10), deep)}
      ${solid(rect(-52, -50, 104, 102, 26), seat)}${line(path('M-34 -12V30M0 -16V36M34 -12V30'), deep, 4)}
      ${solid(path('M-62 -20Q-66 -72 0 -76Q66 -72 62 -20L44 -26Q40 -46 0 -48Q-40 -46 -44 -26Z'),
        n === RED ? INK.brick : deep)}
      ${solid(path('M-58 -28Q-58 -70 0 -72Q58 -70 58 -28L50 -32Q44 -58 0 -60Q-44 -58 -50 -32Z'), seat)}`
  }
  // The ring is open at the bottom; places are counted from its left end.
  const arc = (r, flag, a) => {
    const dx = (r * Math.sin(a * Math.PI / 180)).toFixed(1)
    const dy = (Y + r * Math.cos(a * Math.PI / 180)).toFixed(1)
    return flag ? `${X + +dx} ${dy}` : `${X - dx} ${dy}`
  }
  const band = (r, wide, a) => path(`M${arc(r, 0, a)}A${r} ${r} 0 1 1
    ${arc(r, 1, a)}L${arc(r - wide, 1, a)}A${r - wide} ${r - wide} 0 1 0 ${arc(r - wide, 0, a)}Z`)
  const place = n => -138 + n * (276 / 14)
  const around = (r, make) => times(15, n => at(X, Y, at(0, -r, make(n)), { turn: place(n) }))
  const name = n => `
    ${at(-6, 2, solid(rect(-27, -34, 58, 70, 3), INK.umber))}${solid(rect(-29, -36, 58, 70, 3), INK.white)}
    ${line(path('M-17 -20H17M-17 -6H17M-17 8H17M-17 22H4'), INK.blue, 5)}
    ${n < 14 ? `${solid(circle(48, 18, 12), INK.sage)}${solid(circle(48, 18, 7), INK.white)}` : ''}
    ${solid(path('M-22 46h44v12h-44Z'), n === RED ? INK.red : INK.navy)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 40, from: 0.2, strength: 1 })}
    ${times(24, n => at(X, Y, line(path('M0 -560V-1200'), INK.pine, 5), { turn: n * 15 + 7.5 }))}
    ${line(circle(X, Y, 700), INK.pine, 5)}${line(circle(X, Y, 860), INK.pine, 5)}
    ${at(80, 36, `${solid(circle(X, Y, 545), INK.pine, { shade: INK.teal, round: true, from: 0.5, strength: 0.9 })}
    ${line(circle(X, Y, 518), INK.sage, 5)}
    ${at(20, 22, around(436, () => solid(path('M-70 40V-30Q-66 -76 0 -76Q66 -76 70 -30V40L40 52H-40Z'), INK.night)))}
    ${at(18, 26, dust(band(372, 124, 34), INK.night, { angle: 0, from: -1.2, strength: 0.9 }))}
    ${around(436, chair)}
    ${solid(band(372, 124, 34), INK.gold, { shade: INK.ochre, angle: 40, from: 0.3, strength: 1 })}
    ${line(band(372, 124, 34), INK.umber, 6)}${line(band(358, 6, 34), INK.cream, 4)}
    ${around(306, name)}
    ${solid(circle(X, Y, 236), INK.teal, { shade: INK.sage, round: true, from: 0.3, strength: 0.45 })}
    ${dust(circle(X, Y - 10, 240), INK.cream, { round: true, from: 0, strength: 0.5 })}
    ${at(X + 20, Y + 24, dust(rect(-104, -136, 216, 280), INK.night, { angle: 40, from: -0.8, strength: 0.95 }),
      { turn: 8 })}
    ${at(X, Y - 4, `${solid(rect(-106, -140, 212, 280, 4), INK.white, { shade: INK.sand, angle: 60, from: 0.3 })}
      ${line(path('M-50 -104H50'), INK.navy, 16)}
      ${line(path('M-78 -64H78M-78 -36H78M-78 -8H60M-78 20H78M-78 48H70M-78 76H30'), INK.blue, 9)}
      ${line(path('M-60 112H20'), INK.navy, 6)}
      ${solid(polygon('-140,88 132,-116 154,-86 -118,118'), INK.brick)}
      ${solid(polygon('-144,80 128,-124 150,-94 -122,110'), INK.red)}`, { turn: 8 })}
    ${at(X + 14, 946, dust(rect(-112, -34, 224, 90), INK.night, { angle: 40, from: -0.4, strength: 1 }))}
    ${solid(rect(X - 116, 900, 232, 78, 6), INK.gold, { shade: INK.ochre, angle: 20, from: 0.2, strength: 1 })}
    ${line(rect(X - 116, 900, 232, 78, 6), INK.umber, 6)}
    ${solid(rect(X - 76, 914, 58, 46, 3), INK.white)}${line(path('M736 928h34M736 944h34'), INK.blue, 5)}
    ${solid(circle(X + 40, 938, 16), INK.sage)}${solid(circle(X + 40, 938, 10), INK.white)}`, { scale: 0.9 })}
  `
}
