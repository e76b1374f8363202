// A half-round gauge with five coloured sectors and a needle; below it, four hands hold up cards.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const [cx, cy] = [800, 690]
  const on = (r, degrees) => {
    const a = (degrees * Math.PI) / 180
    return `${(cx - r * Math.cos(a)).toFixed(1)} ${(cy - r * Math.sin(a)).toFixed(1)}`
  }
  const sector = (from, to, outer, inner) =>
    path(`M${on(outer, from)} A${outer} ${outer} 0 0 1 ${on(outer, to)} L${on(inner,
      to)} A${inner} ${inner} 0 0 0 ${on(inner, from)} Z`)
  const hand = (x, y, turn, { skin, dark, coat, deep, card, stripe }) => at(x, y, `
    ${solid(path('M-92 150 L-76 520 H92 L86 150 Z'), coat, { shade: deep, angle: 0, from: 0.3 })}
    ${solid(rect(-98, 136, 190, 44, 8), INK.cream)}
    ${solid(path('M-84 146 C-104 60 -96 0 -70 -20 H60 C96 10 92 80 80 146 Z'), skin, { shade: dark, angle: 30,
      from: 0.3 })}
    ${at(14, 14, dust(rect(-160, -190, 320, 206, 18), INK.night, { angle: 60, from: 0, strength: 0.9 }))}
    ${solid(rect(-160, -190, 320, 206, 18), card, { shade: stripe, angle: 50, from: 0.35, strength: 0.9 })}
    ${solid(rect(-160, -156, 320, 36), INK.night)}
    ${solid(rect(-132, -96, 58, 44, 8), INK.gold)}${line(path('M-132 -74 h58 M-112 -96 v44 M-94 -96 v44'),
      INK.umber, 4)}
    ${line(path('M-130 -20 h50 M-56 -20 h50 M18 -20 h50'), INK.cream, 11)}
    ${times(3, n => line(path(`M${84 + n * 17} ${-86 + 2 - n * 8} q${10 + n * 4} ${12 + n * 8} 0 ${24 + n * 16}`),
      INK.cream, 6))}
    ${solid(path('M-92 110 C-112 50 -76 -18 -34 -52 C-8 -70 14 -42 -4 -18 C-24 8 -30 40 -26 110 Z'), skin,
      { shade: dark, angle: 200, from: 0.4 })}
    ${solid(path('M-26 -48 C-8 -62 6 -46 -2 -30 C-14 -22 -28 -32 -26 -48 Z'), INK.cream)}
    ${times(3, n => solid(rect(40 - n * 4, -34 + n * 44, 66 - n * 4, 42, 21), skin))}
    ${line(path('M52 10 h40 M48 54 h40'), dark, 4)}`, { turn })
  const colours = [[INK.brick, INK.night], [INK.red, INK.brick], [INK.gold, INK.ochre], [INK.sage, INK.teal],
    [INK.teal, INK.pine]]
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 90, from: 0.1, strength: 1 })}
    ${times(19, n => at(cx, cy, solid(polygon('-16,-700 16,-700 44,-1300 -44,-1300'), INK.pine),
      { turn: -90 + n * 10 }))}
    ${at(24, 40, dust(path(`M${on(590, 0)} A590 590 0 0 1 ${on(590, 180)} V830 H210 Z`), INK.night, { angle: 90,
      from: 0, strength: 1 }))}
    ${solid(path(`M${on(600, 0)} A600 600 0 0 1 ${on(600, 180)} V770 Q1400 800 1370 800 H230 Q200 800 200 770 Z`),
      INK.navy,
      { shade: INK.night, angle: 60, from: 0.3 })}
    ${line(path(`M${on(582, 2)} A582 582 0 0 1 ${on(582, 178)}`), INK.gold, 8)}
    ${solid(path(`M${on(556, 0)} A556 556 0 0 1 ${on(556, 180)} V740 H244 Z`), INK.cream, { shade: INK.sand,
      angle: 60, from: 0.3 })}
    ${times(5, n => solid(sector(n * 36 + 1.2, n * 36 + 34.8, 500, 316), colours[n][0], { shade: colours[n][1],
      angle: 60, from: 0.3 }))}
    ${line(path(times(46, n => `M${on(520, n * 4)} L${on(n % 9 ? 534 : 544, n * 4)} `)), INK.navy, 5)}
    ${times(2, n => solid(circle(...on(522, n * 180).split(' ').map(Number), 9), INK.red))}
    ${line(path(`M${on(292, 2)} A292 292 0 0 1 ${on(292, 178)}`), INK.sand, 10)}
    ${times(5, n => { const [x, y] = on(250, n * 36 + 18).split(' ').map(Number)
      return at(x, y, times(n + 1, k => solid(circle((k - n / 2) * 22, 0, 8), colours[n][0])),
        { turn: n * 36 - 72 }) })}
    ${at(cx + 10, cy + 20, dust(polygon('-24,0 0,-440 24,0'), INK.night, { angle: 90, from: 0, strength: 1 }),
      { turn: 22 })}
    ${at(cx, cy, `${solid(path('M-22 40 L-5 -452 Q0 -466 5 -452 L22 40 Z'), INK.navy)}
      ${solid(path('M0 40 L0 -462 L5 -452 L22 40 Z'), INK.blue)}`, { turn: 22 })}
    ${solid(circle(cx, cy, 68), INK.gold, { shade: INK.ochre, angle: 50, from: 0.3 })}
      ${solid(circle(cx, cy, 40), INK.navy)}
    ${line(path(`M${cx - 14} ${cy + 14} l28 -28`), INK.gold, 8)}
    ${dust(rect(0, 780, 1600, 287), INK.night, { from: 0, strength: 0.9 })}
    ${hand(250, 900, -9, { skin: INK.umber, dark: INK.night, coat: INK.red, deep: INK.brick, card: INK.sage,
      stripe: INK.teal })}
    ${hand(615, 950, -3, { skin: INK.sand, dark: INK.clay, coat: INK.navy, deep: INK.night, card: INK.red,
      stripe: INK.brick })}
    ${hand(985, 950, 4, { skin: INK.clay, dark: INK.umber, coat: INK.teal, deep: INK.pine, card: INK.blue,
      stripe: INK.navy })}
    ${hand(1350, 900, 10, { skin: INK.umber, dark: INK.night, coat: INK.gold, deep: INK.ochre, card: INK.brick,
      stripe: INK.umber })}
  `
}
